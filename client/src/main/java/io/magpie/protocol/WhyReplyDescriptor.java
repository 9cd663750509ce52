package io.magpie.protocol;

/**
 * Layout of {@code WhyReply}. Why an item suits a profile. The amounts and the bias add up to the score but for the rounding of float32.
 *
 * <pre>
 * fixed block
 * +------+------------------+---------+
 * |    0 | profileId        | uint64  |
 * |    8 | itemId           | uint64  |
 * |   16 | catalogueVersion | uint64  |
 * |   24 | timeMillis       | int64   |
 * |   32 | spaceId          | uint32  |
 * |   36 | flags            | uint32  |
 * |   40 | score            | float32 |
 * |   44 | bias             | float32 |
 * |   48 | profileVersion   | uint32  |
 * |   52 | goneItems        | uint32  |
 * +------+------------------+---------+
 * group 0: shares
 * +------+----------+---------+
 * |    0 | amount   | float64 |
 * |    8 | source   | uint8   |
 * |    9 | use      | uint8   |
 * |   10 | reserved | 6 bytes |
 * +------+----------+---------+
 * group 1: seenItems
 * +------+---------+---------+
 * |    0 | id      | uint64  |
 * |    8 | product | float32 |
 * +------+---------+---------+
 * </pre>
 */
public final class WhyReplyDescriptor {
    /** uint64: whose. */
    public static final int PROFILE_ID_OFFSET = 0;

    /** uint64: which item. */
    public static final int ITEM_ID_OFFSET = PROFILE_ID_OFFSET + Long.BYTES;

    /** uint64: the catalogue that this answer saw; +1 with every change of an item. */
    public static final int CATALOGUE_VERSION_OFFSET = ITEM_ID_OFFSET + Long.BYTES;

    /** int64: the server's time of this answer, milliseconds since 1970. */
    public static final int TIME_MILLIS_OFFSET = CATALOGUE_VERSION_OFFSET + Long.BYTES;

    /** uint32: the live catalogue's space. */
    public static final int SPACE_ID_OFFSET = TIME_MILLIS_OFFSET + Long.BYTES;

    /** uint32: bits of AnswerFlag. */
    public static final int FLAGS_OFFSET = SPACE_ID_OFFSET + Integer.BYTES;

    /** float32: the item's score for the profile, without boosts and context. */
    public static final int SCORE_OFFSET = FLAGS_OFFSET + Integer.BYTES;

    /** float32: the item's bias. */
    public static final int BIAS_OFFSET = SCORE_OFFSET + Float.BYTES;

    /** uint32: version of the profile. */
    public static final int PROFILE_VERSION_OFFSET = BIAS_OFFSET + Float.BYTES;

    /** uint32: how many seen items could not be compared because they have left the catalogue. */
    public static final int GONE_ITEMS_OFFSET = PROFILE_VERSION_OFFSET + Integer.BYTES;

    /** Bytes of the fixed block. */
    public static final int BLOCK_LENGTH = GONE_ITEMS_OFFSET + Integer.BYTES;

    /** Place of the group: every configured source, in their order. */
    public static final int SHARES_GROUP = 0;

    /** float64: what it adds to the score; 0 if it was left out. */
    public static final int SHARE_AMOUNT_OFFSET = 0;

    /** uint8: number of the source. */
    public static final int SHARE_SOURCE_OFFSET = SHARE_AMOUNT_OFFSET + Double.BYTES;

    /** uint8: 0 used, 1 nothing held, 2 of another space, 3 zero vector, 4 no consent, 5 no weight, 6 no confidence. */
    public static final int SHARE_USE_OFFSET = SHARE_SOURCE_OFFSET + Byte.BYTES;

    /** Padding, zero. */
    public static final int SHARE_RESERVED_OFFSET = SHARE_USE_OFFSET + Byte.BYTES;

    /** Bytes of an entry of shares. */
    public static final int SHARES_ENTRY_LENGTH = SHARE_RESERVED_OFFSET + 6;

    /** Place of the group: the seen items most like it, best first; those of sources left out have no say. */
    public static final int SEEN_ITEMS_GROUP = 1;

    /** uint64: a seen item. */
    public static final int SEEN_ITEM_ID_OFFSET = 0;

    /** float32: its inner product with the item asked about. */
    public static final int SEEN_ITEM_PRODUCT_OFFSET = SEEN_ITEM_ID_OFFSET + Long.BYTES;

    /** Bytes of an entry of seenItems. */
    public static final int SEEN_ITEMS_ENTRY_LENGTH = SEEN_ITEM_PRODUCT_OFFSET + Float.BYTES;

    private WhyReplyDescriptor() {}
}
