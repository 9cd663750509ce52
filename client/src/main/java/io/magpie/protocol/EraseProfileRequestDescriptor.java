package io.magpie.protocol;

/**
 * Layout of {@code EraseProfileRequest}. Erases a profile with all that is held on the person, and overwrites the bytes.
 *
 * <pre>
 * fixed block
 * +------+-----------+--------+
 * |    0 | profileId | uint64 |
 * +------+-----------+--------+
 * </pre>
 */
public final class EraseProfileRequestDescriptor {
    /** uint64: whose. */
    public static final int PROFILE_ID_OFFSET = 0;

    /** Bytes of the fixed block. */
    public static final int BLOCK_LENGTH = PROFILE_ID_OFFSET + Long.BYTES;

    private EraseProfileRequestDescriptor() {}
}
