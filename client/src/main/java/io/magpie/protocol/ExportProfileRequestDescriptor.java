package io.magpie.protocol;

/**
 * Layout of {@code ExportProfileRequest}. Asks for everything that is held on a person.
 *
 * <pre>
 * fixed block
 * +------+-----------+--------+
 * |    0 | profileId | uint64 |
 * +------+-----------+--------+
 * </pre>
 */
public final class ExportProfileRequestDescriptor {
    /** uint64: whose. */
    public static final int PROFILE_ID_OFFSET = 0;

    /** Bytes of the fixed block. */
    public static final int BLOCK_LENGTH = PROFILE_ID_OFFSET + Long.BYTES;

    private ExportProfileRequestDescriptor() {}
}
