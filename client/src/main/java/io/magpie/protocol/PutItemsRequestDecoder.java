package io.magpie.protocol;

import static io.magpie.protocol.PutItemsRequestDescriptor.BLOCK_LENGTH;
import static io.magpie.protocol.PutItemsRequestDescriptor.EDITION_OFFSET;
import static io.magpie.protocol.PutItemsRequestDescriptor.ITEMS_ENTRY_LENGTH;
import static io.magpie.protocol.PutItemsRequestDescriptor.ITEMS_GROUP;
import static io.magpie.protocol.PutItemsRequestDescriptor.ITEM_BIAS_OFFSET;
import static io.magpie.protocol.PutItemsRequestDescriptor.ITEM_CATEGORY_OFFSET;
import static io.magpie.protocol.PutItemsRequestDescriptor.ITEM_FLAGS_OFFSET;
import static io.magpie.protocol.PutItemsRequestDescriptor.ITEM_ID_OFFSET;
import static io.magpie.protocol.PutItemsRequestDescriptor.ITEM_PRICE_MINOR_OFFSET;
import static io.magpie.protocol.PutItemsRequestDescriptor.ITEM_TAG_COUNT_OFFSET;
import static io.magpie.protocol.PutItemsRequestDescriptor.SPACE_ID_OFFSET;
import static io.magpie.protocol.PutItemsRequestDescriptor.TAGS_ENTRY_LENGTH;
import static io.magpie.protocol.PutItemsRequestDescriptor.TAGS_GROUP;
import static io.magpie.protocol.PutItemsRequestDescriptor.TAG_VALUE_OFFSET;
import static io.magpie.protocol.PutItemsRequestDescriptor.VECTORS_GROUP;

/**
 * Reads {@code PutItemsRequest} in place. Puts items, each new or in place of the one of its id.
 *
 * <p>{@link #wrap} first, and read fields only if it says {@link Status#OK}. Valid as long as the buffer is; holds no
 * reference count. Reusable; not thread-safe; allocates nothing except where said.
 */
public final class PutItemsRequestDecoder extends MessageDecoder {

    /** Creates a decoder that is wrapped around nothing. */
    public PutItemsRequestDecoder() {
        super(BLOCK_LENGTH, 3);
        declare(ITEMS_GROUP, ITEMS_ENTRY_LENGTH, ProtocolLimits.MAX_LIST_LENGTH);
        declare(TAGS_GROUP, TAGS_ENTRY_LENGTH, ProtocolLimits.MAX_ITEM_TAGS_LENGTH);
        declareVectors(VECTORS_GROUP, ProtocolLimits.MAX_LIST_LENGTH);
    }

    @Override
    protected Status check() {
        return vectorCount() == itemCount() && lengthsMatch(ITEMS_GROUP, ITEM_TAG_COUNT_OFFSET, TAGS_GROUP)
                ? Status.OK
                : Status.MALFORMED;
    }

    /** Returns {@code spaceId}, uint32: the space of the vectors. */
    public int spaceId() {
        return buffer().getIntLE(blockOffset() + SPACE_ID_OFFSET);
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
}
