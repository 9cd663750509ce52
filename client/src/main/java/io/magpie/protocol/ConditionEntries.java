package io.magpie.protocol;

/**
 * Layout of an entry of the group {@code conditions}, the last before the identities: an entry of the message's list that is
 * applied only if its profile is of a version. Entries are in the order of their places.
 *
 * <pre>
 * +------+---------+--------+
 * |    0 | entry   | uint32 |
 * |    4 | version | uint32 |
 * +------+---------+--------+
 * </pre>
 */
final class ConditionEntries {
    static final int ENTRY_OFFSET = 0;
    static final int VERSION_OFFSET = ENTRY_OFFSET + Integer.BYTES;
    static final int LENGTH = VERSION_OFFSET + Integer.BYTES;

    private ConditionEntries() {}
}
