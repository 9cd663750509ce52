package io.magpie.server;

import io.magpie.protocol.MessageType;
import io.magpie.protocol.Status;
import io.magpie.server.config.ServerConfiguration.Limits;
import io.magpie.server.security.Access;
import io.magpie.server.security.Session;
import io.magpie.server.security.TlsContexts;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** Sets up new connections, and refuses those beyond the limit with an error. Thread-safe. */
final class ConnectionInitializer extends ChannelInitializer<Channel> {
    private final Map<? super io.netty.channel.EventLoop, EventLoopContext> contexts;
    private final Limits limits;
    private final Access access;
    private final TlsContexts tls;
    private final AtomicInteger open = new AtomicInteger();

    /**
     * @param tls makes what speaks TLS, or null for none
     */
    ConnectionInitializer(
            Map<io.netty.channel.EventLoop, EventLoopContext> contexts, Limits limits, Access access, TlsContexts tls) {
        this.contexts = contexts;
        this.limits = limits;
        this.access = access;
        this.tls = tls;
    }

    @Override
    protected void initChannel(Channel channel) {
        EventLoopContext loop = contexts.get(channel.eventLoop());
        channel.closeFuture().addListener(closed -> open.decrementAndGet());
        boolean tooMany = open.incrementAndGet() > limits.connections();
        if (tooMany && tls != null) {
            // Its error could only be said after a handshake, and that is the dearest thing to give away.
            loop.metrics().connectionRefused();
            channel.close();
            return;
        }
        if (tooMany) {
            loop.metrics().connectionRefused();
            channel.pipeline().addLast(new Refusal(loop, limits));
            return;
        }
        if (tls != null) {
            SslHandler handler = tls.wire().newHandler(channel.alloc());
            handler.setHandshakeTimeoutMillis(limits.patience().helloMillis());
            channel.pipeline().addLast(handler);
        }
        FrameDecoder decoder = new FrameDecoder(limits.frameBytes());
        Session session = new Session(access, String.valueOf(channel.remoteAddress()));
        channel.pipeline().addLast(decoder, new Connection(loop, limits, decoder, session));
    }

    /** Says why, and ends the connection. */
    private static final class Refusal extends ChannelInboundHandlerAdapter {
        private final EventLoopContext loop;
        private final Limits limits;

        Refusal(EventLoopContext loop, Limits limits) {
            this.loop = loop;
            this.limits = limits;
        }

        @Override
        public void channelActive(ChannelHandlerContext ctx) {
            ByteBuf error = ctx.alloc().directBuffer();
            loop.errors()
                    .append(
                            error,
                            MessageType.NONE,
                            0,
                            Status.OVERLOADED,
                            "too many connections: most=" + limits.connections() + " (limits.connections)");
            ctx.write(error, ctx.voidPromise());
            LingeringClose.start(ctx);
        }

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            ReferenceCountUtil.release(message);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            ctx.close();
        }
    }
}
