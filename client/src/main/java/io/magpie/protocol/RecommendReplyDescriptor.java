package io.magpie.protocol;

/**
 * Layout of {@code RecommendReply}. The items asked for, best first: score descending, then id ascending, unsigned; of SCORE in the order of asking.
 *
 * <pre>
 * fixed block
 * +------+------------------+---------+
 * |    0 | profileId        | uint64  |
 * |    8 | catalogueVersion | uint64  |
 * |   16 | timeMillis       | int64   |
 * |   24 | spaceId          | uint32  |
 * |   28 | flags            | uint32  |
 * |   32 | unseenBound      | float32 |
 * |   36 | profileVersion   | uint32  |
 * |   40 | scannedItems     | uint64  |
 * |   48 | scoredItems      | uint64  |
 * |   56 | unknownItems     | uint32  |
 * |   60 | unknownMembers   | uint32  |
 * +------+------------------+---------+
 * group 0: items
 * +------+-------+---------+
 * |    0 | id    | uint64  |
 * |    8 | score | float32 |
 * +------+-------+---------+
 * group 1: eventStatuses
 * +------+-------+--------+
 * |    0 | value | uint16 |
 * +------+-------+--------+
 * group 2: shownStatuses
 * +------+-------+--------+
 * |    0 | value | uint16 |
 * +------+-------+--------+
 * </pre>
 */
public final class RecommendReplyDescriptor {
    /** uint64: as asked. */
    public static final int PROFILE_ID_OFFSET = 0;

    /** uint64: the catalogue that this answer saw; +1 with every change of an item. */
    public static final int CATALOGUE_VERSION_OFFSET = PROFILE_ID_OFFSET + Long.BYTES;

    /** int64: the server's time of this answer, milliseconds since 1970. */
    public static final int TIME_MILLIS_OFFSET = CATALOGUE_VERSION_OFFSET + Long.BYTES;

    /** uint32: the live catalogue's space. */
    public static final int SPACE_ID_OFFSET = TIME_MILLIS_OFFSET + Long.BYTES;

    /** uint32: bits of AnswerFlag. */
    public static final int FLAGS_OFFSET = SPACE_ID_OFFSET + Integer.BYTES;

    /** float32: no item left unseen scores above it; -infinity when all were looked at. */
    public static final int UNSEEN_BOUND_OFFSET = FLAGS_OFFSET + Integer.BYTES;

    /** uint32: version of the profile that answered; 0 for none. */
    public static final int PROFILE_VERSION_OFFSET = UNSEEN_BOUND_OFFSET + Float.BYTES;

    /** uint64: items looked at in any form. */
    public static final int SCANNED_ITEMS_OFFSET = PROFILE_VERSION_OFFSET + Integer.BYTES;

    /** uint64: items that got their real score. */
    public static final int SCORED_ITEMS_OFFSET = SCANNED_ITEMS_OFFSET + Long.BYTES;

    /** uint32: how many of the items listed in the request are not in the catalogue. */
    public static final int UNKNOWN_ITEMS_OFFSET = SCORED_ITEMS_OFFSET + Long.BYTES;

    /** uint32: how many members of the group are not known. */
    public static final int UNKNOWN_MEMBERS_OFFSET = UNKNOWN_ITEMS_OFFSET + Integer.BYTES;

    /** Bytes of the fixed block. */
    public static final int BLOCK_LENGTH = UNKNOWN_MEMBERS_OFFSET + Integer.BYTES;

    /** Bytes of the fixed block that every sender writes; what comes after is left out when nothing of it is said. */
    public static final int FIRST_BLOCK_LENGTH = UNKNOWN_ITEMS_OFFSET;

    /** Place of the group: the items. */
    public static final int ITEMS_GROUP = 0;

    /** uint64: the item. */
    public static final int ITEM_ID_OFFSET = 0;

    /** float32: its score, boosts included; of SCORE without them, NaN for an item that is not known. */
    public static final int ITEM_SCORE_OFFSET = ITEM_ID_OFFSET + Long.BYTES;

    /** Bytes of an entry of items. */
    public static final int ITEMS_ENTRY_LENGTH = ITEM_SCORE_OFFSET + Float.BYTES;

    /** Place of the group: one per event of RECORD_AND_RECOMMEND, in their order. */
    public static final int EVENT_STATUSES_GROUP = 1;

    /** uint16: a number of Status. */
    public static final int EVENT_STATUS_VALUE_OFFSET = 0;

    /** Bytes of an entry of eventStatuses. */
    public static final int EVENT_STATUSES_ENTRY_LENGTH = EVENT_STATUS_VALUE_OFFSET + Short.BYTES;

    /** Place of the group: when the answer was to be recorded as shown: how that ended. */
    public static final int SHOWN_STATUSES_GROUP = 2;

    /** uint16: a number of Status. */
    public static final int SHOWN_STATUS_VALUE_OFFSET = 0;

    /** Bytes of an entry of shownStatuses. */
    public static final int SHOWN_STATUSES_ENTRY_LENGTH = SHOWN_STATUS_VALUE_OFFSET + Short.BYTES;

    private RecommendReplyDescriptor() {}
}
