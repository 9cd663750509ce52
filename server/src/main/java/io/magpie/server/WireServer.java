package io.magpie.server;

import io.magpie.core.engine.Engine;
import io.magpie.server.config.ServerConfiguration;
import io.magpie.server.metrics.LoopMetrics;
import io.magpie.server.metrics.ServerMetrics;
import io.magpie.server.metrics.ServerStatistics;
import io.magpie.server.verb.DearPool;
import io.magpie.server.verb.ErrorReplies;
import io.magpie.server.verb.FailureLog;
import io.magpie.server.verb.SnapshotService;
import io.magpie.server.verb.VerbContext;
import io.magpie.server.verb.VerbDispatcher;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.util.concurrent.EventExecutor;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The binary protocol's port, its event loops, and the pool for dear requests. Closed by one thread, once. */
final class WireServer {
    private static final int BACKLOG = 1_024;
    // What a client sent before it could know that the server stops is read within this time.
    private static final long LAST_READ_MILLIS = 20;
    // Between two looks at connections that take too long, or whose tokens hold no more.
    private static final long LEAST_LOOK_MILLIS = 10;
    private static final long MOST_LOOK_MILLIS = 1_000;

    private final ServerConfiguration configuration;
    private final EventLoopGroup acceptor;
    private final EventLoopGroup loops;
    private final DearPool pool;
    private final Map<EventLoop, EventLoopContext> contexts = new IdentityHashMap<>();
    private SnapshotService snapshots;
    private Channel channel;

    private WireServer(ServerConfiguration configuration, Transport transport) {
        this.configuration = configuration;
        ServerConfiguration.Loops sizes = configuration.loops();
        acceptor = transport.newEventLoops("magpie-accept", 1, 0);
        loops = transport.newEventLoops("magpie-loop", sizes.eventLoops(), sizes.spinMicros());
        pool = new DearPool(sizes.poolThreads(), sizes.poolQueue());
    }

    /**
     * Listens and answers.
     *
     * @throws Exception a {@link java.net.BindException} or the like if the port cannot be had
     */
    static WireServer start(
            ServerConfiguration configuration,
            Transport transport,
            Engine engine,
            ServerMetrics metrics,
            Security security,
            Clock clock)
            throws Exception {
        WireServer server = new WireServer(configuration, transport);
        try {
            server.makeContexts(engine, metrics, security, clock);
            server.bind(transport, security);
            return server;
        } catch (Throwable e) {
            server.stopThreads();
            throw e;
        }
    }

    private void makeContexts(Engine engine, ServerMetrics metrics, Security security, Clock clock) throws Exception {
        ServerStatistics statistics = new ServerStatistics(engine, metrics);
        ServerConfiguration.Snapshots kept = configuration.state().snapshots();
        snapshots = new SnapshotService(engine, kept.directory(), kept.bytesPerSecond(), clock);
        for (EventExecutor executor : loops) {
            EventLoop loop = (EventLoop) executor;
            // On its own thread, because what reads the maps belongs to the thread that made it.
            contexts.put(
                    loop,
                    loop.submit(() -> {
                                LoopMetrics own = metrics.newLoop();
                                ErrorReplies errors = new ErrorReplies();
                                FailureLog failures = new FailureLog();
                                VerbContext context =
                                        new VerbContext(engine, configuration, clock, own, errors, security.audit());
                                VerbDispatcher dispatcher =
                                        new VerbDispatcher(context, pool, statistics, snapshots, failures);
                                return new EventLoopContext(loop, dispatcher, own, errors, failures, metrics.endings());
                            })
                            .get());
        }
        long pauseMillis = lookAfterMillis(configuration.limits().patience());
        for (EventLoopContext context : contexts.values()) {
            context.lookAfter(pauseMillis);
        }
    }

    private void bind(Transport transport, Security security) throws Exception {
        ServerConfiguration.Limits limits = configuration.limits();
        channel = new ServerBootstrap()
                .group(acceptor, loops)
                .channel(transport.serverChannel())
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.SO_KEEPALIVE, true)
                .childOption(ChannelOption.ALLOCATOR, PooledByteBufAllocator.DEFAULT)
                .childOption(
                        ChannelOption.WRITE_BUFFER_WATER_MARK,
                        new WriteBufferWaterMark(limits.unwrittenBytes() / 2, limits.unwrittenBytes()))
                .childHandler(new ConnectionInitializer(contexts, limits, security.access(), security.tls()))
                .bind(configuration.listen().address(), configuration.listen().port())
                .sync()
                .channel();
    }

    private static long lookAfterMillis(ServerConfiguration.Patience patience) {
        long shortest = Math.min(
                Math.min(patience.helloMillis(), patience.frameMillis()),
                Math.min(patience.stallMillis(), patience.idleMillis()));
        return Math.max(LEAST_LOOK_MILLIS, Math.min(MOST_LOOK_MILLIS, shortest / 4));
    }

    /** Returns where it listens. */
    InetSocketAddress address() {
        return (InetSocketAddress) channel.localAddress();
    }

    /** Takes no more connections, answers what has arrived, sends the replies, ends the connections and the threads. */
    void close() {
        channel.close().syncUninterruptibly();
        long deadlineNanos =
                System.nanoTime() + configuration.listen().drainTimeout().toNanos();
        for (EventLoopContext context : contexts.values()) {
            context.drain(LAST_READ_MILLIS, deadlineNanos).syncUninterruptibly();
        }
        stopThreads();
    }

    private void stopThreads() {
        if (snapshots != null) {
            snapshots.close();
        }
        pool.close();
        acceptor.shutdownGracefully(0, 2, TimeUnit.SECONDS);
        loops.shutdownGracefully(0, 2, TimeUnit.SECONDS).syncUninterruptibly();
        acceptor.terminationFuture().syncUninterruptibly();
    }
}
