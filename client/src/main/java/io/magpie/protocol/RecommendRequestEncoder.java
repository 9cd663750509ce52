package io.magpie.protocol;

import static io.magpie.protocol.RecommendRequestDescriptor.BLOCK_LENGTH;
import static io.magpie.protocol.RecommendRequestDescriptor.CATEGORIES_ENTRY_LENGTH;
import static io.magpie.protocol.RecommendRequestDescriptor.CATEGORIES_GROUP;
import static io.magpie.protocol.RecommendRequestDescriptor.EXCLUDED_IDS_ENTRY_LENGTH;
import static io.magpie.protocol.RecommendRequestDescriptor.EXCLUDED_IDS_GROUP;
import static io.magpie.protocol.RecommendRequestDescriptor.FLAGS_OFFSET;
import static io.magpie.protocol.RecommendRequestDescriptor.INCLUDED_IDS_ENTRY_LENGTH;
import static io.magpie.protocol.RecommendRequestDescriptor.INCLUDED_IDS_GROUP;
import static io.magpie.protocol.RecommendRequestDescriptor.KIND_OFFSET;
import static io.magpie.protocol.RecommendRequestDescriptor.LIMIT_OFFSET;
import static io.magpie.protocol.RecommendRequestDescriptor.OFFSET_OFFSET;
import static io.magpie.protocol.RecommendRequestDescriptor.PRICE_MINOR_FROM_OFFSET;
import static io.magpie.protocol.RecommendRequestDescriptor.PRICE_MINOR_TO_OFFSET;
import static io.magpie.protocol.RecommendRequestDescriptor.PROFILE_ID_OFFSET;
import static io.magpie.protocol.RecommendRequestDescriptor.PURPOSE_OFFSET;
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
 * Writes {@code RecommendRequest}. Asks for the best items for a profile, or for a vector.
 *
 * <p>Call {@code wrap}, the fields of the block in any order (those left out are zero), the groups in the order of
 * {@link RecommendRequestDescriptor} (those left out are empty), then {@link #finish()}. Reusable; not thread-safe; allocates nothing.
 */
public final class RecommendRequestEncoder extends MessageEncoder {
    /**
     * Starts a request at the buffer's writer index. The buffer stays the caller's.
     *
     * @param budgetMicros how long the answer is of use, in microseconds from when the server reads it; 0 for always
     */
    public RecommendRequestEncoder wrap(ByteBuf buffer, long correlationId, int budgetMicros) {
        beginRequest(buffer, MessageType.RECOMMEND, correlationId, budgetMicros, BLOCK_LENGTH);
        return this;
    }

    /** Sets {@code kind}, uint8: what is asked about: 0 profile, 1 vector; others reserved. */
    public RecommendRequestEncoder kind(int kind) {
        buffer().setByte(blockOffset() + KIND_OFFSET, kind);
        return this;
    }

    /** Sets {@code flags}, uint8: 1 exclude seen, 2 in stock only, 4 hidden too, 8 only the items of includedIds, 16 only prices in the range. */
    public RecommendRequestEncoder flags(int flags) {
        buffer().setByte(blockOffset() + FLAGS_OFFSET, flags);
        return this;
    }

    /** Sets {@code purpose}, uint8: the purpose that consent must cover; 0 recommend. */
    public RecommendRequestEncoder purpose(int purpose) {
        buffer().setByte(blockOffset() + PURPOSE_OFFSET, purpose);
        return this;
    }

    /** Sets {@code limit}, uint32: how many items, 1 or more. */
    public RecommendRequestEncoder limit(int limit) {
        buffer().setIntLE(blockOffset() + LIMIT_OFFSET, limit);
        return this;
    }

    /** Sets {@code profileId}, uint64: whose answer, when kind is 0; whose seen items are kept out, when flag 1 is set; 2^64-1 for nobody. */
    public RecommendRequestEncoder profileId(long profileId) {
        buffer().setLongLE(blockOffset() + PROFILE_ID_OFFSET, profileId);
        return this;
    }

    /** Sets {@code spaceId}, uint32: the vector's space, when kind is 1. */
    public RecommendRequestEncoder spaceId(int spaceId) {
        buffer().setIntLE(blockOffset() + SPACE_ID_OFFSET, spaceId);
        return this;
    }

    /** Sets {@code offset}, uint32: reserved for paging; zero. */
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
}
