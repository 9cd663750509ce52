package io.magpie.protocol;

import static io.magpie.protocol.RecommendRequestDescriptor.AS_OF_MILLIS_OFFSET;
import static io.magpie.protocol.RecommendRequestDescriptor.BOOSTS_ENTRY_LENGTH;
import static io.magpie.protocol.RecommendRequestDescriptor.BOOSTS_GROUP;
import static io.magpie.protocol.RecommendRequestDescriptor.BOOST_AMOUNT_OFFSET;
import static io.magpie.protocol.RecommendRequestDescriptor.BOOST_FROM_MILLIS_OFFSET;
import static io.magpie.protocol.RecommendRequestDescriptor.BOOST_ID_OFFSET;
import static io.magpie.protocol.RecommendRequestDescriptor.BOOST_UNTIL_MILLIS_OFFSET;
import static io.magpie.protocol.RecommendRequestDescriptor.CAP_PER_CATEGORY_OFFSET;
import static io.magpie.protocol.RecommendRequestDescriptor.CATEGORIES_ENTRY_LENGTH;
import static io.magpie.protocol.RecommendRequestDescriptor.CATEGORIES_GROUP;
import static io.magpie.protocol.RecommendRequestDescriptor.CATEGORY_VALUE_OFFSET;
import static io.magpie.protocol.RecommendRequestDescriptor.CONTEXT_ITEMS_ENTRY_LENGTH;
import static io.magpie.protocol.RecommendRequestDescriptor.CONTEXT_ITEMS_GROUP;
import static io.magpie.protocol.RecommendRequestDescriptor.CONTEXT_ITEM_ID_OFFSET;
import static io.magpie.protocol.RecommendRequestDescriptor.CONTEXT_ITEM_STRENGTH_OFFSET;
import static io.magpie.protocol.RecommendRequestDescriptor.CONTEXT_WEIGHT_OFFSET;
import static io.magpie.protocol.RecommendRequestDescriptor.DIVERSITY_POOL_OFFSET;
import static io.magpie.protocol.RecommendRequestDescriptor.EVENTS_ENTRY_LENGTH;
import static io.magpie.protocol.RecommendRequestDescriptor.EVENTS_GROUP;
import static io.magpie.protocol.RecommendRequestDescriptor.EVENT_ID_OFFSET;
import static io.magpie.protocol.RecommendRequestDescriptor.EVENT_ITEM_ID_OFFSET;
import static io.magpie.protocol.RecommendRequestDescriptor.EVENT_SOURCE_OFFSET;
import static io.magpie.protocol.RecommendRequestDescriptor.EVENT_STRENGTH_OFFSET;
import static io.magpie.protocol.RecommendRequestDescriptor.EVENT_TIME_MILLIS_OFFSET;
import static io.magpie.protocol.RecommendRequestDescriptor.EXCLUDED_IDS_ENTRY_LENGTH;
import static io.magpie.protocol.RecommendRequestDescriptor.EXCLUDED_IDS_GROUP;
import static io.magpie.protocol.RecommendRequestDescriptor.EXCLUDED_ID_VALUE_OFFSET;
import static io.magpie.protocol.RecommendRequestDescriptor.EXPOSURES_ENTRY_LENGTH;
import static io.magpie.protocol.RecommendRequestDescriptor.EXPOSURES_GROUP;
import static io.magpie.protocol.RecommendRequestDescriptor.EXPOSURE_SEEN_SECONDS_OFFSET;
import static io.magpie.protocol.RecommendRequestDescriptor.EXPOSURE_SHOWN_SECONDS_OFFSET;
import static io.magpie.protocol.RecommendRequestDescriptor.EXPOSURE_SHOWN_TIMES_OFFSET;
import static io.magpie.protocol.RecommendRequestDescriptor.FIRST_BLOCK_LENGTH;
import static io.magpie.protocol.RecommendRequestDescriptor.FLAGS_OFFSET;
import static io.magpie.protocol.RecommendRequestDescriptor.INCLUDED_IDS_ENTRY_LENGTH;
import static io.magpie.protocol.RecommendRequestDescriptor.INCLUDED_IDS_GROUP;
import static io.magpie.protocol.RecommendRequestDescriptor.INCLUDED_ID_VALUE_OFFSET;
import static io.magpie.protocol.RecommendRequestDescriptor.ITEMS_ENTRY_LENGTH;
import static io.magpie.protocol.RecommendRequestDescriptor.ITEMS_GROUP;
import static io.magpie.protocol.RecommendRequestDescriptor.ITEM_ID_OFFSET;
import static io.magpie.protocol.RecommendRequestDescriptor.ITEM_STRENGTH_OFFSET;
import static io.magpie.protocol.RecommendRequestDescriptor.KIND_OFFSET;
import static io.magpie.protocol.RecommendRequestDescriptor.LIMIT_OFFSET;
import static io.magpie.protocol.RecommendRequestDescriptor.MEMBERS_ENTRY_LENGTH;
import static io.magpie.protocol.RecommendRequestDescriptor.MEMBERS_GROUP;
import static io.magpie.protocol.RecommendRequestDescriptor.MEMBER_VALUE_OFFSET;
import static io.magpie.protocol.RecommendRequestDescriptor.OFFSET_OFFSET;
import static io.magpie.protocol.RecommendRequestDescriptor.PINS_ENTRY_LENGTH;
import static io.magpie.protocol.RecommendRequestDescriptor.PINS_GROUP;
import static io.magpie.protocol.RecommendRequestDescriptor.PIN_FROM_MILLIS_OFFSET;
import static io.magpie.protocol.RecommendRequestDescriptor.PIN_ID_OFFSET;
import static io.magpie.protocol.RecommendRequestDescriptor.PIN_POSITION_OFFSET;
import static io.magpie.protocol.RecommendRequestDescriptor.PIN_UNTIL_MILLIS_OFFSET;
import static io.magpie.protocol.RecommendRequestDescriptor.PRICE_MINOR_FROM_OFFSET;
import static io.magpie.protocol.RecommendRequestDescriptor.PRICE_MINOR_TO_OFFSET;
import static io.magpie.protocol.RecommendRequestDescriptor.PROFILE_ID_OFFSET;
import static io.magpie.protocol.RecommendRequestDescriptor.PURPOSE_OFFSET;
import static io.magpie.protocol.RecommendRequestDescriptor.RELEVANCE_OFFSET;
import static io.magpie.protocol.RecommendRequestDescriptor.SCORED_IDS_ENTRY_LENGTH;
import static io.magpie.protocol.RecommendRequestDescriptor.SCORED_IDS_GROUP;
import static io.magpie.protocol.RecommendRequestDescriptor.SCORED_ID_VALUE_OFFSET;
import static io.magpie.protocol.RecommendRequestDescriptor.SOURCE_WEIGHTS_ENTRY_LENGTH;
import static io.magpie.protocol.RecommendRequestDescriptor.SOURCE_WEIGHTS_GROUP;
import static io.magpie.protocol.RecommendRequestDescriptor.SOURCE_WEIGHT_SOURCE_OFFSET;
import static io.magpie.protocol.RecommendRequestDescriptor.SOURCE_WEIGHT_WEIGHT_OFFSET;
import static io.magpie.protocol.RecommendRequestDescriptor.SPACE_ID_OFFSET;
import static io.magpie.protocol.RecommendRequestDescriptor.TAGS_ALL_ENTRY_LENGTH;
import static io.magpie.protocol.RecommendRequestDescriptor.TAGS_ALL_GROUP;
import static io.magpie.protocol.RecommendRequestDescriptor.TAGS_ANY_ENTRY_LENGTH;
import static io.magpie.protocol.RecommendRequestDescriptor.TAGS_ANY_GROUP;
import static io.magpie.protocol.RecommendRequestDescriptor.TAGS_NONE_ENTRY_LENGTH;
import static io.magpie.protocol.RecommendRequestDescriptor.TAGS_NONE_GROUP;
import static io.magpie.protocol.RecommendRequestDescriptor.TAG_ALL_VALUE_OFFSET;
import static io.magpie.protocol.RecommendRequestDescriptor.TAG_ANY_VALUE_OFFSET;
import static io.magpie.protocol.RecommendRequestDescriptor.TAG_NONE_VALUE_OFFSET;
import static io.magpie.protocol.RecommendRequestDescriptor.VECTORS_GROUP;

/**
 * Reads {@code RecommendRequest} in place. Asks a question whose answer is a list of items: about a profile, a vector, items, a group, or what is popular.
 *
 * <p>{@link #wrap} first, and read fields only if it says {@link Status#OK}. Valid as long as the buffer is; holds no
 * reference count. Reusable; not thread-safe; allocates nothing except where said.
 */
public final class RecommendRequestDecoder extends PersonRequestDecoder {
    /** Asks for a profile. */
    public static final int KIND_PROFILE = 0;

    /** Asks for a raw vector. */
    public static final int KIND_VECTOR = 1;

    /** Asks for someone of whom only items are known. */
    public static final int KIND_ITEMS = 2;

    /** Asks for several profiles together. */
    public static final int KIND_GROUP = 3;

    /** Asks for what is like items. */
    public static final int KIND_SIMILAR = 4;

    /** Asks for what was popular over weeks. */
    public static final int KIND_POPULAR = 5;

    /** Asks for what is popular now. */
    public static final int KIND_TRENDING = 6;

    /** Flag: items that the profile has seen are kept out. */
    public static final int FLAG_EXCLUDE_SEEN = 1;

    /** Flag: only items in stock pass. */
    public static final int FLAG_IN_STOCK_ONLY = 2;

    /** Flag: hidden items pass as well. */
    public static final int FLAG_HIDDEN_TOO = 4;

    /** Flag: only the included items pass; with none included, nothing does. */
    public static final int FLAG_INCLUDED_ONLY = 8;

    /** Flag: only prices from priceMinorFrom to priceMinorTo pass, both included. */
    public static final int FLAG_PRICE_RANGE = 16;

    /** Flag: relevance and diversityPool hold. */
    public static final int FLAG_DIVERSITY = 32;

    /** Flag: contextWeight holds. */
    public static final int FLAG_CONTEXT_WEIGHT = 64;

    /** Flag: the answer is recorded as shown to the profile before it is given. */
    public static final int FLAG_RECORD_SHOWN = 128;

    /** Creates a decoder that is wrapped around nothing. */
    public RecommendRequestDecoder() {
        super(FIRST_BLOCK_LENGTH, 17);
        declareVectors(VECTORS_GROUP, 1);
        declare(SOURCE_WEIGHTS_GROUP, SOURCE_WEIGHTS_ENTRY_LENGTH, ProtocolLimits.MAX_SOURCES);
        declare(EXCLUDED_IDS_GROUP, EXCLUDED_IDS_ENTRY_LENGTH, ProtocolLimits.MAX_LIST_LENGTH);
        declare(CATEGORIES_GROUP, CATEGORIES_ENTRY_LENGTH, ProtocolLimits.MAX_FILTER_VALUES);
        declare(TAGS_ALL_GROUP, TAGS_ALL_ENTRY_LENGTH, ProtocolLimits.MAX_FILTER_VALUES);
        declare(TAGS_ANY_GROUP, TAGS_ANY_ENTRY_LENGTH, ProtocolLimits.MAX_FILTER_VALUES);
        declare(TAGS_NONE_GROUP, TAGS_NONE_ENTRY_LENGTH, ProtocolLimits.MAX_FILTER_VALUES);
        declare(INCLUDED_IDS_GROUP, INCLUDED_IDS_ENTRY_LENGTH, ProtocolLimits.MAX_LIST_LENGTH);
        declare(ITEMS_GROUP, ITEMS_ENTRY_LENGTH, ProtocolLimits.MAX_QUESTION_ITEMS);
        declare(MEMBERS_GROUP, MEMBERS_ENTRY_LENGTH, ProtocolLimits.MAX_MEMBERS);
        declare(CONTEXT_ITEMS_GROUP, CONTEXT_ITEMS_ENTRY_LENGTH, ProtocolLimits.MAX_QUESTION_ITEMS);
        declare(BOOSTS_GROUP, BOOSTS_ENTRY_LENGTH, ProtocolLimits.MAX_BOOSTS);
        declare(PINS_GROUP, PINS_ENTRY_LENGTH, ProtocolLimits.MAX_PINS);
        declare(SCORED_IDS_GROUP, SCORED_IDS_ENTRY_LENGTH, ProtocolLimits.MAX_SCORED);
        declare(EVENTS_GROUP, EVENTS_ENTRY_LENGTH, ProtocolLimits.MAX_REQUEST_EVENTS);
        declare(EXPOSURES_GROUP, EXPOSURES_ENTRY_LENGTH, 1);
    }

    @Override
    protected Status check() {
        int kind = kind();
        if (kind > KIND_TRENDING) {
            return Status.OUT_OF_RANGE;
        }
        if ((kind == KIND_VECTOR) != (vectorCount() == 1) || !isAskedBy(messageType())) {
            return Status.MALFORMED;
        }
        int limit = limit();
        return limit < 1 || limit > ProtocolLimits.MAX_LIMIT ? Status.OUT_OF_RANGE : checkIdentities();
    }

    /** Returns {@code kind}, uint8: what is asked about: 0 profile, 1 vector, 2 items, 3 group, 4 similar to items, 5 popular, 6 trending. */
    public int kind() {
        return buffer().getUnsignedByte(blockOffset() + KIND_OFFSET);
    }

    /** Returns {@code flags}, uint8: 1 exclude seen, 2 in stock only, 4 hidden too, 8 only the items of includedIds, 16 only prices in the range, 32 diversity, 64 context weight, 128 record the answer as shown. */
    public int flags() {
        return buffer().getUnsignedByte(blockOffset() + FLAGS_OFFSET);
    }

    /** Returns {@code purpose}, uint8: the purpose that consent must cover; 0 recommend. */
    public int purpose() {
        return buffer().getUnsignedByte(blockOffset() + PURPOSE_OFFSET);
    }

    /** Returns {@code limit}, uint32: how many items, 1 or more; not read by SCORE. */
    public int limit() {
        return buffer().getIntLE(blockOffset() + LIMIT_OFFSET);
    }

    /** Returns {@code profileId}, uint64: whose answer, when kind is 0; whose seen items are kept out, when flag 1 is set; 2^64-1 for nobody, and for a group for its members. */
    public long profileId() {
        return buffer().getLongLE(blockOffset() + PROFILE_ID_OFFSET);
    }

    /** Returns {@code spaceId}, uint32: the vector's space, when kind is 1. */
    public int spaceId() {
        return buffer().getIntLE(blockOffset() + SPACE_ID_OFFSET);
    }

    /** Returns {@code offset}, uint32: how many items of the ranking earlier pages held. */
    public int offset() {
        return buffer().getIntLE(blockOffset() + OFFSET_OFFSET);
    }

    /** Returns {@code priceMinorFrom}, int64: lowest price that passes, minor units, when flag 16 is set. */
    public long priceMinorFrom() {
        return buffer().getLongLE(blockOffset() + PRICE_MINOR_FROM_OFFSET);
    }

    /** Returns {@code priceMinorTo}, int64: highest price that passes, minor units, when flag 16 is set. */
    public long priceMinorTo() {
        return buffer().getLongLE(blockOffset() + PRICE_MINOR_TO_OFFSET);
    }

    /** Returns {@code relevance}, float64: what the score counts, 0..1, when flag 32 is set; the rest is what likeness to those before it costs. Zero when the sender left it out. */
    public double relevance() {
        return hasBlockField(RELEVANCE_OFFSET, Double.BYTES)
                ? buffer().getDoubleLE(blockOffset() + RELEVANCE_OFFSET)
                : 0;
    }

    /** Returns {@code contextWeight}, float64: how much the context counts against the own vector, when flag 64 is set; else 0.5. Zero when the sender left it out. */
    public double contextWeight() {
        return hasBlockField(CONTEXT_WEIGHT_OFFSET, Double.BYTES)
                ? buffer().getDoubleLE(blockOffset() + CONTEXT_WEIGHT_OFFSET)
                : 0;
    }

    /** Returns {@code asOfMillis}, int64: timeMillis of the first page's answer, for a later page; 0 for now. Zero when the sender left it out. */
    public long asOfMillis() {
        return hasBlockField(AS_OF_MILLIS_OFFSET, Long.BYTES)
                ? buffer().getLongLE(blockOffset() + AS_OF_MILLIS_OFFSET)
                : 0;
    }

    /** Returns {@code capPerCategory}, uint32: most items of a category in the whole ranking; 0 for any number. Zero when the sender left it out. */
    public int capPerCategory() {
        return hasBlockField(CAP_PER_CATEGORY_OFFSET, Integer.BYTES)
                ? buffer().getIntLE(blockOffset() + CAP_PER_CATEGORY_OFFSET)
                : 0;
    }

    /** Returns {@code diversityPool}, uint32: how many of the best are ordered for diversity, when flag 32 is set; 0 for ten pages. Zero when the sender left it out. */
    public int diversityPool() {
        return hasBlockField(DIVERSITY_POOL_OFFSET, Integer.BYTES)
                ? buffer().getIntLE(blockOffset() + DIVERSITY_POOL_OFFSET)
                : 0;
    }

    /** Returns how many vectors there are. */
    public int vectorCount() {
        return count(VECTORS_GROUP);
    }

    /** Returns the length of every vector of this message; 0 when there is none. */
    public int dimension() {
        return dimension(VECTORS_GROUP);
    }

    /**
     * Copies a vector.
     *
     * @param into at least {@link #dimension()} long; overwritten from 0 on
     * @return false if a value is NaN or infinite
     */
    public boolean copyVector(int index, float[] into) {
        return copyVector(VECTORS_GROUP, index, into, 0);
    }

    /** Returns how many entries there are: weights for this request; sources not named keep theirs. */
    public int sourceWeightCount() {
        return count(SOURCE_WEIGHTS_GROUP);
    }

    /** Returns {@code weight}, float64: takes the place of the configured weight. */
    public double sourceWeightWeight(int index) {
        return buffer().getDoubleLE(entry(SOURCE_WEIGHTS_GROUP, index) + SOURCE_WEIGHT_WEIGHT_OFFSET);
    }

    /** Returns {@code source}, uint8: number of the source. */
    public int sourceWeightSource(int index) {
        return buffer().getUnsignedByte(entry(SOURCE_WEIGHTS_GROUP, index) + SOURCE_WEIGHT_SOURCE_OFFSET);
    }

    /** Returns how many entries there are: items kept out. */
    public int excludedIdCount() {
        return count(EXCLUDED_IDS_GROUP);
    }

    /** Returns {@code value}, uint64: an item kept out. */
    public long excludedId(int index) {
        return buffer().getLongLE(entry(EXCLUDED_IDS_GROUP, index) + EXCLUDED_ID_VALUE_OFFSET);
    }

    /** Returns how many entries there are: categories that pass; empty for all. */
    public int categoryCount() {
        return count(CATEGORIES_GROUP);
    }

    /** Returns {@code value}, uint32: a category that passes. */
    public int category(int index) {
        return buffer().getIntLE(entry(CATEGORIES_GROUP, index) + CATEGORY_VALUE_OFFSET);
    }

    /** Returns how many entries there are: tags that an item must all bear. */
    public int tagAllCount() {
        return count(TAGS_ALL_GROUP);
    }

    /** Returns {@code value}, uint32: a tag that an item must bear. */
    public int tagAll(int index) {
        return buffer().getIntLE(entry(TAGS_ALL_GROUP, index) + TAG_ALL_VALUE_OFFSET);
    }

    /** Returns how many entries there are: tags of which an item must bear one. */
    public int tagAnyCount() {
        return count(TAGS_ANY_GROUP);
    }

    /** Returns {@code value}, uint32: a tag of which an item must bear one. */
    public int tagAny(int index) {
        return buffer().getIntLE(entry(TAGS_ANY_GROUP, index) + TAG_ANY_VALUE_OFFSET);
    }

    /** Returns how many entries there are: tags that an item must not bear. */
    public int tagNoneCount() {
        return count(TAGS_NONE_GROUP);
    }

    /** Returns {@code value}, uint32: a tag that an item must not bear. */
    public int tagNone(int index) {
        return buffer().getIntLE(entry(TAGS_NONE_GROUP, index) + TAG_NONE_VALUE_OFFSET);
    }

    /** Returns how many entries there are: the only items that may pass, when flag 8 is set. */
    public int includedIdCount() {
        return count(INCLUDED_IDS_GROUP);
    }

    /** Returns {@code value}, uint64: an item that may pass. */
    public long includedId(int index) {
        return buffer().getLongLE(entry(INCLUDED_IDS_GROUP, index) + INCLUDED_ID_VALUE_OFFSET);
    }

    /** Returns how many entries there are: the items asked about, when kind is 2 or 4. */
    public int itemCount() {
        return count(ITEMS_GROUP);
    }

    /** Returns {@code id}, uint64: an item asked about. */
    public long itemId(int index) {
        return buffer().getLongLE(entry(ITEMS_GROUP, index) + ITEM_ID_OFFSET);
    }

    /** Returns {@code strength}, float64: how much it says; may be negative; not read when kind is 4. */
    public double itemStrength(int index) {
        return buffer().getDoubleLE(entry(ITEMS_GROUP, index) + ITEM_STRENGTH_OFFSET);
    }

    /** Returns how many entries there are: the group, when kind is 3. */
    public int memberCount() {
        return count(MEMBERS_GROUP);
    }

    /** Returns {@code value}, uint64: a profile of the group. */
    public long member(int index) {
        return buffer().getLongLE(entry(MEMBERS_GROUP, index) + MEMBER_VALUE_OFFSET);
    }

    /** Returns how many entries there are: the context: items looked at now; for any kind but 5 and 6. */
    public int contextItemCount() {
        return count(CONTEXT_ITEMS_GROUP);
    }

    /** Returns {@code id}, uint64: an item looked at now. */
    public long contextItemId(int index) {
        return buffer().getLongLE(entry(CONTEXT_ITEMS_GROUP, index) + CONTEXT_ITEM_ID_OFFSET);
    }

    /** Returns {@code strength}, float64: how much it says; may be negative. */
    public double contextItemStrength(int index) {
        return buffer().getDoubleLE(entry(CONTEXT_ITEMS_GROUP, index) + CONTEXT_ITEM_STRENGTH_OFFSET);
    }

    /** Returns how many entries there are: amounts added to scores; those of one item add up. */
    public int boostCount() {
        return count(BOOSTS_GROUP);
    }

    /** Returns {@code id}, uint64: the item. */
    public long boostId(int index) {
        return buffer().getLongLE(entry(BOOSTS_GROUP, index) + BOOST_ID_OFFSET);
    }

    /** Returns {@code amount}, float64: added to its score; may be negative. */
    public double boostAmount(int index) {
        return buffer().getDoubleLE(entry(BOOSTS_GROUP, index) + BOOST_AMOUNT_OFFSET);
    }

    /** Returns {@code fromMillis}, int64: holds from this time on; -2^63 for ever. */
    public long boostFromMillis(int index) {
        return buffer().getLongLE(entry(BOOSTS_GROUP, index) + BOOST_FROM_MILLIS_OFFSET);
    }

    /** Returns {@code untilMillis}, int64: holds before this time; 2^63-1 for ever. */
    public long boostUntilMillis(int index) {
        return buffer().getLongLE(entry(BOOSTS_GROUP, index) + BOOST_UNTIL_MILLIS_OFFSET);
    }

    /** Returns how many entries there are: items put at a place of the ranking. */
    public int pinCount() {
        return count(PINS_GROUP);
    }

    /** Returns {@code id}, uint64: the item. */
    public long pinId(int index) {
        return buffer().getLongLE(entry(PINS_GROUP, index) + PIN_ID_OFFSET);
    }

    /** Returns {@code fromMillis}, int64: holds from this time on; -2^63 for ever. */
    public long pinFromMillis(int index) {
        return buffer().getLongLE(entry(PINS_GROUP, index) + PIN_FROM_MILLIS_OFFSET);
    }

    /** Returns {@code untilMillis}, int64: holds before this time; 2^63-1 for ever. */
    public long pinUntilMillis(int index) {
        return buffer().getLongLE(entry(PINS_GROUP, index) + PIN_UNTIL_MILLIS_OFFSET);
    }

    /** Returns {@code position}, uint32: its place in the ranking, from 0 over all pages. */
    public int pinPosition(int index) {
        return buffer().getIntLE(entry(PINS_GROUP, index) + PIN_POSITION_OFFSET);
    }

    /** Returns how many entries there are: the items to be scored, in SCORE alone. */
    public int scoredIdCount() {
        return count(SCORED_IDS_GROUP);
    }

    /** Returns {@code value}, uint64: an item to be scored. */
    public long scoredId(int index) {
        return buffer().getLongLE(entry(SCORED_IDS_GROUP, index) + SCORED_ID_VALUE_OFFSET);
    }

    /** Returns how many entries there are: events of the profile, recorded before it is answered, in RECORD_AND_RECOMMEND alone. */
    public int eventCount() {
        return count(EVENTS_GROUP);
    }

    /** Returns {@code itemId}, uint64: on which item. */
    public long eventItemId(int index) {
        return buffer().getLongLE(entry(EVENTS_GROUP, index) + EVENT_ITEM_ID_OFFSET);
    }

    /** Returns {@code timeMillis}, int64: when, milliseconds since 1970. */
    public long eventTimeMillis(int index) {
        return buffer().getLongLE(entry(EVENTS_GROUP, index) + EVENT_TIME_MILLIS_OFFSET);
    }

    /** Returns {@code id}, uint64: names the event, so that a repeat can be told; 0 for none. */
    public long eventId(int index) {
        return buffer().getLongLE(entry(EVENTS_GROUP, index) + EVENT_ID_OFFSET);
    }

    /** Returns {@code strength}, float64: how much it says; may be negative. */
    public double eventStrength(int index) {
        return buffer().getDoubleLE(entry(EVENTS_GROUP, index) + EVENT_STRENGTH_OFFSET);
    }

    /** Returns {@code source}, uint8: number of the source. */
    public int eventSource(int index) {
        return buffer().getUnsignedByte(entry(EVENTS_GROUP, index) + EVENT_SOURCE_OFFSET);
    }

    /** Returns which of its verbs the frame asks, a number of {@link MessageType}. */
    public int messageType() {
        return FrameHeader.messageType(buffer(), blockOffset() - FrameHeaderDescriptor.HEADER_LENGTH);
    }

    /** Returns whether a verb takes the kind of question and what comes with it. */
    private boolean isAskedBy(int messageType) {
        int kind = kind();
        return switch (messageType) {
            case MessageType.SIMILAR -> kind == KIND_SIMILAR;
            case MessageType.POPULAR -> kind == KIND_POPULAR || kind == KIND_TRENDING;
            case MessageType.SCORE -> kind < KIND_POPULAR && scoredIdCount() > 0;
            case MessageType.RECORD_AND_RECOMMEND -> kind == KIND_PROFILE;
            default -> kind < KIND_SIMILAR;
        };
    }

    /** Returns whether all bits of {@code flag} are set. */
    public boolean hasFlag(int flag) {
        return (flags() & flag) == flag;
    }

    /** Returns how many entries there are: how long what was seen and shown is kept out. */
    public int exposureCount() {
        return count(EXPOSURES_GROUP);
    }

    /** Returns {@code seenSeconds}, uint32: for so long seen items are kept out; 0 as configured. */
    public int exposureSeenSeconds(int index) {
        return buffer().getIntLE(entry(EXPOSURES_GROUP, index) + EXPOSURE_SEEN_SECONDS_OFFSET);
    }

    /** Returns {@code shownSeconds}, uint32: within so many seconds before the answer showings count; 0 for ever. */
    public int exposureShownSeconds(int index) {
        return buffer().getIntLE(entry(EXPOSURES_GROUP, index) + EXPOSURE_SHOWN_SECONDS_OFFSET);
    }

    /** Returns {@code shownTimes}, uint8: items shown so often are kept out, 1 to 8; 0 for no cap. */
    public int exposureShownTimes(int index) {
        return buffer().getUnsignedByte(entry(EXPOSURES_GROUP, index) + EXPOSURE_SHOWN_TIMES_OFFSET);
    }

    @Override
    protected int placeCount() {
        return 1 + memberCount();
    }

    @Override
    protected long profileIdAt(int place) {
        return place == 0 ? profileId() : member(place - 1);
    }
}
