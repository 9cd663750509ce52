package io.magpie.protocol;

import static io.magpie.protocol.GetItemRequestDescriptor.BLOCK_LENGTH;
import static io.magpie.protocol.GetItemRequestDescriptor.EDITION_OFFSET;
import static io.magpie.protocol.GetItemRequestDescriptor.FIRST_BLOCK_LENGTH;
import static io.magpie.protocol.GetItemRequestDescriptor.ITEM_ID_OFFSET;

import io.netty.buffer.ByteBuf;

/**
 * Writes {@code GetItemRequest}. Reads an item.
 *
 * <p>Call {@code wrap}, the fields of the block in any order (those left out are zero), the groups in the order of
 * {@link GetItemRequestDescriptor} (those left out are empty), then {@link #finish()}. Reusable; not thread-safe; allocates nothing.
 */
public final class GetItemRequestEncoder extends MessageEncoder {
    /**
     * Starts a request at the buffer's writer index. The buffer stays the caller's.
     *
     * @param budgetMicros how long the answer is of use, in microseconds from when the server reads it; 0 for always
     */
    public GetItemRequestEncoder wrap(ByteBuf buffer, long correlationId, int budgetMicros) {
        beginRequest(buffer, MessageType.GET_ITEM, correlationId, budgetMicros, FIRST_BLOCK_LENGTH);
        return this;
    }

    /**
     * Starts a request that says which catalogue to read. The buffer stays the caller's.
     *
     * @param budgetMicros as in the shorter form
     * @param edition      the number of the catalogue that is read; 0 for the live one
     */
    public GetItemRequestEncoder wrap(ByteBuf buffer, long correlationId, int budgetMicros, int edition) {
        beginRequest(buffer, MessageType.GET_ITEM, correlationId, budgetMicros, BLOCK_LENGTH);
        buffer().setIntLE(laterField(EDITION_OFFSET, Integer.BYTES), edition);
        return this;
    }

    /** Sets {@code itemId}, uint64: which. */
    public GetItemRequestEncoder itemId(long itemId) {
        buffer().setLongLE(blockOffset() + ITEM_ID_OFFSET, itemId);
        return this;
    }
}
