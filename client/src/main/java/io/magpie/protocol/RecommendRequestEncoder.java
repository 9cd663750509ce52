package io.magpie.protocol;

import static io.magpie.protocol.RecommendRequestDescriptor.AS_OF_MILLIS_OFFSET;
import static io.magpie.protocol.RecommendRequestDescriptor.BLOCK_LENGTH;
import static io.magpie.protocol.RecommendRequestDescriptor.BOOSTS_ENTRY_LENGTH;
import static io.magpie.protocol.RecommendRequestDescriptor.BOOSTS_GROUP;
import static io.magpie.protocol.RecommendRequestDescriptor.CAP_PER_CATEGORY_OFFSET;
import static io.magpie.protocol.RecommendRequestDescriptor.CATEGORIES_ENTRY_LENGTH;
import static io.magpie.protocol.RecommendRequestDescriptor.CATEGORIES_GROUP;
import static io.magpie.protocol.RecommendRequestDescriptor.CONTEXT_ITEMS_ENTRY_LENGTH;
import static io.magpie.protocol.RecommendRequestDescriptor.CONTEXT_ITEMS_GROUP;
import static io.magpie.protocol.RecommendRequestDescriptor.CONTEXT_WEIGHT_OFFSET;
import static io.magpie.protocol.RecommendRequestDescriptor.DIVERSITY_POOL_OFFSET;
import static io.magpie.protocol.RecommendRequestDescriptor.EVENTS_ENTRY_LENGTH;
import static io.magpie.protocol.RecommendRequestDescriptor.EVENTS_GROUP;
import static io.magpie.protocol.RecommendRequestDescriptor.EXCLUDED_IDS_ENTRY_LENGTH;
import static io.magpie.protocol.RecommendRequestDescriptor.EXCLUDED_IDS_GROUP;
import static io.magpie.protocol.RecommendRequestDescriptor.EXPOSURES_ENTRY_LENGTH;
import static io.magpie.protocol.RecommendRequestDescriptor.EXPOSURES_GROUP;
import static io.magpie.protocol.RecommendRequestDescriptor.FIRST_BLOCK_LENGTH;
import static io.magpie.protocol.RecommendRequestDescriptor.FLAGS_OFFSET;
import static io.magpie.protocol.RecommendRequestDescriptor.IDENTITIES_GROUP;
import static io.magpie.protocol.RecommendRequestDescriptor.INCLUDED_IDS_ENTRY_LENGTH;
import static io.magpie.protocol.RecommendRequestDescriptor.INCLUDED_IDS_GROUP;
import static io.magpie.protocol.RecommendRequestDescriptor.ITEMS_ENTRY_LENGTH;
import static io.magpie.protocol.RecommendRequestDescriptor.ITEMS_GROUP;
import static io.magpie.protocol.RecommendRequestDescriptor.KIND_OFFSET;
import static io.magpie.protocol.RecommendRequestDescriptor.LIMIT_OFFSET;
import static io.magpie.protocol.RecommendRequestDescriptor.MEMBERS_ENTRY_LENGTH;
import static io.magpie.protocol.RecommendRequestDescriptor.MEMBERS_GROUP;
import static io.magpie.protocol.RecommendRequestDescriptor.OFFSET_OFFSET;
import static io.magpie.protocol.RecommendRequestDescriptor.PINS_ENTRY_LENGTH;
import static io.magpie.protocol.RecommendRequestDescriptor.PINS_GROUP;
import static io.magpie.protocol.RecommendRequestDescriptor.PRICE_MINOR_FROM_OFFSET;
import static io.magpie.protocol.RecommendRequestDescriptor.PRICE_MINOR_TO_OFFSET;
import static io.magpie.protocol.RecommendRequestDescriptor.PROFILE_ID_OFFSET;
import static io.magpie.protocol.RecommendRequestDescriptor.PURPOSE_OFFSET;
import static io.magpie.protocol.RecommendRequestDescriptor.RELEVANCE_OFFSET;
import static io.magpie.protocol.RecommendRequestDescriptor.SCORED_IDS_ENTRY_LENGTH;
import static io.magpie.protocol.RecommendRequestDescriptor.SCORED_IDS_GROUP;
import static io.magpie.protocol.RecommendRequestDescriptor.SOURCE_WEIGHTS_ENTRY_LENGTH;
import static io.magpie.protocol.RecommendRequestDescriptor.SOURCE_WEIGHTS_GROUP;
import static io.magpie.protocol.RecommendRequestDescriptor.SPACE_ID_OFFSET;
import static io.magpie.protocol.RecommendRequestDescriptor.TAGS_ALL_ENTRY_LENGTH;
import static io.magpie.protocol.RecommendRequestDescriptor.TAGS_ALL_GROUP;
import static io.magpie.protocol.RecommendRequestDescriptor.TAGS_ANY_ENTRY_LENGTH;
import static io.magpie.protocol.RecommendRequestDescriptor.TAGS_ANY_GROUP;
import static io.magpie.protocol.RecommendRequestDescriptor.TAGS_NONE_ENTRY_LENGTH;
import static io.magpie.protocol.RecommendRequestDescriptor.TAGS_NONE_GROUP;
import static io.magpie.protocol.RecommendRequestDescriptor.VECTORS_GROUP;

import io.netty.buffer.ByteBuf;

/**
 * Writes {@code RecommendRequest}. Asks a question whose answer is a list of items: about a profile, a vector, items, a group, or what is popular.
 *
 * <p>Call {@code wrap}, the fields of the block in any order (those left out are zero), the groups in the order of
 * {@link RecommendRequestDescriptor} (those left out are empty), then {@link #finish()}. Reusable; not thread-safe; allocates nothing.
 */
public final class RecommendRequestEncoder extends PersonRequestEncoder {
    /** Creates an encoder that writes nowhere yet. */
    public RecommendRequestEncoder() {
        super(IDENTITIES_GROUP);
    }

    /**
     * Starts a request at the buffer's writer index, with the first part of the block alone. The buffer stays the caller's.
     *
     * @param budgetMicros how long the answer is of use, in microseconds from when the server reads it; 0 for always
     */
    public RecommendRequestEncoder wrap(ByteBuf buffer, long correlationId, int budgetMicros) {
        beginRequest(buffer, MessageType.RECOMMEND, correlationId, budgetMicros, FIRST_BLOCK_LENGTH);
        return this;
    }

    /**
     * Starts a request with the whole block at the buffer's writer index. The buffer stays the caller's.
     *
     * @param messageType  which of its verbs is asked
     * @param budgetMicros how long the answer is of use, in microseconds from when the server reads it; 0 for always
     */
    public RecommendRequestEncoder wrap(ByteBuf buffer, int messageType, long correlationId, int budgetMicros) {
        beginRequest(buffer, messageType, correlationId, budgetMicros, BLOCK_LENGTH);
        return this;
    }

    /** Sets {@code kind}, uint8: what is asked about: 0 profile, 1 vector, 2 items, 3 group, 4 similar to items, 5 popular, 6 trending. */
    public RecommendRequestEncoder kind(int kind) {
        buffer().setByte(blockOffset() + KIND_OFFSET, kind);
        return this;
    }

    /** Sets {@code flags}, uint8: 1 exclude seen, 2 in stock only, 4 hidden too, 8 only the items of includedIds, 16 only prices in the range, 32 diversity, 64 context weight, 128 record the answer as shown. */
    public RecommendRequestEncoder flags(int flags) {
        buffer().setByte(blockOffset() + FLAGS_OFFSET, flags);
        return this;
    }

    /** Sets {@code purpose}, uint8: the purpose that consent must cover; 0 recommend. */
    public RecommendRequestEncoder purpose(int purpose) {
        buffer().setByte(blockOffset() + PURPOSE_OFFSET, purpose);
        return this;
    }

    /** Sets {@code limit}, uint32: how many items, 1 or more; not read by SCORE. */
    public RecommendRequestEncoder limit(int limit) {
        buffer().setIntLE(blockOffset() + LIMIT_OFFSET, limit);
        return this;
    }

    /** Sets {@code profileId}, uint64: whose answer, when kind is 0; whose seen items are kept out, when flag 1 is set; 2^64-1 for nobody, and for a group for its members. */
    public RecommendRequestEncoder profileId(long profileId) {
        buffer().setLongLE(blockOffset() + PROFILE_ID_OFFSET, profileId);
        return this;
    }

    /** Sets {@code spaceId}, uint32: the vector's space, when kind is 1. */
    public RecommendRequestEncoder spaceId(int spaceId) {
        buffer().setIntLE(blockOffset() + SPACE_ID_OFFSET, spaceId);
        return this;
    }

    /** Sets {@code offset}, uint32: how many items of the ranking earlier pages held. */
    public RecommendRequestEncoder offset(int offset) {
        buffer().setIntLE(blockOffset() + OFFSET_OFFSET, offset);
        return this;
    }

    /** Sets {@code priceMinorFrom}, int64: lowest price that passes, minor units, when flag 16 is set. */
    public RecommendRequestEncoder priceMinorFrom(long priceMinorFrom) {
        buffer().setLongLE(blockOffset() + PRICE_MINOR_FROM_OFFSET, priceMinorFrom);
        return this;
    }

    /** Sets {@code priceMinorTo}, int64: highest price that passes, minor units, when flag 16 is set. */
    public RecommendRequestEncoder priceMinorTo(long priceMinorTo) {
        buffer().setLongLE(blockOffset() + PRICE_MINOR_TO_OFFSET, priceMinorTo);
        return this;
    }

    /**
     * Sets {@code relevance}, float64: what the score counts, 0..1, when flag 32 is set; the rest is what likeness to those before it costs.
     *
     * @throws IllegalStateException if the frame has the first part of the block alone
     */
    public RecommendRequestEncoder relevance(double relevance) {
        buffer().setDoubleLE(laterField(RELEVANCE_OFFSET, Double.BYTES), relevance);
        return this;
    }

    /**
     * Sets {@code contextWeight}, float64: how much the context counts against the own vector, when flag 64 is set; else 0.5.
     *
     * @throws IllegalStateException if the frame has the first part of the block alone
     */
    public RecommendRequestEncoder contextWeight(double contextWeight) {
        buffer().setDoubleLE(laterField(CONTEXT_WEIGHT_OFFSET, Double.BYTES), contextWeight);
        return this;
    }

    /**
     * Sets {@code asOfMillis}, int64: timeMillis of the first page's answer, for a later page; 0 for now.
     *
     * @throws IllegalStateException if the frame has the first part of the block alone
     */
    public RecommendRequestEncoder asOfMillis(long asOfMillis) {
        buffer().setLongLE(laterField(AS_OF_MILLIS_OFFSET, Long.BYTES), asOfMillis);
        return this;
    }

    /**
     * Sets {@code capPerCategory}, uint32: most items of a category in the whole ranking; 0 for any number.
     *
     * @throws IllegalStateException if the frame has the first part of the block alone
     */
    public RecommendRequestEncoder capPerCategory(int capPerCategory) {
        buffer().setIntLE(laterField(CAP_PER_CATEGORY_OFFSET, Integer.BYTES), capPerCategory);
        return this;
    }

    /**
     * Sets {@code diversityPool}, uint32: how many of the best are ordered for diversity, when flag 32 is set; 0 for ten pages.
     *
     * @throws IllegalStateException if the frame has the first part of the block alone
     */
    public RecommendRequestEncoder diversityPool(int diversityPool) {
        buffer().setIntLE(laterField(DIVERSITY_POOL_OFFSET, Integer.BYTES), diversityPool);
        return this;
    }

    /** Starts the vector asked about, when kind is 1: {@code count} calls of {@link #addVector} follow, all of one dimension. */
    public RecommendRequestEncoder beginVectors(int count, int dimension) {
        beginGroup(VECTORS_GROUP, dimension * Float.BYTES, count);
        return this;
    }

    /** Writes {@code dimension} values from {@code offset} on. */
    public RecommendRequestEncoder addVector(float[] values, int offset, int dimension) {
        writeVector(values, offset, dimension);
        return this;
    }

    /** Starts weights for this request; sources not named keep theirs: {@code count} calls of {@link #addSourceWeight} follow. */
    public RecommendRequestEncoder beginSourceWeights(int count) {
        beginGroup(SOURCE_WEIGHTS_GROUP, SOURCE_WEIGHTS_ENTRY_LENGTH, count);
        return this;
    }

    /**
     * Writes an entry.
     *
     * @param weight float64: takes the place of the configured weight
     * @param source uint8: number of the source
     */
    public RecommendRequestEncoder addSourceWeight(double weight, int source) {
        ByteBuf out = buffer();
        out.writeDoubleLE(weight);
        out.writeByte(source);
        out.writeZero(7);
        return this;
    }

    /** Starts items kept out: {@code count} calls of {@link #addExcludedId} follow. */
    public RecommendRequestEncoder beginExcludedIds(int count) {
        beginGroup(EXCLUDED_IDS_GROUP, EXCLUDED_IDS_ENTRY_LENGTH, count);
        return this;
    }

    /**
     * Writes an entry.
     *
     * @param value uint64: an item kept out
     */
    public RecommendRequestEncoder addExcludedId(long value) {
        ByteBuf out = buffer();
        out.writeLongLE(value);
        return this;
    }

    /** Starts categories that pass; empty for all: {@code count} calls of {@link #addCategory} follow. */
    public RecommendRequestEncoder beginCategories(int count) {
        beginGroup(CATEGORIES_GROUP, CATEGORIES_ENTRY_LENGTH, count);
        return this;
    }

    /**
     * Writes an entry.
     *
     * @param value uint32: a category that passes
     */
    public RecommendRequestEncoder addCategory(int value) {
        ByteBuf out = buffer();
        out.writeIntLE(value);
        return this;
    }

    /** Starts tags that an item must all bear: {@code count} calls of {@link #addTagAll} follow. */
    public RecommendRequestEncoder beginTagsAll(int count) {
        beginGroup(TAGS_ALL_GROUP, TAGS_ALL_ENTRY_LENGTH, count);
        return this;
    }

    /**
     * Writes an entry.
     *
     * @param value uint32: a tag that an item must bear
     */
    public RecommendRequestEncoder addTagAll(int value) {
        ByteBuf out = buffer();
        out.writeIntLE(value);
        return this;
    }

    /** Starts tags of which an item must bear one: {@code count} calls of {@link #addTagAny} follow. */
    public RecommendRequestEncoder beginTagsAny(int count) {
        beginGroup(TAGS_ANY_GROUP, TAGS_ANY_ENTRY_LENGTH, count);
        return this;
    }

    /**
     * Writes an entry.
     *
     * @param value uint32: a tag of which an item must bear one
     */
    public RecommendRequestEncoder addTagAny(int value) {
        ByteBuf out = buffer();
        out.writeIntLE(value);
        return this;
    }

    /** Starts tags that an item must not bear: {@code count} calls of {@link #addTagNone} follow. */
    public RecommendRequestEncoder beginTagsNone(int count) {
        beginGroup(TAGS_NONE_GROUP, TAGS_NONE_ENTRY_LENGTH, count);
        return this;
    }

    /**
     * Writes an entry.
     *
     * @param value uint32: a tag that an item must not bear
     */
    public RecommendRequestEncoder addTagNone(int value) {
        ByteBuf out = buffer();
        out.writeIntLE(value);
        return this;
    }

    /** Starts the only items that may pass, when flag 8 is set: {@code count} calls of {@link #addIncludedId} follow. */
    public RecommendRequestEncoder beginIncludedIds(int count) {
        beginGroup(INCLUDED_IDS_GROUP, INCLUDED_IDS_ENTRY_LENGTH, count);
        return this;
    }

    /**
     * Writes an entry.
     *
     * @param value uint64: an item that may pass
     */
    public RecommendRequestEncoder addIncludedId(long value) {
        ByteBuf out = buffer();
        out.writeLongLE(value);
        return this;
    }

    /** Starts the items asked about, when kind is 2 or 4: {@code count} calls of {@link #addItem} follow. */
    public RecommendRequestEncoder beginItems(int count) {
        beginGroup(ITEMS_GROUP, ITEMS_ENTRY_LENGTH, count);
        return this;
    }

    /**
     * Writes an entry.
     *
     * @param id uint64: an item asked about
     * @param strength float64: how much it says; may be negative; not read when kind is 4
     */
    public RecommendRequestEncoder addItem(long id, double strength) {
        ByteBuf out = buffer();
        out.writeLongLE(id);
        out.writeDoubleLE(strength);
        return this;
    }

    /** Starts the group, when kind is 3: {@code count} calls of {@link #addMember} follow. */
    public RecommendRequestEncoder beginMembers(int count) {
        beginGroup(MEMBERS_GROUP, MEMBERS_ENTRY_LENGTH, count);
        return this;
    }

    /**
     * Writes an entry.
     *
     * @param value uint64: a profile of the group
     */
    public RecommendRequestEncoder addMember(long value) {
        ByteBuf out = buffer();
        out.writeLongLE(value);
        return this;
    }

    /** Starts the context: items looked at now; for any kind but 5 and 6: {@code count} calls of {@link #addContextItem} follow. */
    public RecommendRequestEncoder beginContextItems(int count) {
        beginGroup(CONTEXT_ITEMS_GROUP, CONTEXT_ITEMS_ENTRY_LENGTH, count);
        return this;
    }

    /**
     * Writes an entry.
     *
     * @param id uint64: an item looked at now
     * @param strength float64: how much it says; may be negative
     */
    public RecommendRequestEncoder addContextItem(long id, double strength) {
        ByteBuf out = buffer();
        out.writeLongLE(id);
        out.writeDoubleLE(strength);
        return this;
    }

    /** Starts amounts added to scores; those of one item add up: {@code count} calls of {@link #addBoost} follow. */
    public RecommendRequestEncoder beginBoosts(int count) {
        beginGroup(BOOSTS_GROUP, BOOSTS_ENTRY_LENGTH, count);
        return this;
    }

    /**
     * Writes an entry.
     *
     * @param id uint64: the item
     * @param amount float64: added to its score; may be negative
     * @param fromMillis int64: holds from this time on; -2^63 for ever
     * @param untilMillis int64: holds before this time; 2^63-1 for ever
     */
    public RecommendRequestEncoder addBoost(long id, double amount, long fromMillis, long untilMillis) {
        ByteBuf out = buffer();
        out.writeLongLE(id);
        out.writeDoubleLE(amount);
        out.writeLongLE(fromMillis);
        out.writeLongLE(untilMillis);
        return this;
    }

    /** Starts items put at a place of the ranking: {@code count} calls of {@link #addPin} follow. */
    public RecommendRequestEncoder beginPins(int count) {
        beginGroup(PINS_GROUP, PINS_ENTRY_LENGTH, count);
        return this;
    }

    /**
     * Writes an entry.
     *
     * @param id uint64: the item
     * @param fromMillis int64: holds from this time on; -2^63 for ever
     * @param untilMillis int64: holds before this time; 2^63-1 for ever
     * @param position uint32: its place in the ranking, from 0 over all pages
     */
    public RecommendRequestEncoder addPin(long id, long fromMillis, long untilMillis, int position) {
        ByteBuf out = buffer();
        out.writeLongLE(id);
        out.writeLongLE(fromMillis);
        out.writeLongLE(untilMillis);
        out.writeIntLE(position);
        out.writeZero(4);
        return this;
    }

    /** Starts the items to be scored, in SCORE alone: {@code count} calls of {@link #addScoredId} follow. */
    public RecommendRequestEncoder beginScoredIds(int count) {
        beginGroup(SCORED_IDS_GROUP, SCORED_IDS_ENTRY_LENGTH, count);
        return this;
    }

    /**
     * Writes an entry.
     *
     * @param value uint64: an item to be scored
     */
    public RecommendRequestEncoder addScoredId(long value) {
        ByteBuf out = buffer();
        out.writeLongLE(value);
        return this;
    }

    /** Starts events of the profile, recorded before it is answered, in RECORD_AND_RECOMMEND alone: {@code count} calls of {@link #addEvent} follow. */
    public RecommendRequestEncoder beginEvents(int count) {
        beginGroup(EVENTS_GROUP, EVENTS_ENTRY_LENGTH, count);
        return this;
    }

    /**
     * Writes an entry.
     *
     * @param itemId uint64: on which item
     * @param timeMillis int64: when, milliseconds since 1970
     * @param id uint64: names the event, so that a repeat can be told; 0 for none
     * @param strength float64: how much it says; may be negative
     * @param source uint8: number of the source
     */
    public RecommendRequestEncoder addEvent(long itemId, long timeMillis, long id, double strength, int source) {
        ByteBuf out = buffer();
        out.writeLongLE(itemId);
        out.writeLongLE(timeMillis);
        out.writeLongLE(id);
        out.writeDoubleLE(strength);
        out.writeByte(source);
        out.writeZero(7);
        return this;
    }

    /** Starts how long what was seen and shown is kept out: {@code count} calls of {@link #addExposure} follow. */
    public RecommendRequestEncoder beginExposures(int count) {
        beginGroup(EXPOSURES_GROUP, EXPOSURES_ENTRY_LENGTH, count);
        return this;
    }

    /**
     * Writes an entry.
     *
     * @param seenSeconds uint32: for so long seen items are kept out; 0 as configured
     * @param shownSeconds uint32: within so many seconds before the answer showings count; 0 for ever
     * @param shownTimes uint8: items shown so often are kept out, 1 to 8; 0 for no cap
     */
    public RecommendRequestEncoder addExposure(int seenSeconds, int shownSeconds, int shownTimes) {
        ByteBuf out = buffer();
        out.writeIntLE(seenSeconds);
        out.writeIntLE(shownSeconds);
        out.writeByte(shownTimes);
        out.writeZero(7);
        return this;
    }
}
