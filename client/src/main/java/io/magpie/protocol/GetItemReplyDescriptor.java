package io.magpie.protocol;

/**
 * Layout of {@code GetItemReply}. An item. One that is not there is answered by status UNKNOWN_ITEM.
 *
 * <pre>
 * fixed block
 * +------+------------------+---------+
 * |    0 | itemId           | uint64  |
 * |    8 | catalogueVersion | uint64  |
 * |   16 | timeMillis       | int64   |
 * |   24 | priceMinor       | int64   |
 * |   32 | spaceId          | uint32  |
 * |   36 | bias             | float32 |
 * |   40 | category         | uint32  |
 * |   44 | version          | uint32  |
 * |   48 | flags            | uint8   |
 * |   49 | reserved         | 7 bytes |
 * +------+------------------+---------+
 * group 0: tags
 * +------+-------+--------+
 * |    0 | value | uint32 |
 * +------+-------+--------+
 * group 1: vectors, entries of float32[dimension]
 * </pre>
 */
public final class GetItemReplyDescriptor {
    /** uint64: which. */
    public static final int ITEM_ID_OFFSET = 0;

    /** uint64: the catalogue that this answer saw; +1 with every change of an item. */
    public static final int CATALOGUE_VERSION_OFFSET = ITEM_ID_OFFSET + Long.BYTES;

    /** int64: the server's time of this answer, milliseconds since 1970. */
    public static final int TIME_MILLIS_OFFSET = CATALOGUE_VERSION_OFFSET + Long.BYTES;

    /** int64: price in minor units. */
    public static final int PRICE_MINOR_OFFSET = TIME_MILLIS_OFFSET + Long.BYTES;

    /** uint32: space of its vector. */
    public static final int SPACE_ID_OFFSET = PRICE_MINOR_OFFSET + Long.BYTES;

    /** float32: added to its inner product. */
    public static final int BIAS_OFFSET = SPACE_ID_OFFSET + Integer.BYTES;

    /** uint32: its category; 0 for none. */
    public static final int CATEGORY_OFFSET = BIAS_OFFSET + Float.BYTES;

    /** uint32: the catalogue version of the item's last change, its low 32 bits. */
    public static final int VERSION_OFFSET = CATEGORY_OFFSET + Integer.BYTES;

    /** uint8: 1 in stock, 2 hidden. */
    public static final int FLAGS_OFFSET = VERSION_OFFSET + Integer.BYTES;

    /** Padding, zero. */
    public static final int RESERVED_OFFSET = FLAGS_OFFSET + Byte.BYTES;

    /** Bytes of the fixed block. */
    public static final int BLOCK_LENGTH = RESERVED_OFFSET + 7;

    /** Place of the group: its tags. */
    public static final int TAGS_GROUP = 0;

    /** uint32: a tag. */
    public static final int TAG_VALUE_OFFSET = 0;

    /** Bytes of an entry of tags. */
    public static final int TAGS_ENTRY_LENGTH = TAG_VALUE_OFFSET + Integer.BYTES;

    /** Place of the group: its vector. */
    public static final int VECTORS_GROUP = 1;

    private GetItemReplyDescriptor() {}
}
