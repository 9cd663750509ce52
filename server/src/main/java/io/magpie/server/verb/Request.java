package io.magpie.server.verb;

import io.magpie.protocol.FrameHeader;
import io.magpie.protocol.MessageDecoder;
import io.magpie.protocol.Status;
import io.netty.buffer.ByteBuf;

/**
 * One request where it lies in the receive buffer. Reusable; valid only until the handler that it was passed to
 * returns. Not thread-safe.
 */
public final class Request {
    private Exchange exchange;
    private ByteBuf buffer;
    private int offset;
    private int length;
    private long arrivalNanos;
    private long beginNanos;

    /**
     * Lays it over a frame.
     *
     * @param exchange     who asks
     * @param buffer       holds the frame; stays the caller's
     * @param offset       where the length field lies
     * @param length       bytes, the length field included; all of the header's are there
     * @param arrivalNanos {@link System#nanoTime()} when it arrived
     */
    public Request wrap(Exchange exchange, ByteBuf buffer, int offset, int length, long arrivalNanos) {
        this.exchange = exchange;
        this.buffer = buffer;
        this.offset = offset;
        this.length = length;
        this.arrivalNanos = arrivalNanos;
        beginNanos = arrivalNanos;
        return this;
    }

    /** Lets someone else have the replies. */
    void redirect(Exchange other) {
        exchange = other;
    }

    /** Lays a decoder over the request and checks it. */
    public Status decode(MessageDecoder decoder) {
        return decoder.wrap(buffer, offset, length);
    }

    /** Returns who asks. */
    public Exchange exchange() {
        return exchange;
    }

    /** Returns the buffer that replies are appended to. */
    public ByteBuf replyBuffer() {
        return exchange.replyBuffer();
    }

    /** Says that a reply of this status was appended. */
    public void replied(Status status) {
        exchange.replied(messageType(), status, arrivalNanos);
    }

    /** Returns the protocol version of the frame. */
    public int version() {
        return FrameHeader.version(buffer, offset);
    }

    /** Returns whether this server may read the frame. */
    public boolean isVersionKnown() {
        return FrameHeader.isVersionKnown(buffer, offset);
    }

    /** Returns whether the frame says of itself that it is an answer. */
    public boolean isReply() {
        return FrameHeader.isReply(buffer, offset);
    }

    /** Returns what is asked. */
    public int messageType() {
        return FrameHeader.messageType(buffer, offset);
    }

    /** Returns the request's name on its connection. */
    public long correlationId() {
        return FrameHeader.correlationId(buffer, offset);
    }

    /** Returns how long the asker is willing to wait, in microseconds; 0 for as long as it takes. */
    public long budgetMicros() {
        return FrameHeader.budgetMicros(buffer, offset);
    }

    /** Returns the bytes of the frame, the length field included. */
    public int length() {
        return length;
    }

    /** Returns {@link System#nanoTime()} when it arrived. */
    public long arrivalNanos() {
        return arrivalNanos;
    }

    /** Says when it was taken up; it matters to one that bears a budget. */
    void begun(long nowNanos) {
        beginNanos = nowNanos;
    }

    /** Returns {@link System#nanoTime()} when it was taken up, if it bears a budget; else when it arrived. */
    long beginNanos() {
        return beginNanos;
    }

    /** Returns {@link System#nanoTime()} by which it must be answered, or {@link Long#MAX_VALUE}. */
    public long deadlineNanos() {
        long budget = budgetMicros();
        return budget == 0 ? Long.MAX_VALUE : arrivalNanos + budget * 1_000;
    }
}
