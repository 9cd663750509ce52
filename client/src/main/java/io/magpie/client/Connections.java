package io.magpie.client;

import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** All connections of a client with the event loops that carry them. Thread-safe. */
final class Connections {
    private static final long CLOSE_SECONDS = 5;

    private final ClientConfiguration configuration;
    private final ClientCounters counters = new ClientCounters();
    private final RetryBudget retryBudget = new RetryBudget();
    private final EventLoopGroup group;
    private final EventLoop[] loops;
    private final Connection[] all;
    private final AtomicInteger turn = new AtomicInteger();
    private final AtomicBoolean closed = new AtomicBoolean();

    Connections(ClientConfiguration configuration) {
        this.configuration = configuration;
        this.group = new MultiThreadIoEventLoopGroup(
                configuration.eventLoops(), new DefaultThreadFactory("magpie-client", true), NioIoHandler.newFactory());
        this.loops = new EventLoop[configuration.eventLoops()];
        Arrays.setAll(loops, i -> group.next());
        this.all = new Connection[configuration.connecting().connections()];
        Arrays.setAll(all, i -> new Connection(configuration, counters, loops[i % loops.length]));
    }

    /** Starts all connections; waits until each has tried once if {@code wait}. */
    void start(boolean wait) {
        for (Connection connection : all) {
            connection.start();
        }
        if (!wait) {
            return;
        }
        Throwable cause = null;
        // Once to connect, once to say hello, and some for a busy machine.
        long bound = System.nanoTime()
                + TimeUnit.MILLISECONDS.toNanos(configuration.connecting().connectTimeoutMillis()) * 2
                + TimeUnit.SECONDS.toNanos(1);
        for (Connection connection : all) {
            try {
                connection.firstAttempt().get(bound - System.nanoTime(), TimeUnit.NANOSECONDS);
            } catch (ExecutionException e) {
                cause = e.getCause();
            } catch (TimeoutException e) {
                cause = e;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                cause = e;
                break;
            }
        }
        if (serverInfo() == null) {
            close();
            throw refusal(cause);
        }
    }

    private MagpieException refusal(Throwable cause) {
        if (cause instanceof MagpieException said) {
            return said;
        }
        return new MagpieConnectionException(
                "cannot connect: address=" + configuration.address() + "; is the server running?", false, cause);
    }

    /** Returns what some connected server said of itself, or null. */
    ServerInfo serverInfo() {
        for (Connection connection : all) {
            ServerInfo info = connection.serverInfo();
            if (info != null) {
                return info;
            }
        }
        return null;
    }

    /**
     * Finds a connection with room for a call and takes the room.
     *
     * @throws MagpieException if none is connected, or none has room
     */
    Connection acquire(int bytes) {
        if (closed.get()) {
            throw Failures.closed();
        }
        int first = turn.getAndIncrement() & Integer.MAX_VALUE;
        boolean isConnected = false;
        for (int i = 0; i < all.length; i++) {
            Connection connection = all[(first + i) % all.length];
            if (connection.serverInfo() != null) {
                isConnected = true;
                if (connection.tryAcquire(bytes)) {
                    return connection;
                }
            }
        }
        if (!isConnected) {
            throw Failures.notConnected(configuration.address(), all[0].lastFailure());
        }
        counters.overloads.increment();
        throw Failures.overloaded("maxInFlight", configuration.maxInFlight());
    }

    /** Returns an event loop, for what must happen later. */
    EventLoop loop() {
        return loops[0];
    }

    /** Returns whether the calling thread is one of the event loops, which must not wait. */
    boolean isOnEventLoop() {
        for (EventLoop loop : loops) {
            if (loop.inEventLoop()) {
                return true;
            }
        }
        return false;
    }

    ByteBufAllocator allocator() {
        return ByteBufAllocator.DEFAULT;
    }

    ClientConfiguration configuration() {
        return configuration;
    }

    ClientCounters counters() {
        return counters;
    }

    RetryBudget retryBudget() {
        return retryBudget;
    }

    boolean isClosed() {
        return closed.get();
    }

    /** Ends every call in flight, closes connections and stops the threads; waits for it unless on an event loop. */
    void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        for (Connection connection : all) {
            connection.close(new CompletableFuture<>());
        }
        var stopped = group.shutdownGracefully(0, CLOSE_SECONDS, TimeUnit.SECONDS);
        if (!isOnEventLoop()) {
            stopped.awaitUninterruptibly(CLOSE_SECONDS, TimeUnit.SECONDS);
        }
    }
}
