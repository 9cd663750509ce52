package io.magpie.protocol;

/**
 * Layout of {@code SnapshotRequest}. Starts a snapshot of the state, asks how far it is, or has it given up.
 *
 * <pre>
 * fixed block
 * +------+----------+---------+
 * |    0 | action   | uint8   |
 * |    1 | reserved | 7 bytes |
 * +------+----------+---------+
 * group 0: name, entries of one byte
 * </pre>
 */
public final class SnapshotRequestDescriptor {
    /** uint8: 0 how far is it, 1 start, 2 give up. */
    public static final int ACTION_OFFSET = 0;

    /** Padding, zero. */
    public static final int RESERVED_OFFSET = ACTION_OFFSET + Byte.BYTES;

    /** Bytes of the fixed block. */
    public static final int BLOCK_LENGTH = RESERVED_OFFSET + 7;

    /** Place of the group: the name of the new directory below the server's snapshot directory: letters, digits, `.`, `_`, `-`, the first no dot; only to start. */
    public static final int NAME_GROUP = 0;

    private SnapshotRequestDescriptor() {}
}
