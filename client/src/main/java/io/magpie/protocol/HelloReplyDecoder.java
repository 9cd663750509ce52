package io.magpie.protocol;

import static io.magpie.protocol.HelloReplyDescriptor.BLOCK_LENGTH;
import static io.magpie.protocol.HelloReplyDescriptor.CATALOGUE_VERSION_OFFSET;
import static io.magpie.protocol.HelloReplyDescriptor.DIMENSION_OFFSET;
import static io.magpie.protocol.HelloReplyDescriptor.FEATURES_OFFSET;
import static io.magpie.protocol.HelloReplyDescriptor.MAX_FRAME_LENGTH_OFFSET;
import static io.magpie.protocol.HelloReplyDescriptor.MAX_LIMIT_OFFSET;
import static io.magpie.protocol.HelloReplyDescriptor.MAX_LIST_LENGTH_OFFSET;
import static io.magpie.protocol.HelloReplyDescriptor.PURPOSES_ENTRY_LENGTH;
import static io.magpie.protocol.HelloReplyDescriptor.PURPOSES_GROUP;
import static io.magpie.protocol.HelloReplyDescriptor.PURPOSE_NAMES_GROUP;
import static io.magpie.protocol.HelloReplyDescriptor.PURPOSE_NAME_LENGTH_OFFSET;
import static io.magpie.protocol.HelloReplyDescriptor.PURPOSE_NUMBER_OFFSET;
import static io.magpie.protocol.HelloReplyDescriptor.SERVER_VERSION_GROUP;
import static io.magpie.protocol.HelloReplyDescriptor.SOURCES_ENTRY_LENGTH;
import static io.magpie.protocol.HelloReplyDescriptor.SOURCES_GROUP;
import static io.magpie.protocol.HelloReplyDescriptor.SOURCE_HALF_LIFE_MILLIS_OFFSET;
import static io.magpie.protocol.HelloReplyDescriptor.SOURCE_KIND_OFFSET;
import static io.magpie.protocol.HelloReplyDescriptor.SOURCE_NAMES_GROUP;
import static io.magpie.protocol.HelloReplyDescriptor.SOURCE_NAME_LENGTH_OFFSET;
import static io.magpie.protocol.HelloReplyDescriptor.SOURCE_NUMBER_OFFSET;
import static io.magpie.protocol.HelloReplyDescriptor.SOURCE_WEIGHT_OFFSET;
import static io.magpie.protocol.HelloReplyDescriptor.SPACE_ID_OFFSET;
import static io.magpie.protocol.HelloReplyDescriptor.TIME_MILLIS_OFFSET;
import static io.magpie.protocol.HelloReplyDescriptor.VERSION_OFFSET;

/**
 * Reads {@code HelloReply} in place. Answer to hello: what the server is, and its limits.
 *
 * <p>{@link #wrap} first, and read fields only if it says {@link Status#OK}. Valid as long as the buffer is; holds no
 * reference count. Reusable; not thread-safe; allocates nothing except where said.
 */
public final class HelloReplyDecoder extends MessageDecoder {

    /** Creates a decoder that is wrapped around nothing. */
    public HelloReplyDecoder() {
        super(BLOCK_LENGTH, 5);
        declareText(SERVER_VERSION_GROUP, ProtocolLimits.MAX_TEXT_LENGTH);
        declare(SOURCES_GROUP, SOURCES_ENTRY_LENGTH, ProtocolLimits.MAX_SOURCES);
        declareText(SOURCE_NAMES_GROUP, ProtocolLimits.MAX_NAMES_LENGTH);
        declare(PURPOSES_GROUP, PURPOSES_ENTRY_LENGTH, ProtocolLimits.MAX_PURPOSES);
        declareText(PURPOSE_NAMES_GROUP, ProtocolLimits.MAX_NAMES_LENGTH);
    }

    @Override
    protected Status check() {
        if (!lengthsMatch(SOURCES_GROUP, SOURCE_NAME_LENGTH_OFFSET, SOURCE_NAMES_GROUP)
                || !lengthsMatch(PURPOSES_GROUP, PURPOSE_NAME_LENGTH_OFFSET, PURPOSE_NAMES_GROUP)) {
            return Status.MALFORMED;
        }
        return Status.OK;
    }

    /** Returns {@code version}, uint8: the protocol version that this connection speaks from now on. */
    public int version() {
        return buffer().getUnsignedByte(blockOffset() + VERSION_OFFSET);
    }

    /** Returns {@code dimension}, uint32: length of every vector. */
    public int dimension() {
        return buffer().getIntLE(blockOffset() + DIMENSION_OFFSET);
    }

    /** Returns {@code features}, uint64: bits of {@link Feature} that both sides know. */
    public long features() {
        return buffer().getLongLE(blockOffset() + FEATURES_OFFSET);
    }

    /** Returns {@code catalogueVersion}, uint64: the catalogue that this answer saw; +1 with every change of an item. */
    public long catalogueVersion() {
        return buffer().getLongLE(blockOffset() + CATALOGUE_VERSION_OFFSET);
    }

    /** Returns {@code timeMillis}, int64: the server's time of this answer, milliseconds since 1970. */
    public long timeMillis() {
        return buffer().getLongLE(blockOffset() + TIME_MILLIS_OFFSET);
    }

    /** Returns {@code spaceId}, uint32: the live catalogue's space. */
    public int spaceId() {
        return buffer().getIntLE(blockOffset() + SPACE_ID_OFFSET);
    }

    /** Returns {@code maxFrameLength}, uint32: longest frame taken, in bytes after the length field. */
    public int maxFrameLength() {
        return buffer().getIntLE(blockOffset() + MAX_FRAME_LENGTH_OFFSET);
    }

    /** Returns {@code maxLimit}, uint32: most items that one answer may hold. */
    public int maxLimit() {
        return buffer().getIntLE(blockOffset() + MAX_LIMIT_OFFSET);
    }

    /** Returns {@code maxListLength}, uint32: most entries in one list of a request. */
    public int maxListLength() {
        return buffer().getIntLE(blockOffset() + MAX_LIST_LENGTH_OFFSET);
    }

    /** Returns the server's release; UTF-8. Allocates. */
    public String serverVersion() {
        return text(SERVER_VERSION_GROUP);
    }

    /** Returns the bytes of serverVersion. */
    public int serverVersionLength() {
        return count(SERVER_VERSION_GROUP);
    }

    /** Returns how many entries there are: the configured sources, in their order. */
    public int sourceCount() {
        return count(SOURCES_GROUP);
    }

    /** Returns {@code weight}, float64: share of the source in the fused vector. */
    public double sourceWeight(int index) {
        return buffer().getDoubleLE(entry(SOURCES_GROUP, index) + SOURCE_WEIGHT_OFFSET);
    }

    /** Returns {@code halfLifeMillis}, int64: time in which evidence halves, milliseconds. */
    public long sourceHalfLifeMillis(int index) {
        return buffer().getLongLE(entry(SOURCES_GROUP, index) + SOURCE_HALF_LIFE_MILLIS_OFFSET);
    }

    /** Returns {@code number}, uint8: the source's number on the wire. */
    public int sourceNumber(int index) {
        return buffer().getUnsignedByte(entry(SOURCES_GROUP, index) + SOURCE_NUMBER_OFFSET);
    }

    /** Returns {@code kind}, uint8: what the source holds: 0 unsaid, 1 own, 2 derived. */
    public int sourceKind(int index) {
        return buffer().getUnsignedByte(entry(SOURCES_GROUP, index) + SOURCE_KIND_OFFSET);
    }

    /** Returns {@code nameLength}, uint8: bytes of its name in sourceNames. */
    public int sourceNameLength(int index) {
        return buffer().getUnsignedByte(entry(SOURCES_GROUP, index) + SOURCE_NAME_LENGTH_OFFSET);
    }

    /** Returns the sources' names one after the other; UTF-8. Allocates. */
    public String sourceNames() {
        return text(SOURCE_NAMES_GROUP);
    }

    /** Returns the bytes of sourceNames. */
    public int sourceNamesLength() {
        return count(SOURCE_NAMES_GROUP);
    }

    /** Returns how many entries there are: the purposes that consent is given for. */
    public int purposeCount() {
        return count(PURPOSES_GROUP);
    }

    /** Returns {@code number}, uint8: the purpose's number on the wire. */
    public int purposeNumber(int index) {
        return buffer().getUnsignedByte(entry(PURPOSES_GROUP, index) + PURPOSE_NUMBER_OFFSET);
    }

    /** Returns {@code nameLength}, uint8: bytes of its name in purposeNames. */
    public int purposeNameLength(int index) {
        return buffer().getUnsignedByte(entry(PURPOSES_GROUP, index) + PURPOSE_NAME_LENGTH_OFFSET);
    }

    /** Returns the purposes' names one after the other; UTF-8. Allocates. */
    public String purposeNames() {
        return text(PURPOSE_NAMES_GROUP);
    }

    /** Returns the bytes of purposeNames. */
    public int purposeNamesLength() {
        return count(PURPOSE_NAMES_GROUP);
    }

    /** Returns a source's name. Walks the names before it; allocates. */
    public String sourceName(int index) {
        return nameAt(SOURCES_GROUP, SOURCE_NAME_LENGTH_OFFSET, SOURCE_NAMES_GROUP, index);
    }

    /** Returns a purpose's name. Walks the names before it; allocates. */
    public String purposeName(int index) {
        return nameAt(PURPOSES_GROUP, PURPOSE_NAME_LENGTH_OFFSET, PURPOSE_NAMES_GROUP, index);
    }
}
