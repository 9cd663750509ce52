package io.magpie.core.profile;

/**
 * Byte layout of one chunk of a seen set: as many entries as are in use, compact. Every chunk of a set but the last is
 * full. Little-endian; what is not named is zero.
 *
 * <pre>
 *   0           8           12      16          18             32
 *   +-----------+-----------+-------+-----------+--------------+---------+---------+----
 *   | profile   | number of | flags | entries   | zero         | entry 0 | entry 1 | ...
 *   | id    u64 | chunk u32 | u32   | here  u16 |              |         |         |
 *   +-----------+-----------+-------+-----------+--------------+---------+---------+----
 *
 *   entry: 0          8            12         13        14        16
 *   +------------+-------------+----------+---------+----------+
 *   | item id u64| time in s   | source   | kind    | count    |
 *   |            | u32         | u8       | u8      | u16      |
 *   +------------+-------------+----------+---------+----------+
 * </pre>
 */
public final class SeenDescriptor {
    /** Entries in a full chunk: with the header 1 KiB. A typical person has one or two chunks. */
    public static final int CHUNK_ENTRIES = 62;

    /** The most entries that a seen set can be configured to hold. */
    public static final int MAX_SEEN_LIMIT = 1 << 16;

    /** Kind: seen, bought, used. */
    public static final int KIND_SEEN = 0;

    /** Kind: shown in an answer. */
    public static final int KIND_SHOWN = 1;

    /** Showings of one item that are kept, each with its time: no cap can ask for more. */
    public static final int SHOWINGS_PER_ITEM = 8;

    /** Source of what was shown in an answer, which no source told of. */
    public static final int SOURCE_ANSWER = 255;

    /** Flag: older seen entries made room for newer ones. */
    static final int FLAG_TRUNCATED = 1;

    /** Flag: older shown entries made room for newer ones. */
    static final int FLAG_SHOWN_TRUNCATED = 2;

    /** Where a chunk names its profile. */
    public static final int PROFILE_ID_OFFSET = 0;

    static final int CHUNK_OFFSET = PROFILE_ID_OFFSET + Long.BYTES;
    static final int FLAGS_OFFSET = CHUNK_OFFSET + Integer.BYTES;
    static final int COUNT_OFFSET = FLAGS_OFFSET + Integer.BYTES;
    static final int HEADER_LENGTH = COUNT_OFFSET + Short.BYTES + 14;

    static final int ENTRY_ITEM_OFFSET = 0;
    static final int ENTRY_META_OFFSET = ENTRY_ITEM_OFFSET + Long.BYTES;
    static final int ENTRY_LENGTH = ENTRY_META_OFFSET + Long.BYTES;

    /** Length in bytes of a full chunk. */
    public static final int CHUNK_LENGTH = HEADER_LENGTH + CHUNK_ENTRIES * ENTRY_LENGTH;

    // Within an entry's second word.
    static final int META_SOURCE_SHIFT = 32;
    static final int META_KIND_SHIFT = 40;
    static final int META_COUNT_SHIFT = 48;

    private SeenDescriptor() {}

    /** Returns how many chunks hold {@code entries} entries. */
    public static int chunksFor(int entries) {
        return (entries + CHUNK_ENTRIES - 1) / CHUNK_ENTRIES;
    }

    /** Returns the length in bytes of the image of a chunk with {@code entries} entries. */
    static int imageLength(int entries) {
        return HEADER_LENGTH + entries * ENTRY_LENGTH;
    }
}
