package io.magpie.core.profile;

/**
 * Byte layout of a profile's image: fixed parts first, then the slots in use, compact. Little-endian; what is not named
 * is zero.
 *
 * <pre>
 *   0        8       12      16          18             20        24          32            48
 *   +--------+-------+-------+-----------+--------------+---------+-----------+-------------+
 *   |profile | vers. | flags | slots in  | next event   | links   | redirect  | zero        |
 *   |id  u64 | u32   | u32   | use  u16  | position u16 | 2 x u16 | to    u64 | 16 bytes    |
 *   +--------+-------+-------+-----------+--------------+---------+-----------+-------------+
 *   | consent: u64[sourceCapacity][8 purposes], time in ms shifted left by 2, or'ed with the state     |
 *   +---------------------------------------------------------------------------------------+
 *   | window of event ids: u64[32] hashes, 0 stands for none                                |
 *   +---------------------------------------------------------------------------------------+
 *   | seen items a source: u32[sourceCapacity], filled with zeros to a multiple of 8 bytes  |
 *   +---------------------------------------------------------------------------------------+
 *   | slot 0 | slot 1 | ... as many as are in use                                           |
 *   +---------------------------------------------------------------------------------------+
 *   | identities: hash 16 bytes, u64 of unlinked 1 bit, time in ms 55 bits, source 8 bits     |
 *   +---------------------------------------------------------------------------------------+
 *   | ids of the profiles merged into this one: u64, as many as there are                   |
 *   +---------------------------------------------------------------------------------------+
 *
 *   links: how many identities, how many merged profiles
 *
 *   slot:  0        1       2         4         8             16           24         32
 *   +--------+-------+---------+---------+-------------+------------+----------+------------------+
 *   | source | flags | zero    | space   | evidence    | time in ms | norm     | vector           |
 *   | u8     | u8    | u16     | id  u32 | f64         | i64        | f64      | f32[dimension]   |
 *   +--------+-------+---------+---------+-------------+------------+----------+------------------+
 *                                                      filled with zeros to a multiple of 8 bytes
 * </pre>
 */
public final class ProfileDescriptor {
    /** How many purposes a source's consent has room for. */
    public static final int PURPOSES = 8;

    /** How many hashes of event ids the window holds. */
    public static final int EVENT_WINDOW = 32;

    /** Consent was never given or denied. */
    public static final int CONSENT_UNSET = 0;

    /** Consent was granted. */
    public static final int CONSENT_GRANTED = 1;

    /** Consent was denied. */
    public static final int CONSENT_DENIED = 2;

    /** The first of the ids that the server gives out itself. */
    public static final long FIRST_ALLOTTED = 1L << 63;

    /** The upper two bits of an id that the server gives out. */
    private static final int ALLOTTED = 2;

    /** Flag: the profile was merged into another one and only leads there. */
    public static final int FLAG_REDIRECT = 1;

    /** Flag of a slot: its vector was put, not built by events from nothing. */
    static final int SLOT_FLAG_PUT = 1;

    static final int PROFILE_ID_OFFSET = 0;
    static final int VERSION_OFFSET = PROFILE_ID_OFFSET + Long.BYTES;
    static final int FLAGS_OFFSET = VERSION_OFFSET + Integer.BYTES;
    static final int SLOT_COUNT_OFFSET = FLAGS_OFFSET + Integer.BYTES;
    static final int EVENT_POSITION_OFFSET = SLOT_COUNT_OFFSET + Short.BYTES;
    static final int IDENTITY_COUNT_OFFSET = EVENT_POSITION_OFFSET + Short.BYTES;
    static final int REDIRECT_COUNT_OFFSET = IDENTITY_COUNT_OFFSET + Short.BYTES;
    static final int REDIRECT_OFFSET = REDIRECT_COUNT_OFFSET + Short.BYTES;
    static final int HEADER_LENGTH = REDIRECT_OFFSET + Long.BYTES + 16;

    static final int SLOT_SOURCE_OFFSET = 0;
    static final int SLOT_FLAGS_OFFSET = SLOT_SOURCE_OFFSET + Byte.BYTES;
    static final int SLOT_SPACE_OFFSET = SLOT_SOURCE_OFFSET + Integer.BYTES;
    static final int SLOT_EVIDENCE_OFFSET = SLOT_SPACE_OFFSET + Integer.BYTES;
    static final int SLOT_TIME_OFFSET = SLOT_EVIDENCE_OFFSET + Double.BYTES;
    static final int SLOT_NORM_OFFSET = SLOT_TIME_OFFSET + Long.BYTES;
    static final int SLOT_VECTOR_OFFSET = SLOT_NORM_OFFSET + Double.BYTES;

    /** Length in bytes of one identity. */
    static final int IDENTITY_LENGTH = 3 * Long.BYTES;

    private ProfileDescriptor() {}

    /** Returns whether it is an id that the server gives out itself. */
    public static boolean isAllotted(long profileId) {
        return profileId >>> 62 == ALLOTTED;
    }

    /** Returns the length in bytes of one slot. */
    public static int slotLength(int dimension) {
        return SLOT_VECTOR_OFFSET + align(dimension * Float.BYTES);
    }

    /** Returns where the window of event ids starts. */
    static int eventsOffset(int sourceCapacity) {
        return HEADER_LENGTH + sourceCapacity * PURPOSES * Long.BYTES;
    }

    /** Returns where the counts of seen items start. */
    static int seenCountsOffset(int sourceCapacity) {
        return eventsOffset(sourceCapacity) + EVENT_WINDOW * Long.BYTES;
    }

    /** Returns where the first slot starts: the length of an image without slots. */
    public static int slotsOffset(int sourceCapacity) {
        return seenCountsOffset(sourceCapacity) + align(sourceCapacity * Integer.BYTES);
    }

    /** Returns the length in bytes of the longest image: all slots, identities and merged profiles in use. */
    public static int longestImage(int sourceCapacity, int slotCapacity, int dimension) {
        return imageLength(sourceCapacity, slotCapacity, dimension)
                + ProfileLinks.MAX_IDENTITIES * IDENTITY_LENGTH
                + ProfileLinks.MAX_REDIRECTS * Long.BYTES;
    }

    /** Returns the length in bytes of an image with {@code slots} slots in use and nothing that leads to it. */
    public static int imageLength(int sourceCapacity, int slots, int dimension) {
        return slotsOffset(sourceCapacity) + slots * slotLength(dimension);
    }

    static int align(int length) {
        return (length + 7) & -8;
    }
}
