package io.magpie.server.verb;

import io.magpie.core.Outcome;
import io.magpie.protocol.ErrorReplyDescriptor;
import io.magpie.protocol.ErrorReplyEncoder;
import io.magpie.protocol.FrameHeaderDescriptor;
import io.magpie.protocol.MessageType;
import io.magpie.protocol.ProtocolLimits;
import io.magpie.protocol.Status;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;

/** Writes errors. One an event loop. Errors are not the hot path: their messages are made as they are needed. */
public final class ErrorReplies {
    private static final Status[] BY_OUTCOME = byOutcome();

    private static final byte[] SHED = shed();

    private final ErrorReplyEncoder encoder = new ErrorReplyEncoder();

    /** Returns what an outcome is called on the wire. */
    static Status status(Outcome outcome) {
        return BY_OUTCOME[outcome.ordinal()];
    }

    /** Answers a request with an error; {@code message} names the operands and what to do. */
    public void reply(Request request, Status status, String message) {
        append(request.replyBuffer(), request.messageType(), request.correlationId(), status, message);
        request.replied(status);
    }

    /** Answers a request that is shed. A copy of one that is ready: there are many of them when there are any. */
    void overloaded(Request request, long waitNanos) {
        ByteBuf replies = request.replyBuffer();
        int offset = replies.writerIndex();
        replies.writeBytes(SHED);
        replies.setShortLE(offset + FrameHeaderDescriptor.MESSAGE_TYPE_OFFSET, request.messageType());
        replies.setLongLE(offset + FrameHeaderDescriptor.CORRELATION_ID_OFFSET, request.correlationId());
        replies.setIntLE(
                offset + FrameHeaderDescriptor.HEADER_LENGTH + ErrorReplyDescriptor.RETRY_AFTER_MICROS_OFFSET,
                (int) Math.min(Integer.MAX_VALUE, 1 + waitNanos / 1_000));
        request.replied(Status.OVERLOADED);
    }

    private static byte[] shed() {
        ByteBuf reply = Unpooled.buffer();
        new ErrorReplyEncoder()
                .wrap(reply, MessageType.NONE, 0, Status.OVERLOADED)
                .message("it would have waited too long (overload.wait)")
                .finish();
        return ByteBufUtil.getBytes(reply);
    }

    /** Appends an error. */
    public void append(ByteBuf buffer, int messageType, long correlationId, Status status, String message) {
        encoder.wrap(buffer, messageType, correlationId, status);
        encoder.message(
                message.length() * 3 <= ProtocolLimits.MAX_MESSAGE_LENGTH
                        ? message
                        : message.substring(0, Math.min(message.length(), ProtocolLimits.MAX_MESSAGE_LENGTH / 3)));
        encoder.finish();
    }

    private static Status[] byOutcome() {
        Outcome[] outcomes = Outcome.values();
        Status[] statuses = new Status[outcomes.length];
        for (Outcome outcome : outcomes) {
            statuses[outcome.ordinal()] = Status.valueOf(outcome.name());
        }
        return statuses;
    }
}
