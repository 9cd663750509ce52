package io.magpie.protocol;

/**
 * Layout of {@code PingRequest}. Ping: is the other side there?
 *
 * <pre>
 * fixed block
 * +------+---------+--------+
 * |    0 | payload | uint64 |
 * +------+---------+--------+
 * </pre>
 */
public final class PingRequestDescriptor {
    /** uint64: anything; comes back. */
    public static final int PAYLOAD_OFFSET = 0;

    /** Bytes of the fixed block. */
    public static final int BLOCK_LENGTH = PAYLOAD_OFFSET + Long.BYTES;

    private PingRequestDescriptor() {}
}
