package io.magpie.protocol;

/**
 * Layout of {@code ExportProfileReply}. Everything that is held on a person, as a document. One that is not there is answered by status UNKNOWN_PROFILE.
 *
 * <pre>
 * fixed block
 * +------+------------------+--------+
 * |    0 | profileId        | uint64 |
 * |    8 | catalogueVersion | uint64 |
 * |   16 | timeMillis       | int64  |
 * |   24 | spaceId          | uint32 |
 * |   28 | version          | uint32 |
 * +------+------------------+--------+
 * group 0: document, entries of one byte
 * </pre>
 */
public final class ExportProfileReplyDescriptor {
    /** uint64: whose. */
    public static final int PROFILE_ID_OFFSET = 0;

    /** uint64: the catalogue that this answer saw; +1 with every change of an item. */
    public static final int CATALOGUE_VERSION_OFFSET = PROFILE_ID_OFFSET + Long.BYTES;

    /** int64: the server's time of this answer, milliseconds since 1970. */
    public static final int TIME_MILLIS_OFFSET = CATALOGUE_VERSION_OFFSET + Long.BYTES;

    /** uint32: the live catalogue's space. */
    public static final int SPACE_ID_OFFSET = TIME_MILLIS_OFFSET + Long.BYTES;

    /** uint32: +1 with every change of the profile. */
    public static final int VERSION_OFFSET = SPACE_ID_OFFSET + Integer.BYTES;

    /** Bytes of the fixed block. */
    public static final int BLOCK_LENGTH = VERSION_OFFSET + Integer.BYTES;

    /** Place of the group: JSON; UTF-8. */
    public static final int DOCUMENT_GROUP = 0;

    private ExportProfileReplyDescriptor() {}
}
