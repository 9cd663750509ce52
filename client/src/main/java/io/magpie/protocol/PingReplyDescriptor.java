package io.magpie.protocol;

/**
 * Layout of {@code PingReply}. Answer to ping.
 *
 * <pre>
 * fixed block
 * +------+------------+--------+
 * |    0 | payload    | uint64 |
 * |    8 | timeMillis | int64  |
 * +------+------------+--------+
 * </pre>
 */
public final class PingReplyDescriptor {
    /** uint64: as sent. */
    public static final int PAYLOAD_OFFSET = 0;

    /** int64: the server's time, milliseconds since 1970. */
    public static final int TIME_MILLIS_OFFSET = PAYLOAD_OFFSET + Long.BYTES;

    /** Bytes of the fixed block. */
    public static final int BLOCK_LENGTH = TIME_MILLIS_OFFSET + Long.BYTES;

    private PingReplyDescriptor() {}
}
