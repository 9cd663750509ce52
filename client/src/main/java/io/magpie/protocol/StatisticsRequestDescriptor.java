package io.magpie.protocol;

/**
 * Layout of {@code StatisticsRequest}. Asks for the server's counters.
 *
 * <pre>
 * fixed block
 * +------+----------+---------+
 * |    0 | reserved | 8 bytes |
 * +------+----------+---------+
 * </pre>
 */
public final class StatisticsRequestDescriptor {
    /** Padding, zero. */
    public static final int RESERVED_OFFSET = 0;

    /** Bytes of the fixed block. */
    public static final int BLOCK_LENGTH = RESERVED_OFFSET + 8;

    private StatisticsRequestDescriptor() {}
}
