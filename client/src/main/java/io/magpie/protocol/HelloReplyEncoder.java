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
import static io.magpie.protocol.HelloReplyDescriptor.SERVER_VERSION_GROUP;
import static io.magpie.protocol.HelloReplyDescriptor.SOURCES_ENTRY_LENGTH;
import static io.magpie.protocol.HelloReplyDescriptor.SOURCES_GROUP;
import static io.magpie.protocol.HelloReplyDescriptor.SOURCE_NAMES_GROUP;
import static io.magpie.protocol.HelloReplyDescriptor.SPACE_ID_OFFSET;
import static io.magpie.protocol.HelloReplyDescriptor.TIME_MILLIS_OFFSET;
import static io.magpie.protocol.HelloReplyDescriptor.VERSION_OFFSET;

import io.netty.buffer.ByteBuf;

/**
 * Writes {@code HelloReply}. Answer to hello: what the server is, and its limits.
 *
 * <p>Call {@code wrap}, the fields of the block in any order (those left out are zero), the groups in the order of
 * {@link HelloReplyDescriptor} (those left out are empty), then {@link #finish()}. Reusable; not thread-safe; allocates nothing.
 */
public final class HelloReplyEncoder extends MessageEncoder {
    /** Starts an answer at the buffer's writer index. The buffer stays the caller's. */
    public HelloReplyEncoder wrap(ByteBuf buffer, long correlationId) {
        beginReply(buffer, MessageType.HELLO, correlationId, Status.OK, BLOCK_LENGTH);
        return this;
    }

    /** Sets {@code version}, uint8: the protocol version that this connection speaks from now on. */
    public HelloReplyEncoder version(int version) {
        buffer().setByte(blockOffset() + VERSION_OFFSET, version);
        return this;
    }

    /** Sets {@code dimension}, uint32: length of every vector. */
    public HelloReplyEncoder dimension(int dimension) {
        buffer().setIntLE(blockOffset() + DIMENSION_OFFSET, dimension);
        return this;
    }

    /** Sets {@code features}, uint64: bits of {@link Feature} that both sides know. */
    public HelloReplyEncoder features(long features) {
        buffer().setLongLE(blockOffset() + FEATURES_OFFSET, features);
        return this;
    }

    /** Sets {@code catalogueVersion}, uint64: the catalogue that this answer saw; +1 with every change of an item. */
    public HelloReplyEncoder catalogueVersion(long catalogueVersion) {
        buffer().setLongLE(blockOffset() + CATALOGUE_VERSION_OFFSET, catalogueVersion);
        return this;
    }

    /** Sets {@code timeMillis}, int64: the server's time of this answer, milliseconds since 1970. */
    public HelloReplyEncoder timeMillis(long timeMillis) {
        buffer().setLongLE(blockOffset() + TIME_MILLIS_OFFSET, timeMillis);
        return this;
    }

    /** Sets {@code spaceId}, uint32: the live catalogue's space. */
    public HelloReplyEncoder spaceId(int spaceId) {
        buffer().setIntLE(blockOffset() + SPACE_ID_OFFSET, spaceId);
        return this;
    }

    /** Sets {@code maxFrameLength}, uint32: longest frame taken, in bytes after the length field. */
    public HelloReplyEncoder maxFrameLength(int maxFrameLength) {
        buffer().setIntLE(blockOffset() + MAX_FRAME_LENGTH_OFFSET, maxFrameLength);
        return this;
    }

    /** Sets {@code maxLimit}, uint32: most items that one answer may hold. */
    public HelloReplyEncoder maxLimit(int maxLimit) {
        buffer().setIntLE(blockOffset() + MAX_LIMIT_OFFSET, maxLimit);
        return this;
    }

    /** Sets {@code maxListLength}, uint32: most entries in one list of a request. */
    public HelloReplyEncoder maxListLength(int maxListLength) {
        buffer().setIntLE(blockOffset() + MAX_LIST_LENGTH_OFFSET, maxListLength);
        return this;
    }

    /** Writes the server's release; UTF-8. */
    public HelloReplyEncoder serverVersion(CharSequence text) {
        writeText(SERVER_VERSION_GROUP, text);
        return this;
    }

    /** Starts the configured sources, in their order: {@code count} calls of {@link #addSource} follow. */
    public HelloReplyEncoder beginSources(int count) {
        beginGroup(SOURCES_GROUP, SOURCES_ENTRY_LENGTH, count);
        return this;
    }

    /** Writes an entry of a source that does not say what it holds; see {@link #addSource(double, long, int, int, int)}. */
    public HelloReplyEncoder addSource(double weight, long halfLifeMillis, int number, int nameLength) {
        return addSource(weight, halfLifeMillis, number, nameLength, 0);
    }

    /**
     * Writes an entry.
     *
     * @param weight float64: share of the source in the fused vector
     * @param halfLifeMillis int64: time in which evidence halves, milliseconds
     * @param number uint8: the source's number on the wire
     * @param nameLength uint8: bytes of its name in sourceNames
     * @param kind uint8: what the source holds: 0 unsaid, 1 own, 2 derived
     */
    public HelloReplyEncoder addSource(double weight, long halfLifeMillis, int number, int nameLength, int kind) {
        ByteBuf out = buffer();
        out.writeDoubleLE(weight);
        out.writeLongLE(halfLifeMillis);
        out.writeByte(number);
        out.writeByte(nameLength);
        out.writeByte(kind);
        out.writeZero(5);
        return this;
    }

    /** Writes the sources' names one after the other; UTF-8. */
    public HelloReplyEncoder sourceNames(CharSequence text) {
        writeText(SOURCE_NAMES_GROUP, text);
        return this;
    }

    /** Starts the purposes that consent is given for: {@code count} calls of {@link #addPurpose} follow. */
    public HelloReplyEncoder beginPurposes(int count) {
        beginGroup(PURPOSES_GROUP, PURPOSES_ENTRY_LENGTH, count);
        return this;
    }

    /**
     * Writes an entry.
     *
     * @param number uint8: the purpose's number on the wire
     * @param nameLength uint8: bytes of its name in purposeNames
     */
    public HelloReplyEncoder addPurpose(int number, int nameLength) {
        ByteBuf out = buffer();
        out.writeByte(number);
        out.writeByte(nameLength);
        out.writeZero(6);
        return this;
    }

    /** Writes the purposes' names one after the other; UTF-8. */
    public HelloReplyEncoder purposeNames(CharSequence text) {
        writeText(PURPOSE_NAMES_GROUP, text);
        return this;
    }
}
