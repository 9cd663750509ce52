package io.magpie.protocol;

import static io.magpie.protocol.PutItemsRequestDescriptor.BLOCK_LENGTH;
import static io.magpie.protocol.PutItemsRequestDescriptor.EDITION_OFFSET;
import static io.magpie.protocol.PutItemsRequestDescriptor.ITEMS_ENTRY_LENGTH;
import static io.magpie.protocol.PutItemsRequestDescriptor.ITEMS_GROUP;
import static io.magpie.protocol.PutItemsRequestDescriptor.SPACE_ID_OFFSET;
import static io.magpie.protocol.PutItemsRequestDescriptor.TAGS_ENTRY_LENGTH;
import static io.magpie.protocol.PutItemsRequestDescriptor.TAGS_GROUP;
import static io.magpie.protocol.PutItemsRequestDescriptor.VECTORS_GROUP;

import io.netty.buffer.ByteBuf;

/**
 * Writes {@code PutItemsRequest}. Puts items, each new or in place of the one of its id.
 *
 * <p>Call {@code wrap}, the fields of the block in any order (those left out are zero), the groups in the order of
 * {@link PutItemsRequestDescriptor} (those left out are empty), then {@link #finish()}. Reusable; not thread-safe; allocates nothing.
 */
public final class PutItemsRequestEncoder extends MessageEncoder {
    /**
     * Starts a request at the buffer's writer index. The buffer stays the caller's.
     *
     * @param budgetMicros how long the answer is of use, in microseconds from when the server reads it; 0 for always
     */
    public PutItemsRequestEncoder wrap(ByteBuf buffer, long correlationId, int budgetMicros) {
        beginRequest(buffer, MessageType.PUT_ITEMS, correlationId, budgetMicros, BLOCK_LENGTH);
        return this;
    }

    /** Sets {@code spaceId}, uint32: the space of the vectors. */
    public PutItemsRequestEncoder spaceId(int spaceId) {
        buffer().setIntLE(blockOffset() + SPACE_ID_OFFSET, spaceId);
        return this;
    }

    /** Sets {@code edition}, uint32: the number of the catalogue that is changed; 0 for the live one. */
    public PutItemsRequestEncoder edition(int edition) {
        buffer().setIntLE(blockOffset() + EDITION_OFFSET, edition);
        return this;
    }

    /** Starts the items: {@code count} calls of {@link #addItem} follow. */
    public PutItemsRequestEncoder beginItems(int count) {
        beginGroup(ITEMS_GROUP, ITEMS_ENTRY_LENGTH, count);
        return this;
    }

    /**
     * Writes an entry.
     *
     * @param id uint64: the item
     * @param priceMinor int64: price in minor units, 0 or more
     * @param bias float32: added to its inner product; not read by patch
     * @param category uint32: its category; 0 for none
     * @param tagCount uint8: how many of the tags are its own, up to 16
     * @param flags uint8: 1 in stock, 2 hidden
     */
    public PutItemsRequestEncoder addItem(long id, long priceMinor, float bias, int category, int tagCount, int flags) {
        ByteBuf out = buffer();
        out.writeLongLE(id);
        out.writeLongLE(priceMinor);
        out.writeFloatLE(bias);
        out.writeIntLE(category);
        out.writeByte(tagCount);
        out.writeByte(flags);
        out.writeZero(6);
        return this;
    }

    /** Starts the items' tags one after the other: {@code count} calls of {@link #addTag} follow. */
    public PutItemsRequestEncoder beginTags(int count) {
        beginGroup(TAGS_GROUP, TAGS_ENTRY_LENGTH, count);
        return this;
    }

    /**
     * Writes an entry.
     *
     * @param value uint32: a tag
     */
    public PutItemsRequestEncoder addTag(int value) {
        ByteBuf out = buffer();
        out.writeIntLE(value);
        return this;
    }

    /** Starts as many vectors as items, in the same order: {@code count} calls of {@link #addVector} follow, all of one dimension. */
    public PutItemsRequestEncoder beginVectors(int count, int dimension) {
        beginGroup(VECTORS_GROUP, dimension * Float.BYTES, count);
        return this;
    }

    /** Writes {@code dimension} values from {@code offset} on. */
    public PutItemsRequestEncoder addVector(float[] values, int offset, int dimension) {
        writeVector(values, offset, dimension);
        return this;
    }
}
