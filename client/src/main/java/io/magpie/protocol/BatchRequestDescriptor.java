package io.magpie.protocol;

/**
 * Layout of {@code BatchRequest}. Asks many things at once: whole requests of any verb but HELLO and BATCH.
 *
 * <pre>
 * fixed block
 * +------+----------+---------+
 * |    0 | reserved | 8 bytes |
 * +------+----------+---------+
 * group 0: requests, entries of one byte
 * </pre>
 */
public final class BatchRequestDescriptor {
    /** Padding, zero. */
    public static final int RESERVED_OFFSET = 0;

    /** Bytes of the fixed block. */
    public static final int BLOCK_LENGTH = RESERVED_OFFSET + 8;

    /** Place of the group: whole frames, one after the other, at most `MAX_BATCH_REQUESTS`. */
    public static final int REQUESTS_GROUP = 0;

    private BatchRequestDescriptor() {}
}
