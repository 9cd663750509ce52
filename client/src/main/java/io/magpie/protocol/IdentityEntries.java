package io.magpie.protocol;

/**
 * Layout of an entry of the group {@code identities}, which is the last of every request that names profiles: an identity in
 * the place of a profile id. Places are counted from 0 in the order in which the message says; the id that stands there is
 * 2^64-1. Entries are in the order of their places.
 *
 * <pre>
 * +------+------------+----------+
 * |    0 | place      | uint32   |
 * |    4 | source     | uint8    |
 * |    5 | idLength   | uint8    |
 * |    6 | reserved   | 2 bytes  |
 * |    8 | externalId | 64 bytes |
 * +------+------------+----------+
 * </pre>
 */
final class IdentityEntries {
    static final int PLACE_OFFSET = 0;
    static final int SOURCE_OFFSET = PLACE_OFFSET + Integer.BYTES;
    static final int ID_LENGTH_OFFSET = SOURCE_OFFSET + Byte.BYTES;
    static final int RESERVED_OFFSET = ID_LENGTH_OFFSET + Byte.BYTES;
    static final int EXTERNAL_ID_OFFSET = RESERVED_OFFSET + 2;
    static final int LENGTH = EXTERNAL_ID_OFFSET + ProtocolLimits.MAX_EXTERNAL_ID_LENGTH;

    private IdentityEntries() {}
}
