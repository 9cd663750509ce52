package io.magpie.protocol;

import static io.magpie.protocol.RemoveItemsRequestDescriptor.BLOCK_LENGTH;
import static io.magpie.protocol.RemoveItemsRequestDescriptor.EDITION_OFFSET;
import static io.magpie.protocol.RemoveItemsRequestDescriptor.ITEM_IDS_ENTRY_LENGTH;
import static io.magpie.protocol.RemoveItemsRequestDescriptor.ITEM_IDS_GROUP;
import static io.magpie.protocol.RemoveItemsRequestDescriptor.ITEM_ID_VALUE_OFFSET;

/**
 * Reads {@code RemoveItemsRequest} in place. Removes items.
 *
 * <p>{@link #wrap} first, and read fields only if it says {@link Status#OK}. Valid as long as the buffer is; holds no
 * reference count. Reusable; not thread-safe; allocates nothing except where said.
 */
public final class RemoveItemsRequestDecoder extends MessageDecoder {

    /** Creates a decoder that is wrapped around nothing. */
    public RemoveItemsRequestDecoder() {
        super(BLOCK_LENGTH, 1);
        declare(ITEM_IDS_GROUP, ITEM_IDS_ENTRY_LENGTH, ProtocolLimits.MAX_LIST_LENGTH);
    }

    /** Returns {@code edition}, uint32: the number of the catalogue that is changed; 0 for the live one. */
    public int edition() {
        return buffer().getIntLE(blockOffset() + EDITION_OFFSET);
    }

    /** Returns how many entries there are: the items. */
    public int itemIdCount() {
        return count(ITEM_IDS_GROUP);
    }

    /** Returns {@code value}, uint64: an item. */
    public long itemId(int index) {
        return buffer().getLongLE(entry(ITEM_IDS_GROUP, index) + ITEM_ID_VALUE_OFFSET);
    }
}
