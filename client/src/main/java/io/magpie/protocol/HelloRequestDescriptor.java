package io.magpie.protocol;

/**
 * Layout of {@code HelloRequest}. Hello, the first message of a connection: which versions and features the client knows, and who it is.
 *
 * <pre>
 * fixed block
 * +------+------------+---------+
 * |    0 | minVersion | uint8   |
 * |    1 | maxVersion | uint8   |
 * |    2 | reserved   | 6 bytes |
 * |    8 | features   | uint64  |
 * +------+------------+---------+
 * group 0: token, entries of one byte
 * group 1: clientName, entries of one byte
 * </pre>
 */
public final class HelloRequestDescriptor {
    /** uint8: lowest protocol version that the client speaks. */
    public static final int MIN_VERSION_OFFSET = 0;

    /** uint8: highest protocol version that the client speaks. */
    public static final int MAX_VERSION_OFFSET = MIN_VERSION_OFFSET + Byte.BYTES;

    /** Padding, zero. */
    public static final int RESERVED_OFFSET = MAX_VERSION_OFFSET + Byte.BYTES;

    /** uint64: bits of Feature that the client knows. */
    public static final int FEATURES_OFFSET = RESERVED_OFFSET + 6;

    /** Bytes of the fixed block. */
    public static final int BLOCK_LENGTH = FEATURES_OFFSET + Long.BYTES;

    /** Place of the group: the credentials, opaque bytes; empty for none. */
    public static final int TOKEN_GROUP = 0;

    /** Place of the group: who is calling, for logs; UTF-8. */
    public static final int CLIENT_NAME_GROUP = 1;

    private HelloRequestDescriptor() {}
}
