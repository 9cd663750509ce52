package io.magpie.protocol;

/**
 * Layout of {@code PutSlotsRequest}. Sets slots of profiles, each as given. Profiles that are not there are made.
 *
 * <pre>
 * fixed block
 * +------+----------+---------+
 * |    0 | reserved | 8 bytes |
 * +------+----------+---------+
 * group 0: slots
 * +------+------------+---------+
 * |    0 | profileId  | uint64  |
 * |    8 | timeMillis | int64   |
 * |   16 | evidence   | float64 |
 * |   24 | spaceId    | uint32  |
 * |   28 | source     | uint8   |
 * |   29 | reserved   | 3 bytes |
 * +------+------------+---------+
 * group 1: vectors, entries of float32[dimension]
 * group 2: conditions
 * +------+---------+--------+
 * |    0 | entry   | uint32 |
 * |    4 | version | uint32 |
 * +------+---------+--------+
 * group 3: identities
 * +------+------------+----------+
 * |    0 | place      | uint32   |
 * |    4 | source     | uint8    |
 * |    5 | idLength   | uint8    |
 * |    6 | reserved   | 2 bytes  |
 * |    8 | externalId | 64 bytes |
 * +------+------------+----------+
 * </pre>
 */
public final class PutSlotsRequestDescriptor {
    /** Padding, zero. */
    public static final int RESERVED_OFFSET = 0;

    /** Bytes of the fixed block. */
    public static final int BLOCK_LENGTH = RESERVED_OFFSET + 8;

    /** Place of the group: the slots. */
    public static final int SLOTS_GROUP = 0;

    /** uint64: whose slot. */
    public static final int SLOT_PROFILE_ID_OFFSET = 0;

    /** int64: time of its last event, milliseconds since 1970. */
    public static final int SLOT_TIME_MILLIS_OFFSET = SLOT_PROFILE_ID_OFFSET + Long.BYTES;

    /** float64: what stands behind it, 0 or more. */
    public static final int SLOT_EVIDENCE_OFFSET = SLOT_TIME_MILLIS_OFFSET + Long.BYTES;

    /** uint32: space of its vector. */
    public static final int SLOT_SPACE_ID_OFFSET = SLOT_EVIDENCE_OFFSET + Double.BYTES;

    /** uint8: number of the source. */
    public static final int SLOT_SOURCE_OFFSET = SLOT_SPACE_ID_OFFSET + Integer.BYTES;

    /** Padding, zero. */
    public static final int SLOT_RESERVED_OFFSET = SLOT_SOURCE_OFFSET + Byte.BYTES;

    /** Bytes of an entry of slots. */
    public static final int SLOTS_ENTRY_LENGTH = SLOT_RESERVED_OFFSET + 3;

    /** Place of the group: as many vectors as slots, in the same order. */
    public static final int VECTORS_GROUP = 1;

    /** Place of the group: slots that are applied only if the profile is of a version; entries ascending. */
    public static final int CONDITIONS_GROUP = 2;

    /** uint32: place in its list, from 0. */
    public static final int CONDITION_ENTRY_OFFSET = ConditionEntries.ENTRY_OFFSET;

    /** uint32: the version that the profile must be of; 0 if it must not be there. */
    public static final int CONDITION_VERSION_OFFSET = ConditionEntries.VERSION_OFFSET;

    /** Bytes of an entry of conditions. */
    public static final int CONDITIONS_ENTRY_LENGTH = ConditionEntries.LENGTH;

    /** Place of the group: identities in the place of profile ids. */
    public static final int IDENTITIES_GROUP = 3;

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

    private PutSlotsRequestDescriptor() {}
}
