package io.magpie.protocol;

/**
 * Layout of {@code HelloReply}. Answer to hello: what the server is, and its limits.
 *
 * <pre>
 * fixed block
 * +------+------------------+---------+
 * |    0 | version          | uint8   |
 * |    1 | reserved         | 3 bytes |
 * |    4 | dimension        | uint32  |
 * |    8 | features         | uint64  |
 * |   16 | catalogueVersion | uint64  |
 * |   24 | timeMillis       | int64   |
 * |   32 | spaceId          | uint32  |
 * |   36 | maxFrameLength   | uint32  |
 * |   40 | maxLimit         | uint32  |
 * |   44 | maxListLength    | uint32  |
 * +------+------------------+---------+
 * group 0: serverVersion, entries of one byte
 * group 1: sources
 * +------+----------------+---------+
 * |    0 | weight         | float64 |
 * |    8 | halfLifeMillis | int64   |
 * |   16 | number         | uint8   |
 * |   17 | nameLength     | uint8   |
 * |   18 | kind           | uint8   |
 * |   19 | reserved       | 5 bytes |
 * +------+----------------+---------+
 * group 2: sourceNames, entries of one byte
 * group 3: purposes
 * +------+------------+---------+
 * |    0 | number     | uint8   |
 * |    1 | nameLength | uint8   |
 * |    2 | reserved   | 6 bytes |
 * +------+------------+---------+
 * group 4: purposeNames, entries of one byte
 * </pre>
 */
public final class HelloReplyDescriptor {
    /** uint8: the protocol version that this connection speaks from now on. */
    public static final int VERSION_OFFSET = 0;

    /** Padding, zero. */
    public static final int RESERVED_OFFSET = VERSION_OFFSET + Byte.BYTES;

    /** uint32: length of every vector. */
    public static final int DIMENSION_OFFSET = RESERVED_OFFSET + 3;

    /** uint64: bits of Feature that both sides know. */
    public static final int FEATURES_OFFSET = DIMENSION_OFFSET + Integer.BYTES;

    /** uint64: the catalogue that this answer saw; +1 with every change of an item. */
    public static final int CATALOGUE_VERSION_OFFSET = FEATURES_OFFSET + Long.BYTES;

    /** int64: the server's time of this answer, milliseconds since 1970. */
    public static final int TIME_MILLIS_OFFSET = CATALOGUE_VERSION_OFFSET + Long.BYTES;

    /** uint32: the live catalogue's space. */
    public static final int SPACE_ID_OFFSET = TIME_MILLIS_OFFSET + Long.BYTES;

    /** uint32: longest frame taken, in bytes after the length field. */
    public static final int MAX_FRAME_LENGTH_OFFSET = SPACE_ID_OFFSET + Integer.BYTES;

    /** uint32: most items that one answer may hold. */
    public static final int MAX_LIMIT_OFFSET = MAX_FRAME_LENGTH_OFFSET + Integer.BYTES;

    /** uint32: most entries in one list of a request. */
    public static final int MAX_LIST_LENGTH_OFFSET = MAX_LIMIT_OFFSET + Integer.BYTES;

    /** Bytes of the fixed block. */
    public static final int BLOCK_LENGTH = MAX_LIST_LENGTH_OFFSET + Integer.BYTES;

    /** Place of the group: the server's release; UTF-8. */
    public static final int SERVER_VERSION_GROUP = 0;

    /** Place of the group: the configured sources, in their order. */
    public static final int SOURCES_GROUP = 1;

    /** float64: share of the source in the fused vector. */
    public static final int SOURCE_WEIGHT_OFFSET = 0;

    /** int64: time in which evidence halves, milliseconds. */
    public static final int SOURCE_HALF_LIFE_MILLIS_OFFSET = SOURCE_WEIGHT_OFFSET + Double.BYTES;

    /** uint8: the source's number on the wire. */
    public static final int SOURCE_NUMBER_OFFSET = SOURCE_HALF_LIFE_MILLIS_OFFSET + Long.BYTES;

    /** uint8: bytes of its name in sourceNames. */
    public static final int SOURCE_NAME_LENGTH_OFFSET = SOURCE_NUMBER_OFFSET + Byte.BYTES;

    /** uint8: what the source holds: 0 unsaid, 1 own, 2 derived. */
    public static final int SOURCE_KIND_OFFSET = SOURCE_NAME_LENGTH_OFFSET + Byte.BYTES;

    /** Padding, zero. */
    public static final int SOURCE_RESERVED_OFFSET = SOURCE_KIND_OFFSET + Byte.BYTES;

    /** Bytes of an entry of sources. */
    public static final int SOURCES_ENTRY_LENGTH = SOURCE_RESERVED_OFFSET + 5;

    /** Place of the group: the sources' names one after the other; UTF-8. */
    public static final int SOURCE_NAMES_GROUP = 2;

    /** Place of the group: the purposes that consent is given for. */
    public static final int PURPOSES_GROUP = 3;

    /** uint8: the purpose's number on the wire. */
    public static final int PURPOSE_NUMBER_OFFSET = 0;

    /** uint8: bytes of its name in purposeNames. */
    public static final int PURPOSE_NAME_LENGTH_OFFSET = PURPOSE_NUMBER_OFFSET + Byte.BYTES;

    /** Padding, zero. */
    public static final int PURPOSE_RESERVED_OFFSET = PURPOSE_NAME_LENGTH_OFFSET + Byte.BYTES;

    /** Bytes of an entry of purposes. */
    public static final int PURPOSES_ENTRY_LENGTH = PURPOSE_RESERVED_OFFSET + 6;

    /** Place of the group: the purposes' names one after the other; UTF-8. */
    public static final int PURPOSE_NAMES_GROUP = 4;

    private HelloReplyDescriptor() {}
}
