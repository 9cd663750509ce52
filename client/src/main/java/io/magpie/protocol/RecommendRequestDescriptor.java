package io.magpie.protocol;

/**
 * Layout of {@code RecommendRequest}. Asks for the best items for a profile, or for a vector.
 *
 * <pre>
 * fixed block
 * +------+----------------+--------+
 * |    0 | kind           | uint8  |
 * |    1 | flags          | uint8  |
 * |    2 | purpose        | uint8  |
 * |    3 | reserved       | 1 byte |
 * |    4 | limit          | uint32 |
 * |    8 | profileId      | uint64 |
 * |   16 | spaceId        | uint32 |
 * |   20 | offset         | uint32 |
 * |   24 | priceMinorFrom | int64  |
 * |   32 | priceMinorTo   | int64  |
 * +------+----------------+--------+
 * group 0: vectors, entries of float32[dimension]
 * group 1: sourceWeights
 * +------+----------+---------+
 * |    0 | weight   | float64 |
 * |    8 | source   | uint8   |
 * |    9 | reserved | 7 bytes |
 * +------+----------+---------+
 * group 2: excludedIds
 * +------+-------+--------+
 * |    0 | value | uint64 |
 * +------+-------+--------+
 * group 3: categories
 * +------+-------+--------+
 * |    0 | value | uint32 |
 * +------+-------+--------+
 * group 4: tagsAll
 * +------+-------+--------+
 * |    0 | value | uint32 |
 * +------+-------+--------+
 * group 5: tagsAny
 * +------+-------+--------+
 * |    0 | value | uint32 |
 * +------+-------+--------+
 * group 6: tagsNone
 * +------+-------+--------+
 * |    0 | value | uint32 |
 * +------+-------+--------+
 * group 7: includedIds
 * +------+-------+--------+
 * |    0 | value | uint64 |
 * +------+-------+--------+
 * </pre>
 */
public final class RecommendRequestDescriptor {
    /** uint8: what is asked about: 0 profile, 1 vector; others reserved. */
    public static final int KIND_OFFSET = 0;

    /** uint8: 1 exclude seen, 2 in stock only, 4 hidden too, 8 only the items of includedIds, 16 only prices in the range. */
    public static final int FLAGS_OFFSET = KIND_OFFSET + Byte.BYTES;

    /** uint8: the purpose that consent must cover; 0 recommend. */
    public static final int PURPOSE_OFFSET = FLAGS_OFFSET + Byte.BYTES;

    /** Padding, zero. */
    public static final int RESERVED_OFFSET = PURPOSE_OFFSET + Byte.BYTES;

    /** uint32: how many items, 1 or more. */
    public static final int LIMIT_OFFSET = RESERVED_OFFSET + 1;

    /** uint64: whose answer, when kind is 0; whose seen items are kept out, when flag 1 is set; 2^64-1 for nobody. */
    public static final int PROFILE_ID_OFFSET = LIMIT_OFFSET + Integer.BYTES;

    /** uint32: the vector's space, when kind is 1. */
    public static final int SPACE_ID_OFFSET = PROFILE_ID_OFFSET + Long.BYTES;

    /** uint32: reserved for paging; zero. */
    public static final int OFFSET_OFFSET = SPACE_ID_OFFSET + Integer.BYTES;

    /** int64: lowest price that passes, minor units, when flag 16 is set. */
    public static final int PRICE_MINOR_FROM_OFFSET = OFFSET_OFFSET + Integer.BYTES;

    /** int64: highest price that passes, minor units, when flag 16 is set. */
    public static final int PRICE_MINOR_TO_OFFSET = PRICE_MINOR_FROM_OFFSET + Long.BYTES;

    /** Bytes of the fixed block. */
    public static final int BLOCK_LENGTH = PRICE_MINOR_TO_OFFSET + Long.BYTES;

    /** Place of the group: the vector asked about, when kind is 1. */
    public static final int VECTORS_GROUP = 0;

    /** Place of the group: weights for this request; sources not named keep theirs. */
    public static final int SOURCE_WEIGHTS_GROUP = 1;

    /** float64: takes the place of the configured weight. */
    public static final int SOURCE_WEIGHT_WEIGHT_OFFSET = 0;

    /** uint8: number of the source. */
    public static final int SOURCE_WEIGHT_SOURCE_OFFSET = SOURCE_WEIGHT_WEIGHT_OFFSET + Double.BYTES;

    /** Padding, zero. */
    public static final int SOURCE_WEIGHT_RESERVED_OFFSET = SOURCE_WEIGHT_SOURCE_OFFSET + Byte.BYTES;

    /** Bytes of an entry of sourceWeights. */
    public static final int SOURCE_WEIGHTS_ENTRY_LENGTH = SOURCE_WEIGHT_RESERVED_OFFSET + 7;

    /** Place of the group: items kept out. */
    public static final int EXCLUDED_IDS_GROUP = 2;

    /** uint64: an item kept out. */
    public static final int EXCLUDED_ID_VALUE_OFFSET = 0;

    /** Bytes of an entry of excludedIds. */
    public static final int EXCLUDED_IDS_ENTRY_LENGTH = EXCLUDED_ID_VALUE_OFFSET + Long.BYTES;

    /** Place of the group: categories that pass; empty for all. */
    public static final int CATEGORIES_GROUP = 3;

    /** uint32: a category that passes. */
    public static final int CATEGORY_VALUE_OFFSET = 0;

    /** Bytes of an entry of categories. */
    public static final int CATEGORIES_ENTRY_LENGTH = CATEGORY_VALUE_OFFSET + Integer.BYTES;

    /** Place of the group: tags that an item must all bear. */
    public static final int TAGS_ALL_GROUP = 4;

    /** uint32: a tag that an item must bear. */
    public static final int TAG_ALL_VALUE_OFFSET = 0;

    /** Bytes of an entry of tagsAll. */
    public static final int TAGS_ALL_ENTRY_LENGTH = TAG_ALL_VALUE_OFFSET + Integer.BYTES;

    /** Place of the group: tags of which an item must bear one. */
    public static final int TAGS_ANY_GROUP = 5;

    /** uint32: a tag of which an item must bear one. */
    public static final int TAG_ANY_VALUE_OFFSET = 0;

    /** Bytes of an entry of tagsAny. */
    public static final int TAGS_ANY_ENTRY_LENGTH = TAG_ANY_VALUE_OFFSET + Integer.BYTES;

    /** Place of the group: tags that an item must not bear. */
    public static final int TAGS_NONE_GROUP = 6;

    /** uint32: a tag that an item must not bear. */
    public static final int TAG_NONE_VALUE_OFFSET = 0;

    /** Bytes of an entry of tagsNone. */
    public static final int TAGS_NONE_ENTRY_LENGTH = TAG_NONE_VALUE_OFFSET + Integer.BYTES;

    /** Place of the group: the only items that may pass, when flag 8 is set. */
    public static final int INCLUDED_IDS_GROUP = 7;

    /** uint64: an item that may pass. */
    public static final int INCLUDED_ID_VALUE_OFFSET = 0;

    /** Bytes of an entry of includedIds. */
    public static final int INCLUDED_IDS_ENTRY_LENGTH = INCLUDED_ID_VALUE_OFFSET + Long.BYTES;

    private RecommendRequestDescriptor() {}
}
