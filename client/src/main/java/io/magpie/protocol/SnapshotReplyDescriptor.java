package io.magpie.protocol;

/**
 * Layout of {@code SnapshotReply}. How far the snapshot is, or how the last one ended.
 *
 * <pre>
 * fixed block
 * +------+-----------------+---------+
 * |    0 | sequence        | uint64  |
 * |    8 | timeMillis      | int64   |
 * |   16 | startedMillis   | int64   |
 * |   24 | entries         | uint64  |
 * |   32 | entriesExpected | uint64  |
 * |   40 | bytes           | uint64  |
 * |   48 | state           | uint8   |
 * |   49 | reserved        | 7 bytes |
 * +------+-----------------+---------+
 * group 0: name, entries of one byte
 * group 1: message, entries of one byte
 * </pre>
 */
public final class SnapshotReplyDescriptor {
    /** uint64: number of the last change that it holds; 0 before that is known. */
    public static final int SEQUENCE_OFFSET = 0;

    /** int64: the server's time of this answer, milliseconds since 1970. */
    public static final int TIME_MILLIS_OFFSET = SEQUENCE_OFFSET + Long.BYTES;

    /** int64: when it was started, milliseconds since 1970; 0 if none ever was. */
    public static final int STARTED_MILLIS_OFFSET = TIME_MILLIS_OFFSET + Long.BYTES;

    /** uint64: entries copied so far. */
    public static final int ENTRIES_OFFSET = STARTED_MILLIS_OFFSET + Long.BYTES;

    /** uint64: entries there were when it began. */
    public static final int ENTRIES_EXPECTED_OFFSET = ENTRIES_OFFSET + Long.BYTES;

    /** uint64: bytes written so far. */
    public static final int BYTES_OFFSET = ENTRIES_EXPECTED_OFFSET + Long.BYTES;

    /** uint8: 0 none since the server started, 1 under way, 2 done, 3 failed or given up. */
    public static final int STATE_OFFSET = BYTES_OFFSET + Long.BYTES;

    /** Padding, zero. */
    public static final int RESERVED_OFFSET = STATE_OFFSET + Byte.BYTES;

    /** Bytes of the fixed block. */
    public static final int BLOCK_LENGTH = RESERVED_OFFSET + 7;

    /** Place of the group: what it is called. */
    public static final int NAME_GROUP = 0;

    /** Place of the group: why it failed. */
    public static final int MESSAGE_GROUP = 1;

    private SnapshotReplyDescriptor() {}
}
