package io.magpie.client;

import io.magpie.protocol.FrameHeaderDescriptor;
import io.magpie.protocol.MessageType;
import io.netty.buffer.ByteBuf;

/**
 * One request on its way: made by the caller's thread, handed to a connection, and from then on owned by that
 * connection's event loop until it ends by exactly one of {@link #onReply} and {@link #onFailure}.
 */
abstract class Call {
    private final int messageType;
    private final boolean isRead;
    private long deadlineNanos;
    private long timeoutNanos;
    private boolean written;
    private int heldBytes;

    Call(int messageType) {
        this(messageType, MessageType.isRead(messageType));
    }

    /**
     * @param isRead whether the request changes nothing, whatever its verb may do otherwise
     */
    Call(int messageType, boolean isRead) {
        this.messageType = messageType;
        this.isRead = isRead;
    }

    /**
     * Makes it ready to be sent, again if it is reused. Caller's thread.
     *
     * @param deadlineNanos {@link System#nanoTime()} at which it ends without an answer
     * @param timeoutNanos  how long the caller gave it, retries included; for messages
     */
    final void start(long deadlineNanos, long timeoutNanos, int bytes) {
        this.deadlineNanos = deadlineNanos;
        this.timeoutNanos = timeoutNanos;
        written = false;
        heldBytes = bytes;
    }

    final int messageType() {
        return messageType;
    }

    final long deadlineNanos() {
        return deadlineNanos;
    }

    final long timeoutNanos() {
        return timeoutNanos;
    }

    /** Returns the bytes that count against the connection's bound while it is in flight. */
    final int heldBytes() {
        return heldBytes;
    }

    final void markWritten() {
        written = true;
    }

    /** Returns whether the server may have changed something because of this call. */
    final boolean mayHaveBeenApplied() {
        return written && !isRead;
    }

    /** Returns a frame that is worth a write of its own, whose ownership goes to the caller; null for {@link #append}. */
    ByteBuf takeLargeFrame() {
        return null;
    }

    /** Appends the frame with any correlation id and budget; returns where it starts. Event loop. */
    abstract int append(ByteBuf out);

    /** Fills in what is known only when the frame is sent. */
    static void stamp(ByteBuf frame, int offset, long correlationId, int budgetMicros) {
        frame.setIntLE(offset + FrameHeaderDescriptor.BUDGET_MICROS_OFFSET, budgetMicros);
        frame.setLongLE(offset + FrameHeaderDescriptor.CORRELATION_ID_OFFSET, correlationId);
    }

    /**
     * The answer, whose status is OK. Event loop.
     *
     * @throws MagpieProtocolException if it cannot be read; the call then fails with it
     */
    abstract void onReply(ReplyDecoders decoders, ByteBuf buffer, int offset, int length);

    /** It failed. Event loop, or the caller's thread if it was never sent. */
    abstract void onFailure(MagpieException failure);

    /** Frees what a call that was never sent still holds. */
    void discard() {}
}
