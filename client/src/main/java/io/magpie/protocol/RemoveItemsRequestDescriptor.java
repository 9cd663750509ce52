package io.magpie.protocol;

/**
 * Layout of {@code RemoveItemsRequest}. Removes items.
 *
 * <pre>
 * fixed block
 * +------+----------+---------+
 * |    0 | edition  | uint32  |
 * |    4 | reserved | 4 bytes |
 * +------+----------+---------+
 * group 0: itemIds
 * +------+-------+--------+
 * |    0 | value | uint64 |
 * +------+-------+--------+
 * </pre>
 */
public final class RemoveItemsRequestDescriptor {
    /** uint32: the number of the catalogue that is changed; 0 for the live one. */
    public static final int EDITION_OFFSET = 0;

    /** Padding, zero. */
    public static final int RESERVED_OFFSET = EDITION_OFFSET + Integer.BYTES;

    /** Bytes of the fixed block. */
    public static final int BLOCK_LENGTH = RESERVED_OFFSET + 4;

    /** Place of the group: the items. */
    public static final int ITEM_IDS_GROUP = 0;

    /** uint64: an item. */
    public static final int ITEM_ID_VALUE_OFFSET = 0;

    /** Bytes of an entry of itemIds. */
    public static final int ITEM_IDS_ENTRY_LENGTH = ITEM_ID_VALUE_OFFSET + Long.BYTES;

    private RemoveItemsRequestDescriptor() {}
}
