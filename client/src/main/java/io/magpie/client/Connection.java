package io.magpie.client;

import io.magpie.protocol.FrameHeader;
import io.magpie.protocol.HelloRequestEncoder;
import io.magpie.protocol.MessageType;
import io.magpie.protocol.PingRequestEncoder;
import io.magpie.protocol.ProtocolLimits;
import io.magpie.protocol.Status;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One connection that is kept up: connects, says hello, sends calls, matches answers, pings when idle, and connects
 * again when lost. Any thread may {@link #submit}; all else runs on its event loop.
 *
 * <p>Calls that were added while the event loop was busy leave in one buffer and one flush.
 */
final class Connection {
    private static final System.Logger LOG = System.getLogger("io.magpie.client");

    /** Places for the client's own hello and ping, beside the callers'. */
    private static final int OWN_PLACES = 4;

    private static final int MAX_BATCH_LENGTH = 64 * 1024;

    private final ClientConfiguration configuration;
    private final ClientCounters counters;
    private final EventLoop eventLoop;
    private final Bootstrap bootstrap;
    private final Runnable drainTask = this::drain;
    private final Runnable expireTask = this::expire;
    private final CompletableFuture<ServerInfo> firstAttempt = new CompletableFuture<>();

    private final CallQueue queue;
    private final AtomicBoolean drainIsDue = new AtomicBoolean();
    private final AtomicInteger inFlight = new AtomicInteger();
    private final AtomicLong inFlightBytes = new AtomicLong();
    private volatile ServerInfo ready;
    private volatile Throwable lastFailure;
    private volatile boolean closed;

    // Owned by the event loop.
    private final CallTable table;
    private final ReplyDecoders decoders = new ReplyDecoders();
    private final Backoff backoff;
    private Channel channel;
    private long expiryNanos;
    private boolean expiryIsArmed;
    private boolean heard;
    private boolean pingIsOut;

    Connection(ClientConfiguration configuration, ClientCounters counters, EventLoop eventLoop) {
        this.configuration = configuration;
        this.counters = counters;
        this.eventLoop = eventLoop;
        ClientConfiguration.Connecting connecting = configuration.connecting();
        int places = configuration.maxInFlight() + OWN_PLACES;
        this.queue = new CallQueue(Integer.highestOneBit(places) << 1);
        this.table = new CallTable(places);
        this.backoff = new Backoff(
                connecting.firstBackoffNanos(),
                connecting.mostBackoffNanos(),
                bound -> ThreadLocalRandom.current().nextLong(bound));
        this.bootstrap = new Bootstrap()
                .group(eventLoop)
                .channel(NioSocketChannel.class)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, connecting.connectTimeoutMillis())
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.SO_KEEPALIVE, true)
                .handler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel opened) {
                        if (connecting.ssl() != null) {
                            opened.pipeline()
                                    .addLast(connecting
                                            .ssl()
                                            .newHandler(
                                                    opened.alloc(),
                                                    configuration.address().getHostString(),
                                                    configuration.address().getPort()));
                        }
                        opened.pipeline().addLast(new ConnectionHandler(Connection.this));
                    }
                });
    }

    /** Starts to connect. Any thread, once. */
    void start() {
        eventLoop.execute(this::connect);
        long keepAlive = configuration.connecting().keepAliveNanos();
        eventLoop.scheduleWithFixedDelay(this::keepAlive, keepAlive, keepAlive, TimeUnit.NANOSECONDS);
    }

    /** Completes when the first attempt to connect and to say hello has ended. */
    CompletableFuture<ServerInfo> firstAttempt() {
        return firstAttempt;
    }

    /** Returns what the server said of itself, or null while there is no connection. Any thread. */
    ServerInfo serverInfo() {
        return ready;
    }

    /** Returns why there is no connection; null if there was never one to lose. Any thread. */
    Throwable lastFailure() {
        return lastFailure;
    }

    /** Takes room for one more call; false if there is none. Any thread. */
    boolean tryAcquire(int bytes) {
        if (inFlight.incrementAndGet() > configuration.maxInFlight()) {
            inFlight.decrementAndGet();
            return false;
        }
        if (inFlightBytes.addAndGet(bytes) > configuration.maxInFlightBytes()) {
            release(bytes);
            return false;
        }
        return true;
    }

    /** Gives back room that was taken for a call which is not submitted after all. Any thread. */
    void giveBack(int bytes) {
        release(bytes);
    }

    private void release(int bytes) {
        inFlightBytes.addAndGet(-bytes);
        inFlight.decrementAndGet();
    }

    /** Sends a call for which room was taken. It ends in any case, at the latest at its deadline. Any thread. */
    void submit(Call call) {
        queue.add(call);
        if (!drainIsDue.get() && drainIsDue.compareAndSet(false, true)) {
            try {
                eventLoop.execute(drainTask);
            } catch (RejectedExecutionException e) {
                // The event loop has ended, and with it everything that polls: this thread may.
                drain();
            }
        }
    }

    private synchronized void drainClosed() {
        for (Call call = queue.poll(); call != null; call = queue.poll()) {
            fail(call, Failures.closed());
        }
    }

    private void drain() {
        drainIsDue.set(false);
        if (closed) {
            drainClosed();
            return;
        }
        long now = System.nanoTime();
        ByteBuf batch = null;
        boolean wrote = false;
        for (Call call = queue.poll(); call != null; call = queue.poll()) {
            if (ready == null) {
                fail(call, Failures.notConnected(configuration.address(), lastFailure));
            } else if (call.deadlineNanos() - now <= 0) {
                counters.timeouts.increment();
                fail(call, Failures.timeout(call));
            } else {
                ByteBuf large = call.takeLargeFrame();
                if (large != null || batch != null && batch.readableBytes() >= MAX_BATCH_LENGTH) {
                    write(batch);
                    batch = null;
                }
                if (large == null && batch == null) {
                    batch = channel.alloc().buffer();
                }
                ByteBuf out = large == null ? batch : large;
                int offset = large == null ? call.append(batch) : large.readerIndex();
                stamp(call, out, offset, now);
                write(large);
                wrote = true;
            }
        }
        write(batch);
        if (wrote) {
            channel.flush();
        }
    }

    private void write(ByteBuf frames) {
        if (frames != null) {
            channel.write(frames, channel.voidPromise());
        }
    }

    private void stamp(Call call, ByteBuf out, int offset, long now) {
        long remainingMicros = Math.max(1, (call.deadlineNanos() - now) / 1_000);
        call.markWritten();
        Call.stamp(out, offset, table.add(call), (int) Math.min(remainingMicros, Integer.MAX_VALUE));
        armExpiry(call.deadlineNanos(), now);
    }

    /** One armed timer serves all calls, so that a call needs none of its own. */
    private void armExpiry(long deadlineNanos, long now) {
        if (!expiryIsArmed || deadlineNanos - expiryNanos < 0) {
            expiryIsArmed = true;
            expiryNanos = deadlineNanos;
            eventLoop.schedule(expireTask, deadlineNanos - now, TimeUnit.NANOSECONDS);
        }
    }

    private void expire() {
        long now = System.nanoTime();
        if (!expiryIsArmed || now - expiryNanos < 0) {
            return; // of an earlier, later deadline
        }
        expiryIsArmed = false;
        for (Call call = table.removeExpired(now); call != null; call = table.removeExpired(now)) {
            counters.timeouts.increment();
            fail(call, Failures.timeout(call));
        }
        long next = table.nanosToNextDeadline(now);
        if (next != Long.MAX_VALUE) {
            armExpiry(now + next, now);
        }
    }

    void onReply(Channel from, ByteBuf buffer, int offset, int length) {
        heard = true;
        long id = FrameHeader.correlationId(buffer, offset);
        int code = FrameHeader.statusCode(buffer, offset);
        if (id == 0) {
            onBroken(from, Failures.said(MessageType.NONE, code, decoders.error, buffer, offset, length));
            return;
        }
        Call call = table.remove(id);
        if (call == null) {
            counters.lateReplies.increment();
            return;
        }
        release(call.heldBytes());
        if (code != Status.OK.code()) {
            call.onFailure(Failures.said(call.messageType(), code, decoders.error, buffer, offset, length));
        } else if (FrameHeader.messageType(buffer, offset) != call.messageType()) {
            MagpieException failure = new MagpieProtocolException(
                    "an answer of another type came: asked=" + MessageType.name(call.messageType()) + " came="
                            + MessageType.name(FrameHeader.messageType(buffer, offset)),
                    call.mayHaveBeenApplied());
            call.onFailure(failure);
            onBroken(from, failure);
        } else {
            deliver(call, from, buffer, offset, length);
        }
    }

    private void deliver(Call call, Channel from, ByteBuf buffer, int offset, int length) {
        try {
            call.onReply(decoders, buffer, offset, length);
        } catch (MagpieProtocolException e) {
            call.onFailure(new MagpieProtocolException(e.getMessage(), call.mayHaveBeenApplied()));
            onBroken(from, e);
        } catch (MagpieException e) {
            call.onFailure(e);
        } catch (RuntimeException e) {
            // Whatever an answer holds, its call ends.
            call.onFailure(new MagpieProtocolException("the answer cannot be used: " + e, call.mayHaveBeenApplied()));
            onBroken(from, e);
        }
    }

    private void fail(Call call, MagpieException failure) {
        release(call.heldBytes());
        call.discard();
        call.onFailure(failure);
    }

    private void connect() {
        if (closed) {
            return;
        }
        bootstrap.connect(configuration.address()).addListener(done -> {
            if (!done.isSuccess()) {
                onAttemptFailed(done.cause());
            }
        });
    }

    void onActive(Channel opened) {
        channel = opened;
        if (closed) {
            opened.close();
            return;
        }
        HelloCall hello = new HelloCall(this);
        sendOwn(hello, TimeUnit.MILLISECONDS.toNanos(configuration.connecting().connectTimeoutMillis()));
    }

    private void sendOwn(Call call, long timeoutNanos) {
        long now = System.nanoTime();
        call.start(now + timeoutNanos, timeoutNanos, 0);
        inFlight.incrementAndGet();
        ByteBuf out = channel.alloc().buffer();
        stamp(call, out, call.append(out), now);
        channel.writeAndFlush(out, channel.voidPromise());
    }

    private void onHello(ServerInfo info) {
        if (info.protocolVersion() < ProtocolLimits.MIN_VERSION || info.protocolVersion() > ProtocolLimits.VERSION) {
            throw new MagpieProtocolException(
                    "the server wants a version that this client does not speak: version=" + info.protocolVersion(),
                    false);
        }
        backoff.reset();
        lastFailure = null;
        ready = info;
        firstAttempt.complete(info);
        LOG.log(System.Logger.Level.DEBUG, () -> "connected to " + configuration.address());
    }

    private void onAttemptFailed(Throwable cause) {
        lastFailure = cause;
        firstAttempt.completeExceptionally(cause);
        if (!closed) {
            eventLoop.schedule(this::connect, backoff.nextNanos(), TimeUnit.NANOSECONDS);
        }
    }

    /** What came in cannot be trusted any more: the channel is closed, and every call in flight ends with it. */
    void onBroken(Channel from, Throwable cause) {
        if (from == channel) {
            lastFailure = cause;
        }
        from.close();
    }

    /** The channel has ended; only then another one is made. */
    void onInactive() {
        boolean wasReady = ready != null;
        ready = null;
        channel = null;
        Throwable cause = lastFailure;
        if (wasReady && !closed) {
            counters.lostConnections.increment();
        }
        for (Call call = table.removeAny(); call != null; call = table.removeAny()) {
            fail(call, closed ? closedWith(call) : Failures.lost(call, configuration.address(), cause));
        }
        onAttemptFailed(
                cause != null ? cause : Failures.notConnected(configuration.address(), new java.io.EOFException()));
    }

    private static MagpieException closedWith(Call call) {
        return new MagpieConnectionException("the client was closed", call.mayHaveBeenApplied(), null);
    }

    private void keepAlive() {
        if (ready != null && !heard && !pingIsOut) {
            pingIsOut = true;
            sendOwn(new PingCall(this), configuration.requestTimeoutNanos());
        }
        heard = false;
    }

    /** Closes for good; the future completes when nothing is in flight any more. Any thread. */
    void close(CompletableFuture<Void> done) {
        closed = true;
        Runnable task = () -> {
            Channel open = channel;
            if (open != null) {
                open.close();
            }
            drainClosed();
            done.complete(null);
        };
        try {
            eventLoop.execute(task);
        } catch (RejectedExecutionException e) {
            done.complete(null);
        }
    }

    /** Says hello; an answer makes the connection ready, anything else closes it. */
    private static final class HelloCall extends Call {
        private final Connection connection;
        private final Channel channel;

        HelloCall(Connection connection) {
            super(MessageType.HELLO);
            this.connection = connection;
            this.channel = connection.channel;
        }

        @Override
        int append(ByteBuf out) {
            int offset = out.writerIndex();
            ClientConfiguration.Connecting connecting = connection.configuration.connecting();
            new HelloRequestEncoder()
                    .wrap(out, 0, 0)
                    .minVersion(ProtocolLimits.MIN_VERSION)
                    .maxVersion(ProtocolLimits.VERSION)
                    .features(io.magpie.protocol.Feature.KNOWN)
                    .token(connecting.token().get())
                    .clientName(connecting.clientName())
                    .finish();
            return offset;
        }

        @Override
        void onReply(ReplyDecoders decoders, ByteBuf buffer, int offset, int length) {
            connection.onHello(Replies.hello(decoders, buffer, offset, length));
        }

        @Override
        void onFailure(MagpieException failure) {
            connection.onBroken(channel, failure);
        }
    }

    /** Asks whether the server is still there; no answer closes the connection. */
    private static final class PingCall extends Call {
        private final Connection connection;
        private final Channel channel;

        PingCall(Connection connection) {
            super(MessageType.PING);
            this.connection = connection;
            this.channel = connection.channel;
        }

        @Override
        int append(ByteBuf out) {
            int offset = out.writerIndex();
            new PingRequestEncoder().wrap(out, 0, 0).finish();
            return offset;
        }

        @Override
        void onReply(ReplyDecoders decoders, ByteBuf buffer, int offset, int length) {
            connection.pingIsOut = false;
            Replies.pingTime(decoders, buffer, offset, length);
        }

        @Override
        void onFailure(MagpieException failure) {
            connection.pingIsOut = false;
            connection.onBroken(channel, failure);
        }
    }
}
