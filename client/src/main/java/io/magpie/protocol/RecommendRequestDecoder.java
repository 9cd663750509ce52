package io.magpie.protocol;

import static io.magpie.protocol.RecommendRequestDescriptor.BLOCK_LENGTH;
import static io.magpie.protocol.RecommendRequestDescriptor.CATEGORIES_ENTRY_LENGTH;
import static io.magpie.protocol.RecommendRequestDescriptor.CATEGORIES_GROUP;
import static io.magpie.protocol.RecommendRequestDescriptor.CATEGORY_VALUE_OFFSET;
import static io.magpie.protocol.RecommendRequestDescriptor.EXCLUDED_IDS_ENTRY_LENGTH;
import static io.magpie.protocol.RecommendRequestDescriptor.EXCLUDED_IDS_GROUP;
import static io.magpie.protocol.RecommendRequestDescriptor.EXCLUDED_ID_VALUE_OFFSET;
import static io.magpie.protocol.RecommendRequestDescriptor.FLAGS_OFFSET;
import static io.magpie.protocol.RecommendRequestDescriptor.INCLUDED_IDS_ENTRY_LENGTH;
import static io.magpie.protocol.RecommendRequestDescriptor.INCLUDED_IDS_GROUP;
import static io.magpie.protocol.RecommendRequestDescriptor.INCLUDED_ID_VALUE_OFFSET;
import static io.magpie.protocol.RecommendRequestDescriptor.KIND_OFFSET;
import static io.magpie.protocol.RecommendRequestDescriptor.LIMIT_OFFSET;
import static io.magpie.protocol.RecommendRequestDescriptor.OFFSET_OFFSET;
import static io.magpie.protocol.RecommendRequestDescriptor.PRICE_MINOR_FROM_OFFSET;
import static io.magpie.protocol.RecommendRequestDescriptor.PRICE_MINOR_TO_OFFSET;
import static io.magpie.protocol.RecommendRequestDescriptor.PROFILE_ID_OFFSET;
import static io.magpie.protocol.RecommendRequestDescriptor.PURPOSE_OFFSET;
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
 * Reads {@code RecommendRequest} in place. Asks for the best items for a profile, or for a vector.
 *
 * <p>{@link #wrap} first, and read fields only if it says {@link Status#OK}. Valid as long as the buffer is; holds no
 * reference count. Reusable; not thread-safe; allocates nothing except where said.
 */
public final class RecommendRequestDecoder extends MessageDecoder {
    /** Asks for a profile. */
    public static final int KIND_PROFILE = 0;

    /** Asks for a raw vector. */
    public static final int KIND_VECTOR = 1;

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

    /** Creates a decoder that is wrapped around nothing. */
    public RecommendRequestDecoder() {
        super(BLOCK_LENGTH, 8);
        declareVectors(VECTORS_GROUP, 1);
        declare(SOURCE_WEIGHTS_GROUP, SOURCE_WEIGHTS_ENTRY_LENGTH, ProtocolLimits.MAX_SOURCES);
        declare(EXCLUDED_IDS_GROUP, EXCLUDED_IDS_ENTRY_LENGTH, ProtocolLimits.MAX_LIST_LENGTH);
        declare(CATEGORIES_GROUP, CATEGORIES_ENTRY_LENGTH, ProtocolLimits.MAX_FILTER_VALUES);
        declare(TAGS_ALL_GROUP, TAGS_ALL_ENTRY_LENGTH, ProtocolLimits.MAX_FILTER_VALUES);
        declare(TAGS_ANY_GROUP, TAGS_ANY_ENTRY_LENGTH, ProtocolLimits.MAX_FILTER_VALUES);
        declare(TAGS_NONE_GROUP, TAGS_NONE_ENTRY_LENGTH, ProtocolLimits.MAX_FILTER_VALUES);
        declare(INCLUDED_IDS_GROUP, INCLUDED_IDS_ENTRY_LENGTH, ProtocolLimits.MAX_LIST_LENGTH);
    }

    @Override
    protected Status check() {
        int kind = kind();
        if (kind != KIND_PROFILE && kind != KIND_VECTOR) {
            return Status.OUT_OF_RANGE;
        }
        if ((kind == KIND_VECTOR) != (vectorCount() == 1)) {
            return Status.MALFORMED;
        }
        int limit = limit();
        return limit < 1 || limit > ProtocolLimits.MAX_LIMIT ? Status.OUT_OF_RANGE : Status.OK;
    }

    /** Returns {@code kind}, uint8: what is asked about: 0 profile, 1 vector; others reserved. */
    public int kind() {
        return buffer().getUnsignedByte(blockOffset() + KIND_OFFSET);
    }

    /** Returns {@code flags}, uint8: 1 exclude seen, 2 in stock only, 4 hidden too, 8 only the items of includedIds, 16 only prices in the range. */
    public int flags() {
        return buffer().getUnsignedByte(blockOffset() + FLAGS_OFFSET);
    }

    /** Returns {@code purpose}, uint8: the purpose that consent must cover; 0 recommend. */
    public int purpose() {
        return buffer().getUnsignedByte(blockOffset() + PURPOSE_OFFSET);
    }

    /** Returns {@code limit}, uint32: how many items, 1 or more. */
    public int limit() {
        return buffer().getIntLE(blockOffset() + LIMIT_OFFSET);
    }

    /** Returns {@code profileId}, uint64: whose answer, when kind is 0; whose seen items are kept out, when flag 1 is set; 2^64-1 for nobody. */
    public long profileId() {
        return buffer().getLongLE(blockOffset() + PROFILE_ID_OFFSET);
    }

    /** Returns {@code spaceId}, uint32: the vector's space, when kind is 1. */
    public int spaceId() {
        return buffer().getIntLE(blockOffset() + SPACE_ID_OFFSET);
    }

    /** Returns {@code offset}, uint32: reserved for paging; zero. */
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

    /** Returns whether all bits of {@code flag} are set. */
    public boolean hasFlag(int flag) {
        return (flags() & flag) == flag;
    }
}
