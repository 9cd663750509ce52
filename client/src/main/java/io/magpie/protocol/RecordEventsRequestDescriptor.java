package io.magpie.protocol;

/**
 * Layout of {@code RecordEventsRequest}. Records events: each moves the slot of its source towards the item, and the item counts as seen.
 *
 * <pre>
 * fixed block
 * +------+----------+---------+
 * |    0 | reserved | 8 bytes |
 * +------+----------+---------+
 * group 0: events
 * +------+------------+---------+
 * |    0 | profileId  | uint64  |
 * |    8 | itemId     | uint64  |
 * |   16 | timeMillis | int64   |
 * |   24 | id         | uint64  |
 * |   32 | strength   | float64 |
 * |   40 | source     | uint8   |
 * |   41 | reserved   | 7 bytes |
 * +------+------------+---------+
 * group 1: conditions
 * +------+---------+--------+
 * |    0 | entry   | uint32 |
 * |    4 | version | uint32 |
 * +------+---------+--------+
 * group 2: identities
 * +------+------------+----------+
 * |    0 | place      | uint32   |
 * |    4 | source     | uint8    |
 * |    5 | idLength   | uint8    |
 * |    6 | reserved   | 2 bytes  |
 * |    8 | externalId | 64 bytes |
 * +------+------------+----------+
 * </pre>
 */
public final class RecordEventsRequestDescriptor {
    /** Padding, zero. */
    public static final int RESERVED_OFFSET = 0;

    /** Bytes of the fixed block. */
    public static final int BLOCK_LENGTH = RESERVED_OFFSET + 8;

    /** Place of the group: the events. */
    public static final int EVENTS_GROUP = 0;

    /** uint64: whose event. */
    public static final int EVENT_PROFILE_ID_OFFSET = 0;

    /** uint64: on which item. */
    public static final int EVENT_ITEM_ID_OFFSET = EVENT_PROFILE_ID_OFFSET + Long.BYTES;

    /** int64: when, milliseconds since 1970. */
    public static final int EVENT_TIME_MILLIS_OFFSET = EVENT_ITEM_ID_OFFSET + Long.BYTES;

    /** uint64: names the event, so that a repeat can be told; 0 for none. */
    public static final int EVENT_ID_OFFSET = EVENT_TIME_MILLIS_OFFSET + Long.BYTES;

    /** float64: how much it says; may be negative. */
    public static final int EVENT_STRENGTH_OFFSET = EVENT_ID_OFFSET + Long.BYTES;

    /** uint8: number of the source. */
    public static final int EVENT_SOURCE_OFFSET = EVENT_STRENGTH_OFFSET + Double.BYTES;

    /** Padding, zero. */
    public static final int EVENT_RESERVED_OFFSET = EVENT_SOURCE_OFFSET + Byte.BYTES;

    /** Bytes of an entry of events. */
    public static final int EVENTS_ENTRY_LENGTH = EVENT_RESERVED_OFFSET + 7;

    /** Place of the group: events that are applied only if the profile is of a version; entries ascending. */
    public static final int CONDITIONS_GROUP = 1;

    /** uint32: place in its list, from 0. */
    public static final int CONDITION_ENTRY_OFFSET = ConditionEntries.ENTRY_OFFSET;

    /** uint32: the version that the profile must be of; 0 if it must not be there. */
    public static final int CONDITION_VERSION_OFFSET = ConditionEntries.VERSION_OFFSET;

    /** Bytes of an entry of conditions. */
    public static final int CONDITIONS_ENTRY_LENGTH = ConditionEntries.LENGTH;

    /** Place of the group: identities in the place of profile ids. */
    public static final int IDENTITIES_GROUP = 2;

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

    private RecordEventsRequestDescriptor() {}
}
