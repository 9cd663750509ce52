package io.magpie.protocol;

/**
 * Layout of {@code WriteReply}. Answer to every verb that takes a list of changes: one status per entry, in the order of the request. Entries are applied one by one; one refused does not stop the rest.
 *
 * <pre>
 * fixed block
 * +------+------------------+--------+
 * |    0 | catalogueVersion | uint64 |
 * |    8 | timeMillis       | int64  |
 * |   16 | spaceId          | uint32 |
 * |   20 | appliedCount     | uint32 |
 * +------+------------------+--------+
 * group 0: statuses
 * +------+-------+--------+
 * |    0 | value | uint16 |
 * +------+-------+--------+
 * group 1: profileIds
 * +------+-------+--------+
 * |    0 | value | uint64 |
 * +------+-------+--------+
 * </pre>
 */
public final class WriteReplyDescriptor {
    /** uint64: the catalogue that this answer saw; +1 with every change of an item. */
    public static final int CATALOGUE_VERSION_OFFSET = 0;

    /** int64: the server's time of this answer, milliseconds since 1970. */
    public static final int TIME_MILLIS_OFFSET = CATALOGUE_VERSION_OFFSET + Long.BYTES;

    /** uint32: the space of the catalogue that was changed, or the live one's. */
    public static final int SPACE_ID_OFFSET = TIME_MILLIS_OFFSET + Long.BYTES;

    /** uint32: how many were applied. */
    public static final int APPLIED_COUNT_OFFSET = SPACE_ID_OFFSET + Integer.BYTES;

    /** Bytes of the fixed block. */
    public static final int BLOCK_LENGTH = APPLIED_COUNT_OFFSET + Integer.BYTES;

    /** Place of the group: one per entry. */
    public static final int STATUSES_GROUP = 0;

    /** uint16: a number of Status. */
    public static final int STATUS_VALUE_OFFSET = 0;

    /** Bytes of an entry of statuses. */
    public static final int STATUSES_ENTRY_LENGTH = STATUS_VALUE_OFFSET + Short.BYTES;

    /** Place of the group: the profiles that the entries reached, where one is another than was named. */
    public static final int PROFILE_IDS_GROUP = 1;

    /** uint64: the profile that the entry reached; 2^64-1 if none. */
    public static final int PROFILE_ID_VALUE_OFFSET = 0;

    /** Bytes of an entry of profileIds. */
    public static final int PROFILE_IDS_ENTRY_LENGTH = PROFILE_ID_VALUE_OFFSET + Long.BYTES;

    private WriteReplyDescriptor() {}
}
