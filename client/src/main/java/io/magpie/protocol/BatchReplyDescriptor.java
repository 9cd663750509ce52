package io.magpie.protocol;

/**
 * Layout of {@code BatchReply}. The answers to a batch, in the order of its requests, each with a status of its own.
 *
 * <pre>
 * fixed block
 * +------+------------------+---------+
 * |    0 | catalogueVersion | uint64  |
 * |    8 | timeMillis       | int64   |
 * |   16 | spaceId          | uint32  |
 * |   20 | reserved         | 4 bytes |
 * +------+------------------+---------+
 * group 0: answers, entries of one byte
 * </pre>
 */
public final class BatchReplyDescriptor {
    /** uint64: the catalogue after the last of them; +1 with every change of an item. */
    public static final int CATALOGUE_VERSION_OFFSET = 0;

    /** int64: the server's time of this answer, milliseconds since 1970. */
    public static final int TIME_MILLIS_OFFSET = CATALOGUE_VERSION_OFFSET + Long.BYTES;

    /** uint32: the live catalogue's space. */
    public static final int SPACE_ID_OFFSET = TIME_MILLIS_OFFSET + Long.BYTES;

    /** Padding, zero. */
    public static final int RESERVED_OFFSET = SPACE_ID_OFFSET + Integer.BYTES;

    /** Bytes of the fixed block. */
    public static final int BLOCK_LENGTH = RESERVED_OFFSET + 4;

    /** Place of the group: whole frames, one after the other, as many as requests. */
    public static final int ANSWERS_GROUP = 0;

    private BatchReplyDescriptor() {}
}
