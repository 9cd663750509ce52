package io.magpie.protocol;

/**
 * Layout of what every group starts with. Groups follow the fixed block in the order that the message states; those at
 * the end that are empty are left out. {@code count} entries of {@code entryLength} bytes follow.
 *
 * <pre>
 * +------+-------------+--------+
 * |    0 | entryLength | uint32 |
 * |    4 | count       | uint32 |
 * +------+-------------+--------+
 * </pre>
 */
public final class GroupHeaderDescriptor {
    /** uint32: bytes of each entry; a reader skips what it does not know at an entry's end. */
    public static final int ENTRY_LENGTH_OFFSET = 0;

    /** uint32: how many entries follow. */
    public static final int COUNT_OFFSET = ENTRY_LENGTH_OFFSET + Integer.BYTES;

    /** Bytes of a group's header. */
    public static final int HEADER_LENGTH = COUNT_OFFSET + Integer.BYTES;

    private GroupHeaderDescriptor() {}
}
