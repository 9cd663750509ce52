package io.magpie.protocol;

import static io.magpie.protocol.GetItemReplyDescriptor.BIAS_OFFSET;
import static io.magpie.protocol.GetItemReplyDescriptor.BLOCK_LENGTH;
import static io.magpie.protocol.GetItemReplyDescriptor.CATALOGUE_VERSION_OFFSET;
import static io.magpie.protocol.GetItemReplyDescriptor.CATEGORY_OFFSET;
import static io.magpie.protocol.GetItemReplyDescriptor.FLAGS_OFFSET;
import static io.magpie.protocol.GetItemReplyDescriptor.ITEM_ID_OFFSET;
import static io.magpie.protocol.GetItemReplyDescriptor.PRICE_MINOR_OFFSET;
import static io.magpie.protocol.GetItemReplyDescriptor.SPACE_ID_OFFSET;
import static io.magpie.protocol.GetItemReplyDescriptor.TAGS_ENTRY_LENGTH;
import static io.magpie.protocol.GetItemReplyDescriptor.TAGS_GROUP;
import static io.magpie.protocol.GetItemReplyDescriptor.TIME_MILLIS_OFFSET;
import static io.magpie.protocol.GetItemReplyDescriptor.VECTORS_GROUP;
import static io.magpie.protocol.GetItemReplyDescriptor.VERSION_OFFSET;

import io.netty.buffer.ByteBuf;

/**
 * Writes {@code GetItemReply}. An item. One that is not there is answered by status UNKNOWN_ITEM.
 *
 * <p>Call {@code wrap}, the fields of the block in any order (those left out are zero), the groups in the order of
 * {@link GetItemReplyDescriptor} (those left out are empty), then {@link #finish()}. Reusable; not thread-safe; allocates nothing.
 */
public final class GetItemReplyEncoder extends MessageEncoder {
    /** Starts an answer at the buffer's writer index. The buffer stays the caller's. */
    public GetItemReplyEncoder wrap(ByteBuf buffer, long correlationId) {
        beginReply(buffer, MessageType.GET_ITEM, correlationId, Status.OK, BLOCK_LENGTH);
        return this;
    }

    /** Sets {@code itemId}, uint64: which. */
    public GetItemReplyEncoder itemId(long itemId) {
        buffer().setLongLE(blockOffset() + ITEM_ID_OFFSET, itemId);
        return this;
    }

    /** Sets {@code catalogueVersion}, uint64: the catalogue that this answer saw; +1 with every change of an item. */
    public GetItemReplyEncoder catalogueVersion(long catalogueVersion) {
        buffer().setLongLE(blockOffset() + CATALOGUE_VERSION_OFFSET, catalogueVersion);
        return this;
    }

    /** Sets {@code timeMillis}, int64: the server's time of this answer, milliseconds since 1970. */
    public GetItemReplyEncoder timeMillis(long timeMillis) {
        buffer().setLongLE(blockOffset() + TIME_MILLIS_OFFSET, timeMillis);
        return this;
    }

    /** Sets {@code priceMinor}, int64: price in minor units. */
    public GetItemReplyEncoder priceMinor(long priceMinor) {
        buffer().setLongLE(blockOffset() + PRICE_MINOR_OFFSET, priceMinor);
        return this;
    }

    /** Sets {@code spaceId}, uint32: space of its vector. */
    public GetItemReplyEncoder spaceId(int spaceId) {
        buffer().setIntLE(blockOffset() + SPACE_ID_OFFSET, spaceId);
        return this;
    }

    /** Sets {@code bias}, float32: added to its inner product. */
    public GetItemReplyEncoder bias(float bias) {
        buffer().setFloatLE(blockOffset() + BIAS_OFFSET, bias);
        return this;
    }

    /** Sets {@code category}, uint32: its category; 0 for none. */
    public GetItemReplyEncoder category(int category) {
        buffer().setIntLE(blockOffset() + CATEGORY_OFFSET, category);
        return this;
    }

    /** Sets {@code version}, uint32: the catalogue version of the item's last change, its low 32 bits. */
    public GetItemReplyEncoder version(int version) {
        buffer().setIntLE(blockOffset() + VERSION_OFFSET, version);
        return this;
    }

    /** Sets {@code flags}, uint8: 1 in stock, 2 hidden. */
    public GetItemReplyEncoder flags(int flags) {
        buffer().setByte(blockOffset() + FLAGS_OFFSET, flags);
        return this;
    }

    /** Starts its tags: {@code count} calls of {@link #addTag} follow. */
    public GetItemReplyEncoder beginTags(int count) {
        beginGroup(TAGS_GROUP, TAGS_ENTRY_LENGTH, count);
        return this;
    }

    /**
     * Writes an entry.
     *
     * @param value uint32: a tag
     */
    public GetItemReplyEncoder addTag(int value) {
        ByteBuf out = buffer();
        out.writeIntLE(value);
        return this;
    }

    /** Starts its vector: {@code count} calls of {@link #addVector} follow, all of one dimension. */
    public GetItemReplyEncoder beginVectors(int count, int dimension) {
        beginGroup(VECTORS_GROUP, dimension * Float.BYTES, count);
        return this;
    }

    /** Writes {@code dimension} values from {@code offset} on. */
    public GetItemReplyEncoder addVector(float[] values, int offset, int dimension) {
        writeVector(values, offset, dimension);
        return this;
    }
}
