package io.magpie.protocol;

import static io.magpie.protocol.StatisticsReplyDescriptor.BLOCK_LENGTH;
import static io.magpie.protocol.StatisticsReplyDescriptor.CATALOGUE_VERSION_OFFSET;
import static io.magpie.protocol.StatisticsReplyDescriptor.COUNTERS_ENTRY_LENGTH;
import static io.magpie.protocol.StatisticsReplyDescriptor.COUNTERS_GROUP;
import static io.magpie.protocol.StatisticsReplyDescriptor.COUNTER_KIND_OFFSET;
import static io.magpie.protocol.StatisticsReplyDescriptor.COUNTER_NAMES_GROUP;
import static io.magpie.protocol.StatisticsReplyDescriptor.COUNTER_NAME_LENGTH_OFFSET;
import static io.magpie.protocol.StatisticsReplyDescriptor.COUNTER_VALUE_BITS_OFFSET;
import static io.magpie.protocol.StatisticsReplyDescriptor.SPACE_ID_OFFSET;
import static io.magpie.protocol.StatisticsReplyDescriptor.TIME_MILLIS_OFFSET;

/**
 * Reads {@code StatisticsReply} in place. The server's counters, each with its name, so that new ones need no new layout.
 *
 * <p>{@link #wrap} first, and read fields only if it says {@link Status#OK}. Valid as long as the buffer is; holds no
 * reference count. Reusable; not thread-safe; allocates nothing except where said.
 */
public final class StatisticsReplyDecoder extends MessageDecoder {
    /** The counter's value bits are an int64. */
    public static final int KIND_INT64 = 0;

    /** The counter's value bits are those of a float64. */
    public static final int KIND_FLOAT64 = 1;

    /** Creates a decoder that is wrapped around nothing. */
    public StatisticsReplyDecoder() {
        super(BLOCK_LENGTH, 2);
        declare(COUNTERS_GROUP, COUNTERS_ENTRY_LENGTH, ProtocolLimits.MAX_COUNTERS);
        declareText(COUNTER_NAMES_GROUP, ProtocolLimits.MAX_NAMES_LENGTH);
    }

    @Override
    protected Status check() {
        return lengthsMatch(COUNTERS_GROUP, COUNTER_NAME_LENGTH_OFFSET, COUNTER_NAMES_GROUP)
                ? Status.OK
                : Status.MALFORMED;
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

    /** Returns how many entries there are: the counters. */
    public int counterCount() {
        return count(COUNTERS_GROUP);
    }

    /** Returns {@code valueBits}, uint64: an int64, or the bits of a float64. */
    public long counterValueBits(int index) {
        return buffer().getLongLE(entry(COUNTERS_GROUP, index) + COUNTER_VALUE_BITS_OFFSET);
    }

    /** Returns {@code kind}, uint8: 0 int64, 1 float64. */
    public int counterKind(int index) {
        return buffer().getUnsignedByte(entry(COUNTERS_GROUP, index) + COUNTER_KIND_OFFSET);
    }

    /** Returns {@code nameLength}, uint8: bytes of its name in counterNames. */
    public int counterNameLength(int index) {
        return buffer().getUnsignedByte(entry(COUNTERS_GROUP, index) + COUNTER_NAME_LENGTH_OFFSET);
    }

    /** Returns the counters' names one after the other; UTF-8. Allocates. */
    public String counterNames() {
        return text(COUNTER_NAMES_GROUP);
    }

    /** Returns the bytes of counterNames. */
    public int counterNamesLength() {
        return count(COUNTER_NAMES_GROUP);
    }

    /** Returns a counter's name. Walks the names before it; allocates. */
    public String counterName(int index) {
        return nameAt(COUNTERS_GROUP, COUNTER_NAME_LENGTH_OFFSET, COUNTER_NAMES_GROUP, index);
    }
}
