package io.magpie.protocol;

/**
 * Layout of {@code PatchItemsRequest}. Replaces the attributes of items: price, category, tags, in stock, hidden. Vector and bias stay.
 *
 * <pre>
 * fixed block
 * +------+----------+---------+
 * |    0 | edition  | uint32  |
 * |    4 | reserved | 4 bytes |
 * +------+----------+---------+
 * group 0: items
 * +------+------------+---------+
 * |    0 | id         | uint64  |
 * |    8 | priceMinor | int64   |
 * |   16 | bias       | float32 |
 * |   20 | category   | uint32  |
 * |   24 | tagCount   | uint8   |
 * |   25 | flags      | uint8   |
 * |   26 | reserved   | 6 bytes |
 * +------+------------+---------+
 * group 1: tags
 * +------+-------+--------+
 * |    0 | value | uint32 |
 * +------+-------+--------+
 * </pre>
 */
public final class PatchItemsRequestDescriptor {
    /** uint32: the number of the catalogue that is changed; 0 for the live one. */
    public static final int EDITION_OFFSET = 0;

    /** Padding, zero. */
    public static final int RESERVED_OFFSET = EDITION_OFFSET + Integer.BYTES;

    /** Bytes of the fixed block. */
    public static final int BLOCK_LENGTH = RESERVED_OFFSET + 4;

    /** Place of the group: the items. */
    public static final int ITEMS_GROUP = 0;

    /** uint64: the item. */
    public static final int ITEM_ID_OFFSET = 0;

    /** int64: price in minor units, 0 or more. */
    public static final int ITEM_PRICE_MINOR_OFFSET = ITEM_ID_OFFSET + Long.BYTES;

    /** float32: added to its inner product; not read by patch. */
    public static final int ITEM_BIAS_OFFSET = ITEM_PRICE_MINOR_OFFSET + Long.BYTES;

    /** uint32: its category; 0 for none. */
    public static final int ITEM_CATEGORY_OFFSET = ITEM_BIAS_OFFSET + Float.BYTES;

    /** uint8: how many of the tags are its own, up to 16. */
    public static final int ITEM_TAG_COUNT_OFFSET = ITEM_CATEGORY_OFFSET + Integer.BYTES;

    /** uint8: 1 in stock, 2 hidden. */
    public static final int ITEM_FLAGS_OFFSET = ITEM_TAG_COUNT_OFFSET + Byte.BYTES;

    /** Padding, zero. */
    public static final int ITEM_RESERVED_OFFSET = ITEM_FLAGS_OFFSET + Byte.BYTES;

    /** Bytes of an entry of items. */
    public static final int ITEMS_ENTRY_LENGTH = ITEM_RESERVED_OFFSET + 6;

    /** Place of the group: the items' tags one after the other. */
    public static final int TAGS_GROUP = 1;

    /** uint32: a tag. */
    public static final int TAG_VALUE_OFFSET = 0;

    /** Bytes of an entry of tags. */
    public static final int TAGS_ENTRY_LENGTH = TAG_VALUE_OFFSET + Integer.BYTES;

    private PatchItemsRequestDescriptor() {}
}
