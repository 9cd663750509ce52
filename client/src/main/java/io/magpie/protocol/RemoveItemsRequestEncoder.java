package io.magpie.protocol;

import static io.magpie.protocol.RemoveItemsRequestDescriptor.BLOCK_LENGTH;
import static io.magpie.protocol.RemoveItemsRequestDescriptor.EDITION_OFFSET;
import static io.magpie.protocol.RemoveItemsRequestDescriptor.ITEM_IDS_ENTRY_LENGTH;
import static io.magpie.protocol.RemoveItemsRequestDescriptor.ITEM_IDS_GROUP;

import io.netty.buffer.ByteBuf;

/**
 * Writes {@code RemoveItemsRequest}. Removes items.
 *
 * <p>Call {@code wrap}, the fields of the block in any order (those left out are zero), the groups in the order of
 * {@link RemoveItemsRequestDescriptor} (those left out are empty), then {@link #finish()}. Reusable; not thread-safe; allocates nothing.
 */
public final class RemoveItemsRequestEncoder extends MessageEncoder {
    /**
     * Starts a request at the buffer's writer index. The buffer stays the caller's.
     *
     * @param budgetMicros how long the answer is of use, in microseconds from when the server reads it; 0 for always
     */
    public RemoveItemsRequestEncoder wrap(ByteBuf buffer, long correlationId, int budgetMicros) {
        beginRequest(buffer, MessageType.REMOVE_ITEMS, correlationId, budgetMicros, BLOCK_LENGTH);
        return this;
    }

    /** Sets {@code edition}, uint32: the number of the catalogue that is changed; 0 for the live one. */
    public RemoveItemsRequestEncoder edition(int edition) {
        buffer().setIntLE(blockOffset() + EDITION_OFFSET, edition);
        return this;
    }

    /** Starts the items: {@code count} calls of {@link #addItemId} follow. */
    public RemoveItemsRequestEncoder beginItemIds(int count) {
        beginGroup(ITEM_IDS_GROUP, ITEM_IDS_ENTRY_LENGTH, count);
        return this;
    }

    /**
     * Writes an entry.
     *
     * @param value uint64: an item
     */
    public RemoveItemsRequestEncoder addItemId(long value) {
        ByteBuf out = buffer();
        out.writeLongLE(value);
        return this;
    }
}
