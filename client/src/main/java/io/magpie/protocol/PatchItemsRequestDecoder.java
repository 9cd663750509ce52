package io.magpie.protocol;

import static io.magpie.protocol.PatchItemsRequestDescriptor.BLOCK_LENGTH;
import static io.magpie.protocol.PatchItemsRequestDescriptor.EDITION_OFFSET;
import static io.magpie.protocol.PatchItemsRequestDescriptor.ITEMS_ENTRY_LENGTH;
import static io.magpie.protocol.PatchItemsRequestDescriptor.ITEMS_GROUP;
import static io.magpie.protocol.PatchItemsRequestDescriptor.ITEM_BIAS_OFFSET;
import static io.magpie.protocol.PatchItemsRequestDescriptor.ITEM_CATEGORY_OFFSET;
import static io.magpie.protocol.PatchItemsRequestDescriptor.ITEM_FLAGS_OFFSET;
import static io.magpie.protocol.PatchItemsRequestDescriptor.ITEM_ID_OFFSET;
import static io.magpie.protocol.PatchItemsRequestDescriptor.ITEM_PRICE_MINOR_OFFSET;
import static io.magpie.protocol.PatchItemsRequestDescriptor.ITEM_TAG_COUNT_OFFSET;
import static io.magpie.protocol.PatchItemsRequestDescriptor.TAGS_ENTRY_LENGTH;
import static io.magpie.protocol.PatchItemsRequestDescriptor.TAGS_GROUP;
import static io.magpie.protocol.PatchItemsRequestDescriptor.TAG_VALUE_OFFSET;

/**
 * Reads {@code PatchItemsRequest} in place. Replaces the attributes of items: price, category, tags, in stock, hidden. Vector and bias stay.
 *
 * <p>{@link #wrap} first, and read fields only if it says {@link Status#OK}. Valid as long as the buffer is; holds no
 * reference count. Reusable; not thread-safe; allocates nothing except where said.
 */
public final class PatchItemsRequestDecoder extends MessageDecoder {

    /** Creates a decoder that is wrapped around nothing. */
    public PatchItemsRequestDecoder() {
        super(BLOCK_LENGTH, 2);
        declare(ITEMS_GROUP, ITEMS_ENTRY_LENGTH, ProtocolLimits.MAX_LIST_LENGTH);
        declare(TAGS_GROUP, TAGS_ENTRY_LENGTH, ProtocolLimits.MAX_ITEM_TAGS_LENGTH);
    }

    @Override
    protected Status check() {
        return lengthsMatch(ITEMS_GROUP, ITEM_TAG_COUNT_OFFSET, TAGS_GROUP) ? Status.OK : Status.MALFORMED;
    }

    /** Returns {@code edition}, uint32: the number of the catalogue that is changed; 0 for the live one. */
    public int edition() {
        return buffer().getIntLE(blockOffset() + EDITION_OFFSET);
    }

    /** Returns how many entries there are: the items. */
    public int itemCount() {
        return count(ITEMS_GROUP);
    }

    /** Returns {@code id}, uint64: the item. */
    public long itemId(int index) {
        return buffer().getLongLE(entry(ITEMS_GROUP, index) + ITEM_ID_OFFSET);
    }

    /** Returns {@code priceMinor}, int64: price in minor units, 0 or more. */
    public long itemPriceMinor(int index) {
        return buffer().getLongLE(entry(ITEMS_GROUP, index) + ITEM_PRICE_MINOR_OFFSET);
    }

    /** Returns {@code bias}, float32: added to its inner product; not read by patch. */
    public float itemBias(int index) {
        return buffer().getFloatLE(entry(ITEMS_GROUP, index) + ITEM_BIAS_OFFSET);
    }

    /** Returns {@code category}, uint32: its category; 0 for none. */
    public int itemCategory(int index) {
        return buffer().getIntLE(entry(ITEMS_GROUP, index) + ITEM_CATEGORY_OFFSET);
    }

    /** Returns {@code tagCount}, uint8: how many of the tags are its own, up to 16. */
    public int itemTagCount(int index) {
        return buffer().getUnsignedByte(entry(ITEMS_GROUP, index) + ITEM_TAG_COUNT_OFFSET);
    }

    /** Returns {@code flags}, uint8: 1 in stock, 2 hidden. */
    public int itemFlags(int index) {
        return buffer().getUnsignedByte(entry(ITEMS_GROUP, index) + ITEM_FLAGS_OFFSET);
    }

    /** Returns how many entries there are: the items' tags one after the other. */
    public int tagCount() {
        return count(TAGS_GROUP);
    }

    /** Returns {@code value}, uint32: a tag. */
    public int tag(int index) {
        return buffer().getIntLE(entry(TAGS_GROUP, index) + TAG_VALUE_OFFSET);
    }
}
