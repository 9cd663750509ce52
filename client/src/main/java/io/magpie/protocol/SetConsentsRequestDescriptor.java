package io.magpie.protocol;

/**
 * Layout of {@code SetConsentsRequest}. Sets consent, each per source and purpose.
 *
 * <pre>
 * fixed block
 * +------+----------+---------+
 * |    0 | reserved | 8 bytes |
 * +------+----------+---------+
 * group 0: consents
 * +------+------------+---------+
 * |    0 | profileId  | uint64  |
 * |    8 | timeMillis | int64   |
 * |   16 | source     | uint8   |
 * |   17 | purpose    | uint8   |
 * |   18 | state      | uint8   |
 * |   19 | reserved   | 5 bytes |
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
public final class SetConsentsRequestDescriptor {
    /** Padding, zero. */
    public static final int RESERVED_OFFSET = 0;

    /** Bytes of the fixed block. */
    public static final int BLOCK_LENGTH = RESERVED_OFFSET + 8;

    /** Place of the group: the consents. */
    public static final int CONSENTS_GROUP = 0;

    /** uint64: whose consent. */
    public static final int CONSENT_PROFILE_ID_OFFSET = 0;

    /** int64: when it was given or withdrawn, milliseconds since 1970. */
    public static final int CONSENT_TIME_MILLIS_OFFSET = CONSENT_PROFILE_ID_OFFSET + Long.BYTES;

    /** uint8: number of the source. */
    public static final int CONSENT_SOURCE_OFFSET = CONSENT_TIME_MILLIS_OFFSET + Long.BYTES;

    /** uint8: number of the purpose. */
    public static final int CONSENT_PURPOSE_OFFSET = CONSENT_SOURCE_OFFSET + Byte.BYTES;

    /** uint8: 0 unset, 1 granted, 2 denied. */
    public static final int CONSENT_STATE_OFFSET = CONSENT_PURPOSE_OFFSET + Byte.BYTES;

    /** Padding, zero. */
    public static final int CONSENT_RESERVED_OFFSET = CONSENT_STATE_OFFSET + Byte.BYTES;

    /** Bytes of an entry of consents. */
    public static final int CONSENTS_ENTRY_LENGTH = CONSENT_RESERVED_OFFSET + 5;

    /** Place of the group: consents that are applied only if the profile is of a version; entries ascending. */
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

    private SetConsentsRequestDescriptor() {}
}
