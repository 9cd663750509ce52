package io.magpie.server;

import io.magpie.protocol.FrameHeader;
import io.magpie.protocol.MessageType;
import io.magpie.protocol.Status;
import io.magpie.server.config.ServerConfiguration.Limits;
import io.magpie.server.metrics.Verb;
import io.magpie.server.verb.Exchange;
import io.magpie.server.verb.Request;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundBuffer;
import java.io.IOException;

/**
 * One connection: brings its frames to the verbs, gathers the replies of a turn in one pooled buffer, and sends them
 * with one flush. Used by its event loop alone.
 *
 * <p>Back-pressure: a connection that does not take its replies, or has too many requests unanswered, is not read; one
 * that owes more than the hard limit is closed.
 */
final class Connection extends ChannelInboundHandlerAdapter implements Exchange {
    private static final int LEAST_REPLY_BUFFER = 512;

    private final EventLoopContext loop;
    private final Limits limits;
    private final FrameDecoder decoder;
    private final Request request = new Request();

    private ChannelHandlerContext ctx;
    private Channel channel;
    private ByteBuf replies;
    private int expectedReplyBytes = LEAST_REPLY_BUFFER;
    private int unanswered;
    private boolean dirty;
    private boolean closing;
    private boolean closed;

    Connection(EventLoopContext loop, Limits limits, FrameDecoder decoder) {
        this.loop = loop;
        this.limits = limits;
        this.decoder = decoder;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        this.ctx = ctx;
        channel = ctx.channel();
        loop.opened(this);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        if (!closed) {
            closed = true;
            if (replies != null) {
                replies.release();
                replies = null;
            }
            loop.closed(this);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        Frame frame = (Frame) message;
        switch (frame.kind()) {
            case REQUEST ->
                loop.dispatcher()
                        .dispatch(request.wrap(
                                this, frame.buffer(), frame.offset(), frame.length(), frame.arrivalNanos()));
            case TOO_LARGE -> refuseTooLarge(frame);
            case UNFRAMEABLE -> refuseUnframeable(frame);
            default -> throw new IllegalStateException("kind=" + frame.kind());
        }
        holdBack();
    }

    private void refuseTooLarge(Frame frame) {
        int messageType = FrameHeader.messageType(frame.buffer(), frame.offset());
        loop.errors()
                .append(
                        replyBuffer(),
                        messageType,
                        FrameHeader.correlationId(frame.buffer(), frame.offset()),
                        Status.FRAME_TOO_LARGE,
                        "the frame is longer than this server takes: frameLength=" + frame.claimedLength() + " most="
                                + limits.frameBytes() + " (limits.frame-size)");
        replied(messageType, Status.FRAME_TOO_LARGE, frame.arrivalNanos());
    }

    private void refuseUnframeable(Frame frame) {
        boolean large = frame.claimedLength() > limits.frameBytes();
        Status status = large ? Status.FRAME_TOO_LARGE : Status.MALFORMED;
        loop.errors()
                .append(
                        replyBuffer(),
                        MessageType.NONE,
                        0,
                        status,
                        "this is no frame, and the connection is closed: frameLength=" + frame.claimedLength()
                                + (large
                                        ? " most=" + limits.frameBytes() + " (limits.frame-size)"
                                        : " least=" + io.magpie.protocol.FrameHeaderDescriptor.MIN_FRAME_LENGTH));
        replied(MessageType.NONE, status, frame.arrivalNanos());
        close();
    }

    /** Stops reading while too much is owed. */
    private void holdBack() {
        if (replies != null && replies.readableBytes() >= limits.unwrittenBytes()) {
            writeReplies();
        }
        if (unanswered >= limits.inFlight() || !channel.isWritable()) {
            decoder.pause();
        }
    }

    private void goOn() {
        if (decoder.isPaused() && unanswered < limits.inFlight() && channel.isWritable()) {
            decoder.resume();
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        if (channel.isWritable()) {
            goOn();
        } else {
            decoder.pause();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (!(cause instanceof IOException)) {
            loop.failures().log("a connection failed and is closed: peer=" + channel.remoteAddress(), cause);
        }
        ctx.close();
    }

    @Override
    public ByteBuf replyBuffer() {
        if (replies == null) {
            replies = ctx.alloc().directBuffer(expectedReplyBytes);
        }
        return replies;
    }

    @Override
    public void replied(int messageType, Status status, long arrivalNanos) {
        loop.answered(Verb.of(messageType), status, arrivalNanos);
        touch();
    }

    @Override
    public void taken() {
        unanswered++;
        loop.touch();
    }

    @Override
    public void settled() {
        unanswered--;
        touch();
        goOn();
    }

    @Override
    public int unanswered() {
        return unanswered;
    }

    @Override
    public boolean isOpen() {
        return !closed;
    }

    @Override
    public void execute(Runnable task) {
        channel.eventLoop().execute(task);
    }

    private void touch() {
        if (!dirty) {
            dirty = true;
            loop.touch(this);
        }
    }

    /** Sends what was gathered in this turn. Called once a turn, by the event loop's context. */
    void flush() {
        dirty = false;
        if (closed) {
            return;
        }
        if (replies != null) {
            writeReplies();
        }
        if (closing && unanswered == 0) {
            decoder.discard();
            LingeringClose.start(ctx);
        }
    }

    private void writeReplies() {
        int bytes = replies.readableBytes();
        if (bytes == 0) {
            replies.release();
            replies = null;
            return;
        }
        expectedReplyBytes = Math.max(LEAST_REPLY_BUFFER, Math.max(bytes, expectedReplyBytes - expectedReplyBytes / 8));
        ByteBuf sent = replies;
        replies = null;
        ctx.writeAndFlush(sent, ctx.voidPromise());
        ChannelOutboundBuffer unwritten = channel.unsafe().outboundBuffer();
        if (unwritten != null && unwritten.totalPendingWriteBytes() > limits.unwrittenHardBytes()) {
            ctx.close();
        }
    }

    /** Ends the connection once all that was asked on it is answered and taken. Event loop. */
    void close() {
        if (!closing) {
            closing = true;
            decoder.pause();
            touch();
        }
    }

    /** Ends the connection at once. Event loop. */
    void abort() {
        ctx.close();
    }
}
