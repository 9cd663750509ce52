package io.magpie.protocol;

/**
 * Layout of {@code GetItemRequest}. Reads an item.
 *
 * <pre>
 * fixed block
 * +------+----------+---------+
 * |    0 | itemId   | uint64  |
 * |    8 | edition  | uint32  |
 * |   12 | reserved | 4 bytes |
 * +------+----------+---------+
 * </pre>
 */
public final class GetItemRequestDescriptor {
    /** uint64: which. */
    public static final int ITEM_ID_OFFSET = 0;

    /** Bytes of the block that every sender writes; a sender that says nothing of what follows may end it there. */
    public static final int FIRST_BLOCK_LENGTH = ITEM_ID_OFFSET + Long.BYTES;

    /** uint32: the number of the catalogue that is read; 0 for the live one. */
    public static final int EDITION_OFFSET = FIRST_BLOCK_LENGTH;

    /** Padding, zero. */
    public static final int RESERVED_OFFSET = EDITION_OFFSET + Integer.BYTES;

    /** Bytes of the fixed block. */
    public static final int BLOCK_LENGTH = RESERVED_OFFSET + 4;

    private GetItemRequestDescriptor() {}
}
