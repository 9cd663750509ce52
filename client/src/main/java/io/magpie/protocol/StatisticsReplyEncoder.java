package io.magpie.protocol;

import static io.magpie.protocol.StatisticsReplyDescriptor.BLOCK_LENGTH;
import static io.magpie.protocol.StatisticsReplyDescriptor.CATALOGUE_VERSION_OFFSET;
import static io.magpie.protocol.StatisticsReplyDescriptor.COUNTERS_ENTRY_LENGTH;
import static io.magpie.protocol.StatisticsReplyDescriptor.COUNTERS_GROUP;
import static io.magpie.protocol.StatisticsReplyDescriptor.COUNTER_NAMES_GROUP;
import static io.magpie.protocol.StatisticsReplyDescriptor.SPACE_ID_OFFSET;
import static io.magpie.protocol.StatisticsReplyDescriptor.TIME_MILLIS_OFFSET;

import io.netty.buffer.ByteBuf;

/**
 * Writes {@code StatisticsReply}. The server's counters, each with its name, so that new ones need no new layout.
 *
 * <p>Call {@code wrap}, the fields of the block in any order (those left out are zero), the groups in the order of
 * {@link StatisticsReplyDescriptor} (those left out are empty), then {@link #finish()}. Reusable; not thread-safe; allocates nothing.
 */
public final class StatisticsReplyEncoder extends MessageEncoder {
    /** Starts an answer at the buffer's writer index. The buffer stays the caller's. */
    public StatisticsReplyEncoder wrap(ByteBuf buffer, long correlationId) {
        beginReply(buffer, MessageType.STATISTICS, correlationId, Status.OK, BLOCK_LENGTH);
        return this;
    }

    /** Sets {@code catalogueVersion}, uint64: the catalogue that this answer saw; +1 with every change of an item. */
    public StatisticsReplyEncoder catalogueVersion(long catalogueVersion) {
        buffer().setLongLE(blockOffset() + CATALOGUE_VERSION_OFFSET, catalogueVersion);
        return this;
    }

    /** Sets {@code timeMillis}, int64: the server's time of this answer, milliseconds since 1970. */
    public StatisticsReplyEncoder timeMillis(long timeMillis) {
        buffer().setLongLE(blockOffset() + TIME_MILLIS_OFFSET, timeMillis);
        return this;
    }

    /** Sets {@code spaceId}, uint32: the live catalogue's space. */
    public StatisticsReplyEncoder spaceId(int spaceId) {
        buffer().setIntLE(blockOffset() + SPACE_ID_OFFSET, spaceId);
        return this;
    }

    /** Starts the counters: {@code count} calls of {@link #addCounter} follow. */
    public StatisticsReplyEncoder beginCounters(int count) {
        beginGroup(COUNTERS_GROUP, COUNTERS_ENTRY_LENGTH, count);
        return this;
    }

    /**
     * Writes an entry.
     *
     * @param valueBits uint64: an int64, or the bits of a float64
     * @param kind uint8: 0 int64, 1 float64
     * @param nameLength uint8: bytes of its name in counterNames
     */
    public StatisticsReplyEncoder addCounter(long valueBits, int kind, int nameLength) {
        ByteBuf out = buffer();
        out.writeLongLE(valueBits);
        out.writeByte(kind);
        out.writeByte(nameLength);
        out.writeZero(6);
        return this;
    }

    /** Writes the counters' names one after the other; UTF-8. */
    public StatisticsReplyEncoder counterNames(CharSequence text) {
        writeText(COUNTER_NAMES_GROUP, text);
        return this;
    }
}
