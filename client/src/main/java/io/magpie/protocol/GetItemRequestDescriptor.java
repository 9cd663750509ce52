package io.magpie.protocol;

/**
 * Layout of {@code GetItemRequest}. Reads an item.
 *
 * <pre>
 * fixed block
 * +------+--------+--------+
 * |    0 | itemId | uint64 |
 * +------+--------+--------+
 * </pre>
 */
public final class GetItemRequestDescriptor {
    /** uint64: which. */
    public static final int ITEM_ID_OFFSET = 0;

    /** Bytes of the fixed block. */
    public static final int BLOCK_LENGTH = ITEM_ID_OFFSET + Long.BYTES;

    private GetItemRequestDescriptor() {}
}
