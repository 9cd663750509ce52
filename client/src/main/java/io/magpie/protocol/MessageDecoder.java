package io.magpie.protocol;

import io.netty.buffer.ByteBuf;
import io.netty.util.CharsetUtil;

/**
 * What all decoders share: they are laid over a frame, check every length and count once, and then read in place.
 *
 * <p>Evolution: a block or an entry that is longer than known is from a newer peer, and its tail is skipped; so are
 * groups after the last one known. A group that is missing at the end is empty. A block that is shorter than version 1
 * made it is malformed; fields added later must be read through {@link #hasBlockField}.
 *
 * <p>Not thread-safe. Holds no reference count of the buffer.
 */
public abstract class MessageDecoder {
    private static final int VECTORS = -1;
    private static final int TEXT = -2;

    private final int minBlockLength;
    private final int[] minEntryLengths;
    private final int[] maxCounts;
    private final int[] groupOffsets;
    private final int[] entryLengths;
    private final int[] counts;

    private ByteBuf buffer;
    private int blockOffset;
    private int blockLength;

    /**
     * @param minBlockLength bytes of the block in version 1
     * @param groupCount     how many groups the message has; each must then be declared
     */
    protected MessageDecoder(int minBlockLength, int groupCount) {
        this.minBlockLength = minBlockLength;
        this.minEntryLengths = new int[groupCount];
        this.maxCounts = new int[groupCount];
        this.groupOffsets = new int[groupCount];
        this.entryLengths = new int[groupCount];
        this.counts = new int[groupCount];
    }

    /** Says what a group of fixed entries may hold. Called once, by constructors. */
    protected final void declare(int group, int minEntryLength, int maxCount) {
        minEntryLengths[group] = minEntryLength;
        maxCounts[group] = maxCount;
    }

    /** Says that a group holds vectors: float32 only, of any dimension up to the limit. Called once, by constructors. */
    protected final void declareVectors(int group, int maxCount) {
        declare(group, VECTORS, maxCount);
    }

    /** Says that a group holds bytes, which no version makes longer. Called once, by constructors. */
    protected final void declareText(int group, int maxCount) {
        declare(group, TEXT, maxCount);
    }

    /**
     * Lays the decoder over a frame and checks it.
     *
     * @param offset where the frame's length field lies
     * @param length bytes of the frame, its length field included
     * @return {@link Status#OK}; else what is wrong, and no field may be read
     */
    public final Status wrap(ByteBuf buffer, int offset, int length) {
        this.buffer = buffer;
        Status status = FrameHeader.validate(buffer, offset, length);
        if (status != Status.OK) {
            return status;
        }
        blockLength = FrameHeader.blockLength(buffer, offset);
        if (blockLength < minBlockLength) {
            return Status.MALFORMED;
        }
        blockOffset = offset + FrameHeaderDescriptor.HEADER_LENGTH;
        status = wrapGroups(blockOffset + blockLength, offset + length);
        return status == Status.OK ? check() : status;
    }

    private Status wrapGroups(int from, int end) {
        int position = from;
        for (int group = 0; group < counts.length; group++) {
            if (position == end) {
                counts[group] = 0;
                entryLengths[group] = 0;
                groupOffsets[group] = end;
                continue;
            }
            if (end - position < GroupHeaderDescriptor.HEADER_LENGTH) {
                return Status.MALFORMED;
            }
            long entryLength = buffer.getUnsignedIntLE(position + GroupHeaderDescriptor.ENTRY_LENGTH_OFFSET);
            long count = buffer.getUnsignedIntLE(position + GroupHeaderDescriptor.COUNT_OFFSET);
            position += GroupHeaderDescriptor.HEADER_LENGTH;
            if (count == 0) {
                entryLength = 0;
            } else {
                // Each factor is below 2^31 after the first two tests, so the product cannot overflow.
                long remaining = end - position;
                if (entryLength == 0
                        || entryLength > remaining
                        || count > remaining
                        || entryLength * count > remaining
                        || !isEntryLengthKnown(group, entryLength)) {
                    return Status.MALFORMED;
                }
                if (count > maxCounts[group]) {
                    return Status.OUT_OF_RANGE;
                }
            }
            groupOffsets[group] = position;
            entryLengths[group] = (int) entryLength;
            counts[group] = (int) count;
            position += (int) (entryLength * count);
        }
        return Status.OK;
    }

    private boolean isEntryLengthKnown(int group, long entryLength) {
        int least = minEntryLengths[group];
        if (least == VECTORS) {
            return entryLength % Float.BYTES == 0 && entryLength <= ProtocolLimits.MAX_DIMENSION * Float.BYTES;
        }
        return least == TEXT ? entryLength == 1 : entryLength >= least;
    }

    /** Checks what this message alone knows; called after all lengths and counts were found good. */
    protected Status check() {
        return Status.OK;
    }

    /** Returns the buffer that the decoder lies over. */
    protected final ByteBuf buffer() {
        return buffer;
    }

    /** Returns where the fixed block starts in the buffer. */
    protected final int blockOffset() {
        return blockOffset;
    }

    /** Returns whether the sender's block holds the field, which fields later than version 1 must ask. */
    protected final boolean hasBlockField(int fieldOffset, int fieldLength) {
        return fieldOffset + fieldLength <= blockLength;
    }

    /** Returns how many entries a group has. */
    protected final int count(int group) {
        return counts[group];
    }

    /** Returns the length of each vector of a group; 0 when it is empty. */
    protected final int dimension(int group) {
        return entryLengths[group] / Float.BYTES;
    }

    /** Returns where an entry starts in the buffer. */
    protected final int entry(int group, int index) {
        if (index < 0 || index >= counts[group]) {
            throw new IndexOutOfBoundsException(
                    "no such entry: group=" + group + " index=" + index + " count=" + counts[group]);
        }
        return groupOffsets[group] + index * entryLengths[group];
    }

    /** Copies a vector; returns false if a value is NaN or infinite. */
    protected final boolean copyVector(int group, int index, float[] into, int intoOffset) {
        int from = entry(group, index);
        int dimension = dimension(group);
        boolean finite = true;
        int i = 0;
        // Two at once: half of the checks of bounds.
        for (; i + 1 < dimension; i += 2) {
            long bits = buffer.getLongLE(from + i * Float.BYTES);
            float first = Float.intBitsToFloat((int) bits);
            float second = Float.intBitsToFloat((int) (bits >>> Float.SIZE));
            finite &= Float.isFinite(first) & Float.isFinite(second);
            into[intoOffset + i] = first;
            into[intoOffset + i + 1] = second;
        }
        if (i < dimension) {
            float last = buffer.getFloatLE(from + i * Float.BYTES);
            finite &= Float.isFinite(last);
            into[intoOffset + i] = last;
        }
        return finite;
    }

    /** Returns a group of bytes as UTF-8. Allocates. */
    protected final String text(int group) {
        return buffer.toString(groupOffsets[group], counts[group], CharsetUtil.UTF_8);
    }

    /** Returns whether the uint8 lengths in the entries of one group add up to the count of another. */
    protected final boolean lengthsMatch(int group, int lengthOffset, int partsGroup) {
        int sum = 0;
        for (int i = 0; i < counts[group]; i++) {
            sum += buffer.getUnsignedByte(groupOffsets[group] + i * entryLengths[group] + lengthOffset);
        }
        return sum == counts[partsGroup];
    }

    /** Returns whether a uint32 field ascends over the entries of a group, and stays below a bound. */
    protected final boolean isAscending(int group, int fieldOffset, int bound) {
        long last = -1;
        for (int i = 0; i < counts[group]; i++) {
            long value = buffer.getUnsignedIntLE(groupOffsets[group] + i * entryLengths[group] + fieldOffset);
            if (value <= last) {
                return false;
            }
            last = value;
        }
        return last < bound;
    }

    /** Returns the entry of a group whose uint32 field, which ascends, has a value; -1 if none has. */
    protected final int find(int group, int fieldOffset, int value) {
        int low = 0;
        int high = counts[group] - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int found = buffer.getIntLE(entry(group, middle) + fieldOffset);
            if (found == value) {
                return middle;
            }
            if (found < value) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -1;
    }

    /** Returns the name of an entry whose length it holds, out of the group of all names. Allocates. */
    protected final String nameAt(int group, int lengthOffset, int namesGroup, int index) {
        int start = 0;
        for (int i = 0; i < index; i++) {
            start += buffer.getUnsignedByte(entry(group, i) + lengthOffset);
        }
        int length = buffer.getUnsignedByte(entry(group, index) + lengthOffset);
        return length == 0 ? "" : buffer.toString(groupOffsets[namesGroup] + start, length, CharsetUtil.UTF_8);
    }
}
