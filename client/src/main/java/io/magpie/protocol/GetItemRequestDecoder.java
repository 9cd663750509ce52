package io.magpie.protocol;

import static io.magpie.protocol.GetItemRequestDescriptor.EDITION_OFFSET;
import static io.magpie.protocol.GetItemRequestDescriptor.FIRST_BLOCK_LENGTH;
import static io.magpie.protocol.GetItemRequestDescriptor.ITEM_ID_OFFSET;

/**
 * Reads {@code GetItemRequest} in place. Reads an item.
 *
 * <p>{@link #wrap} first, and read fields only if it says {@link Status#OK}. Valid as long as the buffer is; holds no
 * reference count. Reusable; not thread-safe; allocates nothing except where said.
 */
public final class GetItemRequestDecoder extends MessageDecoder {

    /** Creates a decoder that is wrapped around nothing. */
    public GetItemRequestDecoder() {
        super(FIRST_BLOCK_LENGTH, 0);
    }

    /** Returns {@code itemId}, uint64: which. */
    public long itemId() {
        return buffer().getLongLE(blockOffset() + ITEM_ID_OFFSET);
    }

    /** Returns {@code edition}, uint32: the number of the catalogue that is read; 0 for the live one. */
    public int edition() {
        return hasBlockField(EDITION_OFFSET, Integer.BYTES) ? buffer().getIntLE(blockOffset() + EDITION_OFFSET) : 0;
    }
}
