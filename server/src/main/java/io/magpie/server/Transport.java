package io.magpie.server;

import io.magpie.server.config.ServerConfiguration.TransportChoice;
import io.netty.channel.DefaultSelectStrategyFactory;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SelectStrategyFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.nio.channels.spi.SelectorProvider;
import java.util.concurrent.TimeUnit;

/** The kinds of sockets and event loops. */
enum Transport {
    /** Linux' epoll, through Netty's native library. */
    EPOLL,
    /** The JDK's selectors. */
    NIO;

    /**
     * Finds the one to use.
     *
     * @throws ServerStartException if epoll is asked for and does not load
     */
    static Transport choose(TransportChoice choice) throws ServerStartException {
        if (choice == TransportChoice.NIO) {
            return NIO;
        }
        if (Epoll.isAvailable()) {
            return EPOLL;
        }
        if (choice == TransportChoice.EPOLL) {
            throw new ServerStartException(
                    "transport=epoll does not load here (" + Epoll.unavailabilityCause() + "): use auto or nio", null);
        }
        return NIO;
    }

    /** Makes event loops that poll for {@code spinMicros} after traffic. */
    EventLoopGroup newEventLoops(String name, int threads, int spinMicros) {
        SelectStrategyFactory strategy = spinMicros == 0
                ? DefaultSelectStrategyFactory.INSTANCE
                : () -> new SpinSelectStrategy(TimeUnit.MICROSECONDS.toNanos(spinMicros));
        IoHandlerFactory handlers = this == EPOLL
                ? EpollIoHandler.newFactory(0, strategy)
                : NioIoHandler.newFactory(SelectorProvider.provider(), strategy);
        return new MultiThreadIoEventLoopGroup(threads, new DefaultThreadFactory(name, true), handlers);
    }

    /** Returns the kind of listening sockets. */
    Class<? extends ServerChannel> serverChannel() {
        return this == EPOLL ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
    }
}
