package io.magpie.server.admin;

import io.magpie.server.security.Access;
import io.magpie.server.security.TlsContexts;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.timeout.ReadTimeoutHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** The admin HTTP port: a thread of its own, so that it answers however busy the event loops are. */
public final class AdminServer implements AutoCloseable {
    private static final int LONGEST_BODY = 1_024;
    private static final long IDLE_MILLIS = 30_000;
    /** Most connections; beyond it the oldest is ended, so that whoever holds many keeps no probe out. */
    private static final int MOST_CONNECTIONS = 64;

    private final EventLoopGroup loop;
    private final Newest connections;
    private final Channel channel;

    private AdminServer(EventLoopGroup loop, Newest connections, Channel channel) {
        this.loop = loop;
        this.connections = connections;
        this.channel = channel;
    }

    /**
     * Listens.
     *
     * @param address where
     * @param port    0 for a free one
     * @param pages   what to show
     * @param tls     speaks TLS; null for plain HTTP
     * @param access  asks for a token with scope read where figures are shown; null for nobody
     * @throws Exception a {@link java.net.BindException} if the port is taken
     */
    public static AdminServer start(InetAddress address, int port, AdminPages pages, TlsContexts tls, Access access)
            throws Exception {
        return start(address, port, pages, tls, access, IDLE_MILLIS);
    }

    /** As above, with another time after which a connection is ended on which nothing comes. */
    static AdminServer start(
            InetAddress address, int port, AdminPages pages, TlsContexts tls, Access access, long idleMillis)
            throws Exception {
        EventLoopGroup loop = new MultiThreadIoEventLoopGroup(
                1, new DefaultThreadFactory("magpie-admin", true), NioIoHandler.newFactory());
        Newest connections = new Newest();
        try {
            Channel channel = new ServerBootstrap()
                    .group(loop)
                    .channel(NioServerSocketChannel.class)
                    .childHandler(new ChannelInitializer<>() {
                        @Override
                        protected void initChannel(Channel child) {
                            if (tls != null) {
                                child.pipeline().addLast(tls.admin().newHandler(child.alloc()));
                            }
                            child.pipeline()
                                    .addLast(
                                            connections,
                                            new ReadTimeoutHandler(idleMillis, TimeUnit.MILLISECONDS),
                                            new HttpServerCodec(),
                                            new HttpObjectAggregator(LONGEST_BODY),
                                            new AdminHandler(pages, access));
                        }
                    })
                    .bind(address, port)
                    .sync()
                    .channel();
            return new AdminServer(loop, connections, channel);
        } catch (Throwable e) {
            loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
            throw e;
        }
    }

    /** The connections, oldest first. Used by the one thread of this port. */
    @Sharable
    private static final class Newest extends ChannelInboundHandlerAdapter {
        private final Set<Channel> open = new LinkedHashSet<>();

        @Override
        public void channelActive(ChannelHandlerContext ctx) throws Exception {
            open.add(ctx.channel());
            if (open.size() > MOST_CONNECTIONS) {
                open.iterator().next().close();
            }
            super.channelActive(ctx);
        }

        @Override
        public void channelInactive(ChannelHandlerContext ctx) throws Exception {
            open.remove(ctx.channel());
            super.channelInactive(ctx);
        }

        void end() {
            List.copyOf(open).forEach(Channel::close);
        }
    }

    /** Returns where it listens. */
    public InetSocketAddress address() {
        return (InetSocketAddress) channel.localAddress();
    }

    @Override
    public void close() {
        channel.close().syncUninterruptibly();
        // Before its thread ends: half a request is given back by nobody else.
        loop.submit(connections::end).syncUninterruptibly();
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }
}
