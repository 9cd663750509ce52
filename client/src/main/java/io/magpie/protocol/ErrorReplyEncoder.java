package io.magpie.protocol;

import static io.magpie.protocol.ErrorReplyDescriptor.BLOCK_LENGTH;
import static io.magpie.protocol.ErrorReplyDescriptor.MESSAGE_GROUP;
import static io.magpie.protocol.ErrorReplyDescriptor.RETRY_AFTER_MICROS_OFFSET;

import io.netty.buffer.ByteBuf;

/**
 * Writes {@code ErrorReply}. The body of every answer whose status is not OK, whatever was asked.
 *
 * <p>Call {@code wrap}, the fields of the block in any order (those left out are zero), the groups in the order of
 * {@link ErrorReplyDescriptor} (those left out are empty), then {@link #finish()}. Reusable; not thread-safe; allocates nothing.
 */
public final class ErrorReplyEncoder extends MessageEncoder {
    /**
     * Starts an error at the buffer's writer index.
     *
     * @param messageType type of the request that failed; 0 when it is not known
     */
    public ErrorReplyEncoder wrap(ByteBuf buffer, int messageType, long correlationId, Status status) {
        beginReply(buffer, messageType, correlationId, status, BLOCK_LENGTH);
        return this;
    }

    /** Sets {@code retryAfterMicros}, uint32: after how long a try again makes sense; 0 for not said. */
    public ErrorReplyEncoder retryAfterMicros(int retryAfterMicros) {
        buffer().setIntLE(blockOffset() + RETRY_AFTER_MICROS_OFFSET, retryAfterMicros);
        return this;
    }

    /** Writes what is wrong and what to do; UTF-8. */
    public ErrorReplyEncoder message(CharSequence text) {
        writeText(MESSAGE_GROUP, text);
        return this;
    }
}
