package io.magpie.server;

import io.magpie.protocol.FrameHeader;
import io.magpie.protocol.MessageType;
import io.magpie.protocol.Status;
import io.magpie.server.config.ServerConfiguration.Limits;
import io.magpie.server.metrics.Ending;
import io.magpie.server.metrics.Verb;
import io.magpie.server.security.PeerCertificate;
import io.magpie.server.security.Session;
import io.magpie.server.verb.Exchange;
import io.magpie.server.verb.Request;
import io.magpie.server.verb.Share;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;

/**
 * One connection: brings its frames to the verbs, gathers the replies of a turn in one pooled buffer, and sends them
 * with one flush. Used by its event loop alone.
 *
 * <p>Back-pressure: a connection that does not take its replies, or has too many requests unanswered, is not read; one
 * that owes more than the hard limit is closed.
 */
final class Connection extends ChannelInboundHandlerAdapter implements Exchange {
    private static final int LEAST_REPLY_BUFFER = 512;
    // Of whoever is not known yet: a hello fits, and a flood of half frames takes little.
    private static final int STRANGERS_FRAME = 8 << 10;
    // What requests take of a turn. In a storm admission bounds what is begun, and all that has arrived is to be looked
    // at.
    private static final int COST = 16;
    private static final int COST_IN_STORM = 1;
    private static final int COST_OF_SCORING = 3 * COST;
    private static final int BYTES_SHIFT = 8;
    private static final int QUIET_LOOKS = 3;
    private static final long REFUSAL_PAUSE_MILLIS = 500;

    private final EventLoopContext loop;
    private final Limits limits;
    private final FrameDecoder decoder;
    private final Session session;
    private final Request request = new Request();
    private final Lateness lateness;
    private final Share share = new Share();

    private ChannelHandlerContext ctx;
    private Channel channel;
    private ByteBuf replies;
    private int expectedReplyBytes = LEAST_REPLY_BUFFER;
    private int unanswered;
    private int place;
    private long turn;
    private int turnCost;
    private long turnBytes;
    private long frames;
    private long seenFrames;
    private long seenYields;
    private int quietLooks = QUIET_LOOKS;
    private boolean held;
    private boolean dispatching;
    private boolean dirty;
    private boolean closing;
    private boolean closed;

    Connection(EventLoopContext loop, Limits limits, FrameDecoder decoder, Session session) {
        this.loop = loop;
        this.limits = limits;
        this.decoder = decoder;
        this.session = session;
        lateness = new Lateness(limits.patience());
        if (!session.isKnown()) {
            decoder.limit(STRANGERS_FRAME);
        }
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
        if (turn != loop.turn()) {
            turn = loop.turn();
            turnCost = 0;
            turnBytes = 0;
        }
        frames++;
        turnBytes += frame.length();
        turnCost += cost(frame);
        switch (frame.kind()) {
            case REQUEST -> dispatch(frame);
            case TOO_LARGE -> refuseTooLarge(frame);
            case UNFRAMEABLE -> refuseUnframeable(frame);
            default -> throw new IllegalStateException("kind=" + frame.kind());
        }
        holdBack();
        if (turnCost >= COST * limits.turnRequests()) {
            int left = decoder.unreadBytes();
            if (left > 0) {
                loop.dispatcher().leaves(share, turnBytes, left);
            }
            decoder.yieldTurn();
        }
    }

    private int cost(Frame frame) {
        boolean shedding = frame.kind() == Frame.Kind.REQUEST
                && loop.dispatcher().isStorm()
                && MessageType.isRead(FrameHeader.messageType(frame.buffer(), frame.offset()));
        return (shedding ? COST_IN_STORM : COST) + COST * (frame.length() >>> BYTES_SHIFT);
    }

    private void dispatch(Frame frame) {
        dispatching = true;
        share.behind(loop.dispatcher().isStorm() ? decoder.unreadBytes() / frame.length() : 0);
        try {
            loop.dispatcher()
                    .dispatch(request.wrap(this, frame.buffer(), frame.offset(), frame.length(), frame.arrivalNanos()));
        } finally {
            dispatching = false;
        }
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

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof SslHandshakeCompletionEvent handshake && handshake.isSuccess()) {
            session.certificate(
                    PeerCertificate.subject(ctx.pipeline().get(SslHandler.class).engine()));
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
        if (cause instanceof DecoderException && cause.getCause() instanceof SSLException) {
            // Whoever speaks no TLS, or shows a certificate that is not trusted: nothing to log line by line.
            loop.endings().count(Ending.TLS);
        } else if (!(cause instanceof IOException)) {
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
        if (messageType == MessageType.HELLO && session.isKnown()) {
            decoder.limit(limits.frameBytes());
        }
        loop.answered(Verb.of(messageType), status, arrivalNanos);
        touch();
    }

    @Override
    public Session session() {
        return session;
    }

    @Override
    public Share share() {
        return share;
    }

    @Override
    public void refuse() {
        loop.endings().count(Ending.UNAUTHENTICATED);
        held = true;
        decoder.discard();
        channel.eventLoop()
                .schedule(
                        () -> {
                            held = false;
                            close();
                        },
                        REFUSAL_PAUSE_MILLIS,
                        TimeUnit.MILLISECONDS);
    }

    @Override
    public void taken() {
        unanswered++;
        turnCost += loop.dispatcher().isStorm() ? 0 : COST_OF_SCORING;
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

    /** Sends what was gathered so far, unless a request of its own is being answered: that one's reply may be half written. */
    void sendAhead() {
        if (!dispatching && !closed && !held && replies != null) {
            writeReplies();
        }
    }

    /** Sends what was gathered in this turn. Called once a turn, by the event loop's context. */
    void flush() {
        dirty = false;
        if (closed || held) {
            return;
        }
        if (replies != null) {
            writeReplies();
        }
        if (closing && unanswered == 0 && !decoder.isBusy()) {
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

    /** Ends the connection once all that has arrived on it is answered and taken. Event loop; again and again. */
    void close() {
        if (!closing) {
            closing = true;
            decoder.end();
        }
        touch();
    }

    /**
     * Returns whether more has arrived than its turns since the last call took in, so that it must be read on before what
     * has arrived is answered. Event loop.
     */
    boolean isBehind() {
        if (decoder.isBusy() || decoder.yields() != seenYields) {
            quietLooks = 0;
        } else if (frames != seenFrames && quietLooks < QUIET_LOOKS) {
            quietLooks = 0;
        } else if (quietLooks < QUIET_LOOKS) {
            quietLooks++; // the socket may hold more that no turn has come to yet
        }
        seenYields = decoder.yields();
        seenFrames = frames;
        return quietLooks < QUIET_LOOKS;
    }

    /** Looks whether the other side is still there, in time and allowed in; ends the connection if not. Event loop. */
    void lookAfter(long now) {
        if (held) {
            return;
        }
        if (closing) {
            // Its last reply may be one that nobody takes.
            if (lateness.isStalled(now, channel)) {
                abort();
            }
            return;
        }
        if (session.isKnown() && !session.refresh()) {
            say(Status.UNAUTHENTICATED, "the token was revoked or has ended");
            end(Ending.REVOKED);
            return;
        }
        Ending late = lateness.of(now, channel, decoder, session.isKnown(), unanswered);
        if (late == Ending.STALLED) {
            loop.endings().count(late);
            abort();
        } else if (late != null) {
            say(Status.DEADLINE_EXCEEDED, late.words());
            end(late);
        }
    }

    private void say(Status status, String words) {
        loop.errors().append(replyBuffer(), MessageType.NONE, 0, status, words);
    }

    private void end(Ending ending) {
        loop.endings().count(ending);
        decoder.discard();
        close();
    }

    /** Returns where it stands among the connections of its event loop. */
    int place() {
        return place;
    }

    void place(int newPlace) {
        place = newPlace;
    }

    /** Ends the connection at once. Event loop. */
    void abort() {
        ctx.close();
    }
}
