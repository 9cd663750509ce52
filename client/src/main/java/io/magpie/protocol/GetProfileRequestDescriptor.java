package io.magpie.protocol;

/**
 * Layout of {@code GetProfileRequest}. Reads a profile.
 *
 * <pre>
 * fixed block
 * +------+-----------+---------+
 * |    0 | profileId | uint64  |
 * |    8 | parts     | uint32  |
 * |   12 | mask      | uint8   |
 * |   13 | reserved  | 3 bytes |
 * +------+-----------+---------+
 * </pre>
 */
public final class GetProfileRequestDescriptor {
    /** uint64: whose. */
    public static final int PROFILE_ID_OFFSET = 0;

    /** uint32: what to answer: 1 slots, 2 their vectors as well, 4 consents, 8 seen items. */
    public static final int PARTS_OFFSET = PROFILE_ID_OFFSET + Long.BYTES;

    /** uint8: 0 for all that is held; else 1 + number of a purpose: only what consent allows for it. */
    public static final int MASK_OFFSET = PARTS_OFFSET + Integer.BYTES;

    /** Padding, zero. */
    public static final int RESERVED_OFFSET = MASK_OFFSET + Byte.BYTES;

    /** Bytes of the fixed block. */
    public static final int BLOCK_LENGTH = RESERVED_OFFSET + 3;

    private GetProfileRequestDescriptor() {}
}
