package io.magpie.protocol;

import static io.magpie.protocol.ErrorReplyDescriptor.BLOCK_LENGTH;
import static io.magpie.protocol.ErrorReplyDescriptor.MESSAGE_GROUP;
import static io.magpie.protocol.ErrorReplyDescriptor.RETRY_AFTER_MICROS_OFFSET;

/**
 * Reads {@code ErrorReply} in place. The body of every answer whose status is not OK, whatever was asked.
 *
 * <p>{@link #wrap} first, and read fields only if it says {@link Status#OK}. Valid as long as the buffer is; holds no
 * reference count. Reusable; not thread-safe; allocates nothing except where said.
 */
public final class ErrorReplyDecoder extends MessageDecoder {

    /** Creates a decoder that is wrapped around nothing. */
    public ErrorReplyDecoder() {
        super(BLOCK_LENGTH, 1);
        declareText(MESSAGE_GROUP, ProtocolLimits.MAX_MESSAGE_LENGTH);
    }

    /** Returns {@code retryAfterMicros}, uint32: after how long a try again makes sense; 0 for not said. */
    public int retryAfterMicros() {
        return buffer().getIntLE(blockOffset() + RETRY_AFTER_MICROS_OFFSET);
    }

    /** Returns what is wrong and what to do; UTF-8. Allocates. */
    public String message() {
        return text(MESSAGE_GROUP);
    }

    /** Returns the bytes of message. */
    public int messageLength() {
        return count(MESSAGE_GROUP);
    }
}
