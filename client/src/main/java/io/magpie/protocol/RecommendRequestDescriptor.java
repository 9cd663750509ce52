package io.magpie.protocol;

/**
 * Layout of {@code RecommendRequest}. Asks a question whose answer is a list of items: about a profile, a vector, items, a group, or what is popular.
 *
 * <pre>
 * fixed block
 * +------+----------------+---------+
 * |    0 | kind           | uint8   |
 * |    1 | flags          | uint8   |
 * |    2 | purpose        | uint8   |
 * |    3 | reserved       | 1 byte  |
 * |    4 | limit          | uint32  |
 * |    8 | profileId      | uint64  |
 * |   16 | spaceId        | uint32  |
 * |   20 | offset         | uint32  |
 * |   24 | priceMinorFrom | int64   |
 * |   32 | priceMinorTo   | int64   |
 * |   40 | relevance      | float64 |
 * |   48 | contextWeight  | float64 |
 * |   56 | asOfMillis     | int64   |
 * |   64 | capPerCategory | uint32  |
 * |   68 | diversityPool  | uint32  |
 * +------+----------------+---------+
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
 * group 8: items
 * +------+----------+---------+
 * |    0 | id       | uint64  |
 * |    8 | strength | float64 |
 * +------+----------+---------+
 * group 9: members
 * +------+-------+--------+
 * |    0 | value | uint64 |
 * +------+-------+--------+
 * group 10: contextItems
 * +------+----------+---------+
 * |    0 | id       | uint64  |
 * |    8 | strength | float64 |
 * +------+----------+---------+
 * group 11: boosts
 * +------+-------------+---------+
 * |    0 | id          | uint64  |
 * |    8 | amount      | float64 |
 * |   16 | fromMillis  | int64   |
 * |   24 | untilMillis | int64   |
 * +------+-------------+---------+
 * group 12: pins
 * +------+-------------+---------+
 * |    0 | id          | uint64  |
 * |    8 | fromMillis  | int64   |
 * |   16 | untilMillis | int64   |
 * |   24 | position    | uint32  |
 * |   28 | reserved    | 4 bytes |
 * +------+-------------+---------+
 * group 13: scoredIds
 * +------+-------+--------+
 * |    0 | value | uint64 |
 * +------+-------+--------+
 * group 14: events
 * +------+------------+---------+
 * |    0 | itemId     | uint64  |
 * |    8 | timeMillis | int64   |
 * |   16 | id         | uint64  |
 * |   24 | strength   | float64 |
 * |   32 | source     | uint8   |
 * |   33 | reserved   | 7 bytes |
 * +------+------------+---------+
 * group 15: exposures
 * +------+--------------+---------+
 * |    0 | seenSeconds  | uint32  |
 * |    4 | shownSeconds | uint32  |
 * |    8 | shownTimes   | uint8   |
 * |    9 | reserved     | 7 bytes |
 * +------+--------------+---------+
 * group 16: identities
 * +------+------------+----------+
 * |    0 | place      | uint32   |
 * |    4 | source     | uint8    |
 * |    5 | idLength   | uint8    |
 * |    6 | reserved   | 2 bytes  |
 * |    8 | externalId | 64 bytes |
 * +------+------------+----------+
 * </pre>
 */
public final class RecommendRequestDescriptor {
    /** uint8: what is asked about: 0 profile, 1 vector, 2 items, 3 group, 4 similar to items, 5 popular, 6 trending. */
    public static final int KIND_OFFSET = 0;

    /** uint8: 1 exclude seen, 2 in stock only, 4 hidden too, 8 only the items of includedIds, 16 only prices in the range, 32 diversity, 64 context weight, 128 record the answer as shown. */
    public static final int FLAGS_OFFSET = KIND_OFFSET + Byte.BYTES;

    /** uint8: the purpose that consent must cover; 0 recommend. */
    public static final int PURPOSE_OFFSET = FLAGS_OFFSET + Byte.BYTES;

    /** Padding, zero. */
    public static final int RESERVED_OFFSET = PURPOSE_OFFSET + Byte.BYTES;

    /** uint32: how many items, 1 or more; not read by SCORE. */
    public static final int LIMIT_OFFSET = RESERVED_OFFSET + 1;

    /** uint64: whose answer, when kind is 0; whose seen items are kept out, when flag 1 is set; 2^64-1 for nobody, and for a group for its members. */
    public static final int PROFILE_ID_OFFSET = LIMIT_OFFSET + Integer.BYTES;

    /** uint32: the vector's space, when kind is 1. */
    public static final int SPACE_ID_OFFSET = PROFILE_ID_OFFSET + Long.BYTES;

    /** uint32: how many items of the ranking earlier pages held. */
    public static final int OFFSET_OFFSET = SPACE_ID_OFFSET + Integer.BYTES;

    /** int64: lowest price that passes, minor units, when flag 16 is set. */
    public static final int PRICE_MINOR_FROM_OFFSET = OFFSET_OFFSET + Integer.BYTES;

    /** int64: highest price that passes, minor units, when flag 16 is set. */
    public static final int PRICE_MINOR_TO_OFFSET = PRICE_MINOR_FROM_OFFSET + Long.BYTES;

    /** float64: what the score counts, 0..1, when flag 32 is set; the rest is what likeness to those before it costs. */
    public static final int RELEVANCE_OFFSET = PRICE_MINOR_TO_OFFSET + Long.BYTES;

    /** float64: how much the context counts against the own vector, when flag 64 is set; else 0.5. */
    public static final int CONTEXT_WEIGHT_OFFSET = RELEVANCE_OFFSET + Double.BYTES;

    /** int64: timeMillis of the first page's answer, for a later page; 0 for now. */
    public static final int AS_OF_MILLIS_OFFSET = CONTEXT_WEIGHT_OFFSET + Double.BYTES;

    /** uint32: most items of a category in the whole ranking; 0 for any number. */
    public static final int CAP_PER_CATEGORY_OFFSET = AS_OF_MILLIS_OFFSET + Long.BYTES;

    /** uint32: how many of the best are ordered for diversity, when flag 32 is set; 0 for ten pages. */
    public static final int DIVERSITY_POOL_OFFSET = CAP_PER_CATEGORY_OFFSET + Integer.BYTES;

    /** Bytes of the fixed block. */
    public static final int BLOCK_LENGTH = DIVERSITY_POOL_OFFSET + Integer.BYTES;

    /** Bytes of the fixed block that every sender writes; what comes after is left out when nothing of it is said. */
    public static final int FIRST_BLOCK_LENGTH = RELEVANCE_OFFSET;

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

    /** Place of the group: the items asked about, when kind is 2 or 4. */
    public static final int ITEMS_GROUP = 8;

    /** uint64: an item asked about. */
    public static final int ITEM_ID_OFFSET = 0;

    /** float64: how much it says; may be negative; not read when kind is 4. */
    public static final int ITEM_STRENGTH_OFFSET = ITEM_ID_OFFSET + Long.BYTES;

    /** Bytes of an entry of items. */
    public static final int ITEMS_ENTRY_LENGTH = ITEM_STRENGTH_OFFSET + Double.BYTES;

    /** Place of the group: the group, when kind is 3. */
    public static final int MEMBERS_GROUP = 9;

    /** uint64: a profile of the group. */
    public static final int MEMBER_VALUE_OFFSET = 0;

    /** Bytes of an entry of members. */
    public static final int MEMBERS_ENTRY_LENGTH = MEMBER_VALUE_OFFSET + Long.BYTES;

    /** Place of the group: the context: items looked at now; for any kind but 5 and 6. */
    public static final int CONTEXT_ITEMS_GROUP = 10;

    /** uint64: an item looked at now. */
    public static final int CONTEXT_ITEM_ID_OFFSET = 0;

    /** float64: how much it says; may be negative. */
    public static final int CONTEXT_ITEM_STRENGTH_OFFSET = CONTEXT_ITEM_ID_OFFSET + Long.BYTES;

    /** Bytes of an entry of contextItems. */
    public static final int CONTEXT_ITEMS_ENTRY_LENGTH = CONTEXT_ITEM_STRENGTH_OFFSET + Double.BYTES;

    /** Place of the group: amounts added to scores; those of one item add up. */
    public static final int BOOSTS_GROUP = 11;

    /** uint64: the item. */
    public static final int BOOST_ID_OFFSET = 0;

    /** float64: added to its score; may be negative. */
    public static final int BOOST_AMOUNT_OFFSET = BOOST_ID_OFFSET + Long.BYTES;

    /** int64: holds from this time on; -2^63 for ever. */
    public static final int BOOST_FROM_MILLIS_OFFSET = BOOST_AMOUNT_OFFSET + Double.BYTES;

    /** int64: holds before this time; 2^63-1 for ever. */
    public static final int BOOST_UNTIL_MILLIS_OFFSET = BOOST_FROM_MILLIS_OFFSET + Long.BYTES;

    /** Bytes of an entry of boosts. */
    public static final int BOOSTS_ENTRY_LENGTH = BOOST_UNTIL_MILLIS_OFFSET + Long.BYTES;

    /** Place of the group: items put at a place of the ranking. */
    public static final int PINS_GROUP = 12;

    /** uint64: the item. */
    public static final int PIN_ID_OFFSET = 0;

    /** int64: holds from this time on; -2^63 for ever. */
    public static final int PIN_FROM_MILLIS_OFFSET = PIN_ID_OFFSET + Long.BYTES;

    /** int64: holds before this time; 2^63-1 for ever. */
    public static final int PIN_UNTIL_MILLIS_OFFSET = PIN_FROM_MILLIS_OFFSET + Long.BYTES;

    /** uint32: its place in the ranking, from 0 over all pages. */
    public static final int PIN_POSITION_OFFSET = PIN_UNTIL_MILLIS_OFFSET + Long.BYTES;

    /** Padding, zero. */
    public static final int PIN_RESERVED_OFFSET = PIN_POSITION_OFFSET + Integer.BYTES;

    /** Bytes of an entry of pins. */
    public static final int PINS_ENTRY_LENGTH = PIN_RESERVED_OFFSET + 4;

    /** Place of the group: the items to be scored, in SCORE alone. */
    public static final int SCORED_IDS_GROUP = 13;

    /** uint64: an item to be scored. */
    public static final int SCORED_ID_VALUE_OFFSET = 0;

    /** Bytes of an entry of scoredIds. */
    public static final int SCORED_IDS_ENTRY_LENGTH = SCORED_ID_VALUE_OFFSET + Long.BYTES;

    /** Place of the group: events of the profile, recorded before it is answered, in RECORD_AND_RECOMMEND alone. */
    public static final int EVENTS_GROUP = 14;

    /** uint64: on which item. */
    public static final int EVENT_ITEM_ID_OFFSET = 0;

    /** int64: when, milliseconds since 1970. */
    public static final int EVENT_TIME_MILLIS_OFFSET = EVENT_ITEM_ID_OFFSET + Long.BYTES;

    /** uint64: names the event, so that a repeat can be told; 0 for none. */
    public static final int EVENT_ID_OFFSET = EVENT_TIME_MILLIS_OFFSET + Long.BYTES;

    /** float64: how much it says; may be negative. */
    public static final int EVENT_STRENGTH_OFFSET = EVENT_ID_OFFSET + Long.BYTES;

    /** uint8: number of the source. */
    public static final int EVENT_SOURCE_OFFSET = EVENT_STRENGTH_OFFSET + Double.BYTES;

    /** Padding, zero. */
    public static final int EVENT_RESERVED_OFFSET = EVENT_SOURCE_OFFSET + Byte.BYTES;

    /** Bytes of an entry of events. */
    public static final int EVENTS_ENTRY_LENGTH = EVENT_RESERVED_OFFSET + 7;

    /** Place of the group: how long what was seen and shown is kept out. */
    public static final int EXPOSURES_GROUP = 15;

    /** uint32: for so long seen items are kept out; 0 as configured. */
    public static final int EXPOSURE_SEEN_SECONDS_OFFSET = 0;

    /** uint32: within so many seconds before the answer showings count; 0 for ever. */
    public static final int EXPOSURE_SHOWN_SECONDS_OFFSET = EXPOSURE_SEEN_SECONDS_OFFSET + Integer.BYTES;

    /** uint8: items shown so often are kept out, 1 to 8; 0 for no cap. */
    public static final int EXPOSURE_SHOWN_TIMES_OFFSET = EXPOSURE_SHOWN_SECONDS_OFFSET + Integer.BYTES;

    /** Padding, zero. */
    public static final int EXPOSURE_RESERVED_OFFSET = EXPOSURE_SHOWN_TIMES_OFFSET + Byte.BYTES;

    /** Bytes of an entry of exposures. */
    public static final int EXPOSURES_ENTRY_LENGTH = EXPOSURE_RESERVED_OFFSET + 7;

    /** Place of the group: identities in the place of profile ids. */
    public static final int IDENTITIES_GROUP = 16;

    /** uint32: the place. */
    public static final int IDENTITY_PLACE_OFFSET = IdentityEntries.PLACE_OFFSET;

    /** uint8: number of the source whose id it is. */
    public static final int IDENTITY_SOURCE_OFFSET = IdentityEntries.SOURCE_OFFSET;

    /** uint8: how many bytes the id has, 1 to 64. */
    public static final int IDENTITY_ID_LENGTH_OFFSET = IdentityEntries.ID_LENGTH_OFFSET;

    /** Padding, zero. */
    public static final int IDENTITY_RESERVED_OFFSET = IdentityEntries.RESERVED_OFFSET;

    /** 64 bytes: the id, then zeros. */
    public static final int IDENTITY_EXTERNAL_ID_OFFSET = IdentityEntries.EXTERNAL_ID_OFFSET;

    /** Bytes of an entry of identities. */
    public static final int IDENTITIES_ENTRY_LENGTH = IdentityEntries.LENGTH;

    private RecommendRequestDescriptor() {}
}
