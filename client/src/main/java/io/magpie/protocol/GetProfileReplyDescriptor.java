package io.magpie.protocol;

/**
 * Layout of {@code GetProfileReply}. A profile. One that is not there is answered by status UNKNOWN_PROFILE.
 *
 * <pre>
 * fixed block
 * +------+------------------+---------+
 * |    0 | profileId        | uint64  |
 * |    8 | catalogueVersion | uint64  |
 * |   16 | timeMillis       | int64   |
 * |   24 | spaceId          | uint32  |
 * |   28 | version          | uint32  |
 * |   32 | flags            | uint32  |
 * |   36 | reserved         | 4 bytes |
 * +------+------------------+---------+
 * group 0: slots
 * +------+------------+---------+
 * |    0 | evidence   | float64 |
 * |    8 | timeMillis | int64   |
 * |   16 | norm       | float64 |
 * |   24 | spaceId    | uint32  |
 * |   28 | source     | uint8   |
 * |   29 | reserved   | 3 bytes |
 * +------+------------+---------+
 * group 1: vectors, entries of float32[dimension]
 * group 2: consents
 * +------+------------+---------+
 * |    0 | timeMillis | int64   |
 * |    8 | source     | uint8   |
 * |    9 | purpose    | uint8   |
 * |   10 | state      | uint8   |
 * |   11 | reserved   | 5 bytes |
 * +------+------------+---------+
 * group 3: seen
 * +------+-------------+--------+
 * |    0 | itemId      | uint64 |
 * |    8 | timeSeconds | uint32 |
 * |   12 | source      | uint8  |
 * |   13 | kind        | uint8  |
 * |   14 | times       | uint16 |
 * +------+-------------+--------+
 * </pre>
 */
public final class GetProfileReplyDescriptor {
    /** uint64: whose. */
    public static final int PROFILE_ID_OFFSET = 0;

    /** uint64: the catalogue that this answer saw; +1 with every change of an item. */
    public static final int CATALOGUE_VERSION_OFFSET = PROFILE_ID_OFFSET + Long.BYTES;

    /** int64: the server's time of this answer, milliseconds since 1970. */
    public static final int TIME_MILLIS_OFFSET = CATALOGUE_VERSION_OFFSET + Long.BYTES;

    /** uint32: the live catalogue's space. */
    public static final int SPACE_ID_OFFSET = TIME_MILLIS_OFFSET + Long.BYTES;

    /** uint32: +1 with every change of the profile. */
    public static final int VERSION_OFFSET = SPACE_ID_OFFSET + Integer.BYTES;

    /** uint32: bits of AnswerFlag. */
    public static final int FLAGS_OFFSET = VERSION_OFFSET + Integer.BYTES;

    /** Padding, zero. */
    public static final int RESERVED_OFFSET = FLAGS_OFFSET + Integer.BYTES;

    /** Bytes of the fixed block. */
    public static final int BLOCK_LENGTH = RESERVED_OFFSET + 4;

    /** Place of the group: the slots. */
    public static final int SLOTS_GROUP = 0;

    /** float64: what stands behind it, as of timeMillis. */
    public static final int SLOT_EVIDENCE_OFFSET = 0;

    /** int64: time of its last event. */
    public static final int SLOT_TIME_MILLIS_OFFSET = SLOT_EVIDENCE_OFFSET + Double.BYTES;

    /** float64: Euclidean norm of its vector. */
    public static final int SLOT_NORM_OFFSET = SLOT_TIME_MILLIS_OFFSET + Long.BYTES;

    /** uint32: space of its vector. */
    public static final int SLOT_SPACE_ID_OFFSET = SLOT_NORM_OFFSET + Double.BYTES;

    /** uint8: number of the source. */
    public static final int SLOT_SOURCE_OFFSET = SLOT_SPACE_ID_OFFSET + Integer.BYTES;

    /** Padding, zero. */
    public static final int SLOT_RESERVED_OFFSET = SLOT_SOURCE_OFFSET + Byte.BYTES;

    /** Bytes of an entry of slots. */
    public static final int SLOTS_ENTRY_LENGTH = SLOT_RESERVED_OFFSET + 3;

    /** Place of the group: none, or as many vectors as slots, in the same order. */
    public static final int VECTORS_GROUP = 1;

    /** Place of the group: consents that are not unset. */
    public static final int CONSENTS_GROUP = 2;

    /** int64: when it was given or withdrawn. */
    public static final int CONSENT_TIME_MILLIS_OFFSET = 0;

    /** uint8: number of the source. */
    public static final int CONSENT_SOURCE_OFFSET = CONSENT_TIME_MILLIS_OFFSET + Long.BYTES;

    /** uint8: number of the purpose. */
    public static final int CONSENT_PURPOSE_OFFSET = CONSENT_SOURCE_OFFSET + Byte.BYTES;

    /** uint8: 1 granted, 2 denied. */
    public static final int CONSENT_STATE_OFFSET = CONSENT_PURPOSE_OFFSET + Byte.BYTES;

    /** Padding, zero. */
    public static final int CONSENT_RESERVED_OFFSET = CONSENT_STATE_OFFSET + Byte.BYTES;

    /** Bytes of an entry of consents. */
    public static final int CONSENTS_ENTRY_LENGTH = CONSENT_RESERVED_OFFSET + 5;

    /** Place of the group: items seen or shown. */
    public static final int SEEN_GROUP = 3;

    /** uint64: the item. */
    public static final int SEEN_ITEM_ID_OFFSET = 0;

    /** uint32: last time, seconds since 1970. */
    public static final int SEEN_TIME_SECONDS_OFFSET = SEEN_ITEM_ID_OFFSET + Long.BYTES;

    /** uint8: number of the source. */
    public static final int SEEN_SOURCE_OFFSET = SEEN_TIME_SECONDS_OFFSET + Integer.BYTES;

    /** uint8: 0 seen, 1 shown. */
    public static final int SEEN_KIND_OFFSET = SEEN_SOURCE_OFFSET + Byte.BYTES;

    /** uint16: how often, up to 65,535. */
    public static final int SEEN_TIMES_OFFSET = SEEN_KIND_OFFSET + Byte.BYTES;

    /** Bytes of an entry of seen. */
    public static final int SEEN_ENTRY_LENGTH = SEEN_TIMES_OFFSET + Short.BYTES;

    private GetProfileReplyDescriptor() {}
}
