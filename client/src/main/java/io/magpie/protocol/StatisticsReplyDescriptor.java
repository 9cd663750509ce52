package io.magpie.protocol;

/**
 * Layout of {@code StatisticsReply}. The server's counters, each with its name, so that new ones need no new layout.
 *
 * <pre>
 * fixed block
 * +------+------------------+---------+
 * |    0 | catalogueVersion | uint64  |
 * |    8 | timeMillis       | int64   |
 * |   16 | spaceId          | uint32  |
 * |   20 | reserved         | 4 bytes |
 * +------+------------------+---------+
 * group 0: counters
 * +------+------------+---------+
 * |    0 | valueBits  | uint64  |
 * |    8 | kind       | uint8   |
 * |    9 | nameLength | uint8   |
 * |   10 | reserved   | 6 bytes |
 * +------+------------+---------+
 * group 1: counterNames, entries of one byte
 * </pre>
 */
public final class StatisticsReplyDescriptor {
    /** uint64: the catalogue that this answer saw; +1 with every change of an item. */
    public static final int CATALOGUE_VERSION_OFFSET = 0;

    /** int64: the server's time of this answer, milliseconds since 1970. */
    public static final int TIME_MILLIS_OFFSET = CATALOGUE_VERSION_OFFSET + Long.BYTES;

    /** uint32: the live catalogue's space. */
    public static final int SPACE_ID_OFFSET = TIME_MILLIS_OFFSET + Long.BYTES;

    /** Padding, zero. */
    public static final int RESERVED_OFFSET = SPACE_ID_OFFSET + Integer.BYTES;

    /** Bytes of the fixed block. */
    public static final int BLOCK_LENGTH = RESERVED_OFFSET + 4;

    /** Place of the group: the counters. */
    public static final int COUNTERS_GROUP = 0;

    /** uint64: an int64, or the bits of a float64. */
    public static final int COUNTER_VALUE_BITS_OFFSET = 0;

    /** uint8: 0 int64, 1 float64. */
    public static final int COUNTER_KIND_OFFSET = COUNTER_VALUE_BITS_OFFSET + Long.BYTES;

    /** uint8: bytes of its name in counterNames. */
    public static final int COUNTER_NAME_LENGTH_OFFSET = COUNTER_KIND_OFFSET + Byte.BYTES;

    /** Padding, zero. */
    public static final int COUNTER_RESERVED_OFFSET = COUNTER_NAME_LENGTH_OFFSET + Byte.BYTES;

    /** Bytes of an entry of counters. */
    public static final int COUNTERS_ENTRY_LENGTH = COUNTER_RESERVED_OFFSET + 6;

    /** Place of the group: the counters' names one after the other; UTF-8. */
    public static final int COUNTER_NAMES_GROUP = 1;

    private StatisticsReplyDescriptor() {}
}
