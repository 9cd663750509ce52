package io.magpie.protocol;

/**
 * Layout of {@code EraseProfileReply}. The receipt of an erasure.
 *
 * <pre>
 * fixed block
 * +------+------------------+---------+
 * |    0 | profileId        | uint64  |
 * |    8 | catalogueVersion | uint64  |
 * |   16 | timeMillis       | int64   |
 * |   24 | sequence         | uint64  |
 * |   32 | spaceId          | uint32  |
 * |   36 | profiles         | uint32  |
 * |   40 | slots            | uint32  |
 * |   44 | consents         | uint32  |
 * |   48 | seenItems        | uint32  |
 * |   52 | identities       | uint32  |
 * |   56 | logRecords       | uint32  |
 * |   60 | redirects        | uint32  |
 * +------+------------------+---------+
 * </pre>
 */
public final class EraseProfileReplyDescriptor {
    /** uint64: whose. */
    public static final int PROFILE_ID_OFFSET = 0;

    /** uint64: the catalogue that this answer saw; +1 with every change of an item. */
    public static final int CATALOGUE_VERSION_OFFSET = PROFILE_ID_OFFSET + Long.BYTES;

    /** int64: the server's time of this answer, milliseconds since 1970. */
    public static final int TIME_MILLIS_OFFSET = CATALOGUE_VERSION_OFFSET + Long.BYTES;

    /** uint64: number of the erasure in the update log. */
    public static final int SEQUENCE_OFFSET = TIME_MILLIS_OFFSET + Long.BYTES;

    /** uint32: the live catalogue's space. */
    public static final int SPACE_ID_OFFSET = SEQUENCE_OFFSET + Long.BYTES;

    /** uint32: profiles erased: 1, or 0 when there was none. */
    public static final int PROFILES_OFFSET = SPACE_ID_OFFSET + Integer.BYTES;

    /** uint32: slots erased. */
    public static final int SLOTS_OFFSET = PROFILES_OFFSET + Integer.BYTES;

    /** uint32: consents erased. */
    public static final int CONSENTS_OFFSET = SLOTS_OFFSET + Integer.BYTES;

    /** uint32: seen and shown items erased. */
    public static final int SEEN_ITEMS_OFFSET = CONSENTS_OFFSET + Integer.BYTES;

    /** uint32: identities erased. */
    public static final int IDENTITIES_OFFSET = SEEN_ITEMS_OFFSET + Integer.BYTES;

    /** uint32: parts of log records overwritten. */
    public static final int LOG_RECORDS_OFFSET = IDENTITIES_OFFSET + Integer.BYTES;

    /** uint32: profiles that had been merged into it, erased too. */
    public static final int REDIRECTS_OFFSET = LOG_RECORDS_OFFSET + Integer.BYTES;

    /** Bytes of the fixed block. */
    public static final int BLOCK_LENGTH = REDIRECTS_OFFSET + Integer.BYTES;

    private EraseProfileReplyDescriptor() {}
}
