package io.magpie.protocol;

/**
 * Layout of {@code LinkRequest}. Says that two identities, or an identity and a profile, or two profiles, are the same person. Two profiles are merged.
 *
 * <pre>
 * fixed block
 * +------+----------+---------+
 * |    0 | reserved | 8 bytes |
 * +------+----------+---------+
 * group 0: links
 * +------+----------------+---------+
 * |    0 | profileId      | uint64  |
 * |    8 | otherProfileId | uint64  |
 * +------+----------------+---------+
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
public final class LinkRequestDescriptor {
    /** Padding, zero. */
    public static final int RESERVED_OFFSET = 0;

    /** Bytes of the fixed block. */
    public static final int BLOCK_LENGTH = RESERVED_OFFSET + 8;

    /** Place of the group: pairs that are one person. */
    public static final int LINKS_GROUP = 0;

    /** uint64: a profile. */
    public static final int LINK_PROFILE_ID_OFFSET = 0;

    /** uint64: the other profile. */
    public static final int LINK_OTHER_PROFILE_ID_OFFSET = LINK_PROFILE_ID_OFFSET + Long.BYTES;

    /** Bytes of an entry of links. */
    public static final int LINKS_ENTRY_LENGTH = LINK_OTHER_PROFILE_ID_OFFSET + Long.BYTES;

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

    private LinkRequestDescriptor() {}
}
