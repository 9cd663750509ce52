package io.magpie.protocol;

/**
 * Layout of {@code RemoveItemsRequest}. Removes items.
 *
 * <pre>
 * fixed block
 * +------+----------+---------+
 * |    0 | reserved | 8 bytes |
 * +------+----------+---------+
 * group 0: itemIds
 * +------+-------+--------+
 * |    0 | value | uint64 |
 * +------+-------+--------+
 * </pre>
 */
public final class RemoveItemsRequestDescriptor {
    /** Padding, zero. */
    public static final int RESERVED_OFFSET = 0;

    /** Bytes of the fixed block. */
    public static final int BLOCK_LENGTH = RESERVED_OFFSET + 8;

    /** Place of the group: the items. */
    public static final int ITEM_IDS_GROUP = 0;

    /** uint64: an item. */
    public static final int ITEM_ID_VALUE_OFFSET = 0;

    /** Bytes of an entry of itemIds. */
    public static final int ITEM_IDS_ENTRY_LENGTH = ITEM_ID_VALUE_OFFSET + Long.BYTES;

    private RemoveItemsRequestDescriptor() {}
}
