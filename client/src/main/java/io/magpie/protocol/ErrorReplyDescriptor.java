package io.magpie.protocol;

/**
 * Layout of {@code ErrorReply}. The body of every answer whose status is not OK, whatever was asked.
 *
 * <pre>
 * fixed block
 * +------+------------------+---------+
 * |    0 | retryAfterMicros | uint32  |
 * |    4 | reserved         | 4 bytes |
 * +------+------------------+---------+
 * group 0: message, entries of one byte
 * </pre>
 */
public final class ErrorReplyDescriptor {
    /** uint32: after how long a try again makes sense; 0 for not said. */
    public static final int RETRY_AFTER_MICROS_OFFSET = 0;

    /** Padding, zero. */
    public static final int RESERVED_OFFSET = RETRY_AFTER_MICROS_OFFSET + Integer.BYTES;

    /** Bytes of the fixed block. */
    public static final int BLOCK_LENGTH = RESERVED_OFFSET + 4;

    /** Place of the group: what is wrong and what to do; UTF-8. */
    public static final int MESSAGE_GROUP = 0;

    private ErrorReplyDescriptor() {}
}
