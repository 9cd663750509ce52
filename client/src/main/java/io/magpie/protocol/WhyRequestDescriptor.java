package io.magpie.protocol;

/**
 * Layout of {@code WhyRequest}. Asks why an item suits a profile: what each source adds to its score, and which seen items are most like it.
 *
 * <pre>
 * fixed block
 * +------+------------+---------+
 * |    0 | profileId  | uint64  |
 * |    8 | itemId     | uint64  |
 * |   16 | asOfMillis | int64   |
 * |   24 | seenLimit  | uint32  |
 * |   28 | purpose    | uint8   |
 * |   29 | reserved   | 3 bytes |
 * +------+------------+---------+
 * group 0: sourceWeights
 * +------+----------+---------+
 * |    0 | weight   | float64 |
 * |    8 | source   | uint8   |
 * |    9 | reserved | 7 bytes |
 * +------+----------+---------+
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
public final class WhyRequestDescriptor {
    /** uint64: whose. */
    public static final int PROFILE_ID_OFFSET = 0;

    /** uint64: which item. */
    public static final int ITEM_ID_OFFSET = PROFILE_ID_OFFSET + Long.BYTES;

    /** int64: timeMillis of the answer to be explained; 0 for now. */
    public static final int AS_OF_MILLIS_OFFSET = ITEM_ID_OFFSET + Long.BYTES;

    /** uint32: how many seen items to name, from 0. */
    public static final int SEEN_LIMIT_OFFSET = AS_OF_MILLIS_OFFSET + Long.BYTES;

    /** uint8: the purpose that consent must cover; 0 recommend. */
    public static final int PURPOSE_OFFSET = SEEN_LIMIT_OFFSET + Integer.BYTES;

    /** Padding, zero. */
    public static final int RESERVED_OFFSET = PURPOSE_OFFSET + Byte.BYTES;

    /** Bytes of the fixed block. */
    public static final int BLOCK_LENGTH = RESERVED_OFFSET + 3;

    /** Place of the group: weights of the request to be explained; sources not named keep theirs. */
    public static final int SOURCE_WEIGHTS_GROUP = 0;

    /** float64: takes the place of the configured weight. */
    public static final int SOURCE_WEIGHT_WEIGHT_OFFSET = 0;

    /** uint8: number of the source. */
    public static final int SOURCE_WEIGHT_SOURCE_OFFSET = SOURCE_WEIGHT_WEIGHT_OFFSET + Double.BYTES;

    /** Padding, zero. */
    public static final int SOURCE_WEIGHT_RESERVED_OFFSET = SOURCE_WEIGHT_SOURCE_OFFSET + Byte.BYTES;

    /** Bytes of an entry of sourceWeights. */
    public static final int SOURCE_WEIGHTS_ENTRY_LENGTH = SOURCE_WEIGHT_RESERVED_OFFSET + 7;

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

    private WhyRequestDescriptor() {}
}
