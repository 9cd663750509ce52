package io.magpie.server;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;
import java.util.concurrent.TimeUnit;

/**
 * Ends a connection so that its last reply arrives: sends what is unwritten, says that no more comes, and waits for the
 * other side to end. Closing at once while bytes are unread would make the kernel send a reset, which may overtake the
 * reply.
 */
final class LingeringClose {
    private static final long LINGER_MILLIS = 1_000;

    private LingeringClose() {}

    /** Begins. Whatever comes in must be thrown away by the caller from now on. Event loop. */
    static void start(ChannelHandlerContext ctx) {
        ctx.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(done -> {
            Channel channel = ctx.channel();
            SslHandler tls = channel.pipeline().get(SslHandler.class);
            if (!done.isSuccess()) {
                channel.close();
            } else if (tls == null) {
                shutOutput(channel);
            } else {
                // Says inside TLS too that no more comes, so that the other side can tell an end from a cut.
                tls.closeOutbound().addListener(said -> shutOutput(channel));
            }
        });
    }

    private static void shutOutput(Channel channel) {
        if (channel instanceof DuplexChannel duplex) {
            duplex.shutdownOutput();
            channel.eventLoop().schedule(() -> channel.close(), LINGER_MILLIS, TimeUnit.MILLISECONDS);
        } else {
            channel.close();
        }
    }
}
