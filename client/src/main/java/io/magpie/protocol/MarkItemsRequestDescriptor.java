package io.magpie.protocol;

/**
 * Layout of {@code MarkItemsRequest}. Remembers items as seen by, or shown to, people, without moving their interest.
 *
 * <pre>
 * fixed block
 * +------+----------+---------+
 * |    0 | reserved | 8 bytes |
 * +------+----------+---------+
 * group 0: marks
 * +------+------------+---------+
 * |    0 | profileId  | uint64  |
 * |    8 | itemId     | uint64  |
 * |   16 | timeMillis | int64   |
 * |   24 | source     | uint8   |
 * |   25 | kind       | uint8   |
 * |   26 | reserved   | 6 bytes |
 * +------+------------+---------+
 * group 1: identities
 * +------+------------+----------+
 * |    0 | place      | uint32   |
 * |    4 | source     | uint8    |
 * |    5 | idLength   | uint8    |
 * |    6 | reserved   | 2 bytes  |
 * |    8 | externalId | 64 bytes |
 * +------+------------+----------+
 * </pre>
 */
public final class MarkItemsRequestDescriptor {
    /** Padding, zero. */
    public static final int RESERVED_OFFSET = 0;

    /** Bytes of the fixed block. */
    public static final int BLOCK_LENGTH = RESERVED_OFFSET + 8;

    /** Place of the group: what was seen or shown. */
    public static final int MARKS_GROUP = 0;

    /** uint64: by whom. */
    public static final int MARK_PROFILE_ID_OFFSET = 0;

    /** uint64: which item. */
    public static final int MARK_ITEM_ID_OFFSET = MARK_PROFILE_ID_OFFSET + Long.BYTES;

    /** int64: when, milliseconds since 1970. */
    public static final int MARK_TIME_MILLIS_OFFSET = MARK_ITEM_ID_OFFSET + Long.BYTES;

    /** uint8: number of the source that tells. */
    public static final int MARK_SOURCE_OFFSET = MARK_TIME_MILLIS_OFFSET + Long.BYTES;

    /** uint8: 0 seen, 1 shown. */
    public static final int MARK_KIND_OFFSET = MARK_SOURCE_OFFSET + Byte.BYTES;

    /** Padding, zero. */
    public static final int MARK_RESERVED_OFFSET = MARK_KIND_OFFSET + Byte.BYTES;

    /** Bytes of an entry of marks. */
    public static final int MARKS_ENTRY_LENGTH = MARK_RESERVED_OFFSET + 6;

    /** Place of the group: identities in the place of profile ids. */
    public static final int IDENTITIES_GROUP = 1;

    /** uint32: the place. */
    public static final int IDENTITY_PLACE_OFFSET = IdentityEntries.PLACE_OFFSET;

    /** uint8: number of the source whose id it is. */
    public static final int IDENTITY_SOURCE_OFFSET = IdentityEntries.SOURCE_OFFSET;

    /** uint8: how many bytes the id has, 1 to 64. */
    public static final int IDENTITY_ID_LENGTH_OFFSET = IdentityEntries.ID_LENGTH_OFFSET;

    /** Padding, zero. */
    public static final int IDENTITY_RESERVED_OFFSET = IdentityEntries.RESERVED_OFFSET;

    /** 64 bytes: the id, then zeros. */
    public static final int IDENTITY_EXTERNAL_ID_OFFSET = IdentityEntries.EXTERNAL_ID_OFFSET;

    /** Bytes of an entry of identities. */
    public static final int IDENTITIES_ENTRY_LENGTH = IdentityEntries.LENGTH;

    private MarkItemsRequestDescriptor() {}
}
