package io.magpie.protocol;

/**
 * Layout of {@code CatalogueReply}. Which catalogues there are: the live one first.
 *
 * <pre>
 * fixed block
 * +------+------------------+---------+
 * |    0 | catalogueVersion | uint64  |
 * |    8 | timeMillis       | int64   |
 * |   16 | freeingItems     | uint64  |
 * |   24 | maxItems         | uint64  |
 * |   32 | spaceId          | uint32  |
 * |   36 | reserved         | 4 bytes |
 * +------+------------------+---------+
 * group 0: editions
 * +------+---------------+---------+
 * |    0 | version       | uint64  |
 * |    8 | items         | uint64  |
 * |   16 | unsealedItems | uint64  |
 * |   24 | bytesPerItem  | float64 |
 * |   32 | number        | uint32  |
 * |   36 | spaceId       | uint32  |
 * |   40 | role          | uint8   |
 * |   41 | flags         | uint8   |
 * |   42 | reserved      | 6 bytes |
 * +------+---------------+---------+
 * </pre>
 */
public final class CatalogueReplyDescriptor {
    /** uint64: the live catalogue's version. */
    public static final int CATALOGUE_VERSION_OFFSET = 0;

    /** int64: the server's time of this answer, milliseconds since 1970. */
    public static final int TIME_MILLIS_OFFSET = CATALOGUE_VERSION_OFFSET + Long.BYTES;

    /** uint64: items of dropped catalogues that still take room. */
    public static final int FREEING_ITEMS_OFFSET = TIME_MILLIS_OFFSET + Long.BYTES;

    /** uint64: how many items there is room for, over all catalogues. */
    public static final int MAX_ITEMS_OFFSET = FREEING_ITEMS_OFFSET + Long.BYTES;

    /** uint32: the live catalogue's space. */
    public static final int SPACE_ID_OFFSET = MAX_ITEMS_OFFSET + Long.BYTES;

    /** Padding, zero. */
    public static final int RESERVED_OFFSET = SPACE_ID_OFFSET + Integer.BYTES;

    /** Bytes of the fixed block. */
    public static final int BLOCK_LENGTH = RESERVED_OFFSET + 4;

    /** Place of the group: the catalogues, the live one first. */
    public static final int EDITIONS_GROUP = 0;

    /** uint64: its version: the last change that its answers show. */
    public static final int EDITION_VERSION_OFFSET = 0;

    /** uint64: how many items it holds. */
    public static final int EDITION_ITEMS_OFFSET = EDITION_VERSION_OFFSET + Long.BYTES;

    /** uint64: rows that its index has not coded yet. */
    public static final int EDITION_UNSEALED_ITEMS_OFFSET = EDITION_ITEMS_OFFSET + Long.BYTES;

    /** float64: bytes of its index an item. */
    public static final int EDITION_BYTES_PER_ITEM_OFFSET = EDITION_UNSEALED_ITEMS_OFFSET + Long.BYTES;

    /** uint32: its number; never given again. */
    public static final int EDITION_NUMBER_OFFSET = EDITION_BYTES_PER_ITEM_OFFSET + Double.BYTES;

    /** uint32: the space of its vectors. */
    public static final int EDITION_SPACE_ID_OFFSET = EDITION_NUMBER_OFFSET + Integer.BYTES;

    /** uint8: 0 live, 1 staged, 2 live before. */
    public static final int EDITION_ROLE_OFFSET = EDITION_SPACE_ID_OFFSET + Integer.BYTES;

    /** uint8: 1 its index is being rebuilt. */
    public static final int EDITION_FLAGS_OFFSET = EDITION_ROLE_OFFSET + Byte.BYTES;

    /** Padding, zero. */
    public static final int EDITION_RESERVED_OFFSET = EDITION_FLAGS_OFFSET + Byte.BYTES;

    /** Bytes of an entry of editions. */
    public static final int EDITIONS_ENTRY_LENGTH = EDITION_RESERVED_OFFSET + 6;

    private CatalogueReplyDescriptor() {}
}
