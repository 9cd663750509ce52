package io.magpie.client;

import io.magpie.protocol.FrameDecoder;
import io.magpie.protocol.FrameHeader;
import io.magpie.protocol.ProtocolLimits;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;

/** Takes answers off one channel and gives them to its connection. One for each channel; event loop only. */
final class ConnectionHandler extends FrameDecoder {
    private final Connection connection;

    ConnectionHandler(Connection connection) {
        super(ProtocolLimits.MAX_FRAME_LENGTH);
        this.connection = connection;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        connection.onActive(context.channel());
    }

    @Override
    protected void onFrame(ChannelHandlerContext context, ByteBuf buffer, int offset, int length) {
        if (!FrameHeader.isReply(buffer, offset) || !FrameHeader.isVersionKnown(buffer, offset)) {
            onUnframeable(context);
            return;
        }
        connection.onReply(context.channel(), buffer, offset, length);
    }

    @Override
    protected void onOversizeFrame(ChannelHandlerContext context, ByteBuf buffer, int offset) {
        onUnframeable(context);
    }

    @Override
    protected void onUnframeable(ChannelHandlerContext context) {
        endStream();
        connection.onBroken(
                context.channel(),
                new MagpieProtocolException(
                        "the other side does not speak this protocol: address="
                                + context.channel().remoteAddress(),
                        false));
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        super.channelInactive(context);
        connection.onInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        connection.onBroken(context.channel(), cause);
    }
}
