package io.magpie.core.log;

import static io.magpie.core.log.LogDescriptor.LENGTH_AGAIN_OFFSET;
import static io.magpie.core.log.LogDescriptor.PARTS_OFFSET;
import static io.magpie.core.log.LogDescriptor.PART_CHECKED_LENGTH;
import static io.magpie.core.log.LogDescriptor.PART_CRC_OFFSET;
import static io.magpie.core.log.LogDescriptor.PART_HEADER_LENGTH;
import static io.magpie.core.log.LogDescriptor.PART_ID_OFFSET;
import static io.magpie.core.log.LogDescriptor.PART_KIND_OFFSET;
import static io.magpie.core.log.LogDescriptor.PART_LENGTH_OFFSET;
import static io.magpie.core.log.LogDescriptor.PART_SCRUBBED_OFFSET;
import static io.magpie.core.log.LogDescriptor.PART_SUB_OFFSET;
import static io.magpie.core.log.LogDescriptor.RECORD_HEADER_LENGTH;
import static io.magpie.core.log.LogDescriptor.SCRUBBED;
import static io.magpie.core.log.LogDescriptor.SEGMENT_HEADER_LENGTH;
import static io.magpie.core.log.LogDescriptor.SEQUENCE_OFFSET;
import static io.magpie.core.log.LogDescriptor.TYPE_OFFSET;
import static io.magpie.core.log.LogDescriptor.align;
import static io.magpie.core.log.LogDescriptor.commitWord;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.IntPredicate;
import java.util.zip.CRC32C;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Append-only log of changes in segments, which are files mapped into memory. A record that was committed survives the
 * end of its process without any system call; {@link #force()} makes it survive the end of the machine.
 *
 * <p>Thread contract: one thread at a time appends, scrubs and cuts (the holder of the writer's lock); {@link #force()}
 * and {@link #cut(long)} are not called beside each other. Segments are prepared ahead on the executor. Committing
 * allocates nothing, but for the moments when a segment is full.
 */
public final class UpdateLog implements AutoCloseable {
    private static final int FIRST_PENDING_LENGTH = 64 << 10;

    /** For the test that must notice: records are counted and thrown away. */
    private static final boolean DROPPED = Boolean.getBoolean("magpie.test.dropLog");

    private final Path directory;
    private final int segmentBytes;
    private final Executor keeper;
    private final CRC32C crc = new CRC32C();
    private final List<String> damage;
    /** All segments that have come into use, oldest first; replaced as a whole. */
    private volatile List<LogSegment> segments;

    private final Object preparing = new Object();
    private LogSegment prepared;
    private long nextNumber;
    private boolean closed;

    private UnsafeBuffer pending = new UnsafeBuffer(new byte[FIRST_PENDING_LENGTH]);
    private int pendingLength;
    private int pendingParts;
    private int pendingType;
    private LogSegment current;
    private int newestPosition;
    private volatile long lastSequence;
    /** Read by the thread that forces, which may run beside an append. */
    private volatile long forcedSequence;

    private UpdateLog(Path directory, int segmentBytes, Executor keeper, LogContents contents, long lastSequence) {
        this.directory = directory;
        this.segmentBytes = segmentBytes;
        this.keeper = keeper;
        damage = contents.damage();
        segments = contents.segments();
        prepared = contents.prepared();
        nextNumber = contents.nextNumber();
        this.lastSequence = Math.max(lastSequence, contents.lastSequence());
    }

    /**
     * Opens the log of a directory, which must exist, and checks all of it. What a crash tore at the very end is dropped:
     * overwritten with zeros, and told by {@link #damage()}.
     *
     * @param directory    of this log alone
     * @param segmentBytes length of new segments, a multiple of 4,096
     * @param checkpoint   number of the newest record that is not needed any more: what follows must be there
     * @param acceptLoss   go on, and tell by {@link #damage()}, where a record in the middle is damaged or missing
     * @param keeper       runs what prepares segments ahead
     * @throws LogDamagedException if a record before the last one is damaged or missing; no file was touched then
     * @throws IOException         if a file cannot be read
     */
    public static UpdateLog open(Path directory, int segmentBytes, long checkpoint, boolean acceptLoss, Executor keeper)
            throws IOException {
        if (segmentBytes <= 0 || (segmentBytes & 4095) != 0) {
            throw new IllegalArgumentException("not a multiple of 4096: segmentBytes=" + segmentBytes);
        }
        if (ByteOrder.nativeOrder() != ByteOrder.LITTLE_ENDIAN) {
            throw new IOException("the files of this store need a little-endian machine");
        }
        LogContents contents = LogContents.read(directory, segmentBytes, checkpoint, acceptLoss);
        return new UpdateLog(directory, segmentBytes, keeper, contents, checkpoint);
    }

    /** Returns what was dropped or found missing when it was opened, for people; empty if nothing. */
    public List<String> damage() {
        return damage;
    }

    /**
     * Hands over the parts of all records above a number, in their order. To be called before anything is appended.
     *
     * @throws IOException what the handler throws
     */
    public void replay(long aboveSequence, RecordHandler handler) throws IOException {
        for (LogSegment segment : segments) {
            long sequence = segment.firstSequence();
            int position = SEGMENT_HEADER_LENGTH;
            while (position < segment.end()) {
                int length = segment.memory().getInt(position);
                if (sequence > aboveSequence) {
                    handParts(segment.memory(), position, sequence, handler);
                }
                position += length;
                sequence++;
            }
        }
    }

    private static void handParts(UnsafeBuffer memory, int position, long sequence, RecordHandler handler)
            throws IOException {
        int type = memory.getShort(position + TYPE_OFFSET) & 0xFFFF;
        int parts = memory.getShort(position + PARTS_OFFSET) & 0xFFFF;
        int part = position + RECORD_HEADER_LENGTH;
        for (int i = 0; i < parts; i++) {
            int length = memory.getInt(part + PART_LENGTH_OFFSET);
            if (memory.getInt(part + PART_SCRUBBED_OFFSET) != SCRUBBED) {
                handler.onPart(
                        sequence,
                        type,
                        memory.getShort(part + PART_KIND_OFFSET) & 0xFFFF,
                        memory.getLong(part + PART_ID_OFFSET),
                        memory.getInt(part + PART_SUB_OFFSET),
                        memory,
                        part + PART_HEADER_LENGTH,
                        length);
            }
            part += PART_HEADER_LENGTH + align(length);
        }
    }

    /** Begins a record; what was begun and not committed is forgotten. */
    public void begin(int type) {
        pendingType = type;
        pendingLength = RECORD_HEADER_LENGTH;
        pendingParts = 0;
    }

    /**
     * Adds a part.
     *
     * @param kind   0..65,535
     * @param id     first half of its key
     * @param sub    second half of its key
     * @param buffer holds the payload; copied
     * @param offset of the payload's first byte
     * @param length of the payload in bytes; may be 0
     */
    public void part(int kind, long id, int sub, byte[] buffer, int offset, int length) {
        int partLength = PART_HEADER_LENGTH + align(length);
        reserve(partLength);
        int part = pendingLength;
        pending.putLong(part + partLength - Long.BYTES, 0);
        pending.putInt(part + PART_LENGTH_OFFSET, length);
        pending.putInt(part + PART_KIND_OFFSET, kind & 0xFFFF);
        pending.putLong(part + PART_ID_OFFSET, id);
        pending.putInt(part + PART_SUB_OFFSET, sub);
        crc.reset();
        crc.update(buffer, offset, length);
        pending.putInt(part + PART_CRC_OFFSET, (int) crc.getValue());
        pending.putLong(part + PART_SCRUBBED_OFFSET, 0);
        pending.putBytes(part + PART_HEADER_LENGTH, buffer, offset, length);
        pendingLength += partLength;
        pendingParts++;
    }

    private void reserve(int length) {
        if (length > segmentBytes - SEGMENT_HEADER_LENGTH - pendingLength || pendingParts == 0xFFFF) {
            throw new IllegalStateException("one change is larger than a segment of the log: parts=" + pendingParts
                    + " bytes=" + (pendingLength + length) + " logSegmentBytes=" + segmentBytes);
        }
        if (pendingLength + length > pending.capacity()) {
            byte[] larger = new byte[Math.min(segmentBytes, Integer.highestOneBit(pendingLength + length) * 2)];
            pending.getBytes(0, larger, 0, pendingLength);
            pending = new UnsafeBuffer(larger);
        }
    }

    /**
     * Appends the record. When this returns, it survives the end of the process.
     *
     * @return its number, one more than the last
     * @throws IOException if a new segment is needed and cannot be made; nothing was appended
     */
    public long commit() throws IOException {
        long sequence = lastSequence + 1;
        if (DROPPED) {
            lastSequence = sequence;
            return sequence;
        }
        if (current == null || pendingLength > current.length() - current.end()) {
            roll(sequence);
        }
        pending.putLong(SEQUENCE_OFFSET, sequence);
        pending.putShort(TYPE_OFFSET, (short) pendingType);
        pending.putShort(PARTS_OFFSET, (short) pendingParts);
        pending.putInt(LENGTH_AGAIN_OFFSET, pendingLength);
        byte[] bytes = pending.byteArray();
        crc.reset();
        crc.update(bytes, SEQUENCE_OFFSET, RECORD_HEADER_LENGTH - SEQUENCE_OFFSET);
        int part = RECORD_HEADER_LENGTH;
        for (int i = 0; i < pendingParts; i++) {
            crc.update(bytes, part, PART_CHECKED_LENGTH);
            part += PART_HEADER_LENGTH + align(pending.getInt(part + PART_LENGTH_OFFSET));
        }
        int position = current.end();
        UnsafeBuffer memory = current.memory();
        memory.putBytes(position + SEQUENCE_OFFSET, pending, SEQUENCE_OFFSET, pendingLength - SEQUENCE_OFFSET);
        // Last and at once: a record is either there or not.
        memory.putLongRelease(position, commitWord(pendingLength, (int) crc.getValue()));
        current.end(position + pendingLength, sequence);
        newestPosition = position;
        lastSequence = sequence;
        return sequence;
    }

    private void roll(long sequence) throws IOException {
        LogSegment next;
        synchronized (preparing) {
            next = prepared != null ? prepared : LogSegment.prepare(directory, nextNumber++, segmentBytes);
            prepared = null;
        }
        next.activate(sequence);
        List<LogSegment> all = new ArrayList<>(segments);
        all.add(next);
        segments = List.copyOf(all);
        current = next;
        prepareAhead();
    }

    /** Has the next segment made on the executor, so that no change waits for it. */
    public void prepareAhead() {
        keeper.execute(() -> {
            synchronized (preparing) {
                if (prepared == null && !closed) {
                    try {
                        prepared = LogSegment.prepare(directory, nextNumber, segmentBytes);
                        nextNumber++;
                    } catch (IOException e) {
                        // Not lost: who needs the segment makes it himself, and then it is his error.
                        prepared = null;
                    }
                }
            }
        });
    }

    /** Returns the number of the newest record. Any thread. */
    public long lastSequence() {
        return lastSequence;
    }

    /** Returns how many segments have come into use and were not cut. Any thread. */
    public int segmentCount() {
        return segments.size();
    }

    /**
     * Forces everything that was appended before the call to the device (msync of each segment touched since the last
     * call). May run beside an append.
     *
     * @throws IOException if the device fails
     */
    public void force() throws IOException {
        long upTo = lastSequence;
        long from = forcedSequence;
        try {
            for (LogSegment segment : segments) {
                if (segment.lastSequence() > from) {
                    segment.force();
                }
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        forcedSequence = Math.max(forcedSequence, upTo);
    }

    /**
     * Forces the newest record to the device, if all before it were forced in the same way. Called by the appender.
     *
     * @throws IOException if the device fails
     */
    public void forceNewest() throws IOException {
        try {
            // The header's page comes with the first record.
            boolean first = current.firstSequence() == lastSequence;
            current.force(first ? 0 : newestPosition, current.end());
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /**
     * Overwrites the payloads of all parts of an id, wherever they are in the log. The parts are then passed over by
     * {@link #replay}. Killed half-way, it is finished when the log is opened.
     *
     * @param kinds which kinds of parts
     * @return how many parts were overwritten
     */
    public int scrub(IntPredicate kinds, long id) {
        int count = 0;
        for (LogSegment segment : segments) {
            UnsafeBuffer memory = segment.memory();
            int position = SEGMENT_HEADER_LENGTH;
            while (position < segment.end()) {
                int length = memory.getInt(position);
                count += scrubRecord(memory, position, kinds, id);
                position += length;
            }
        }
        return count;
    }

    private static int scrubRecord(UnsafeBuffer memory, int position, IntPredicate kinds, long id) {
        int count = 0;
        int parts = memory.getShort(position + PARTS_OFFSET) & 0xFFFF;
        int part = position + RECORD_HEADER_LENGTH;
        for (int i = 0; i < parts; i++) {
            int length = memory.getInt(part + PART_LENGTH_OFFSET);
            if (memory.getLong(part + PART_ID_OFFSET) == id
                    && length > 0
                    && memory.getInt(part + PART_SCRUBBED_OFFSET) != SCRUBBED
                    && kinds.test(memory.getShort(part + PART_KIND_OFFSET) & 0xFFFF)) {
                memory.putIntRelease(part + PART_SCRUBBED_OFFSET, SCRUBBED);
                memory.setMemory(part + PART_HEADER_LENGTH, length, (byte) 0);
                count++;
            }
            part += PART_HEADER_LENGTH + align(length);
        }
        return count;
    }

    /**
     * Lets go of the segments that hold no record above a number, but never of the newest one in use.
     *
     * @return their files, which the caller deletes; it may do so beside an append
     */
    public List<Path> cut(long sequence) {
        List<LogSegment> kept = new ArrayList<>();
        List<Path> gone = new ArrayList<>();
        for (LogSegment segment : segments) {
            if (segment.lastSequence() > sequence || segment == current) {
                kept.add(segment);
            } else {
                segment.unmap();
                gone.add(segment.file());
            }
        }
        segments = List.copyOf(kept);
        return gone;
    }

    /** Lets go of the files. What was appended stays. */
    @Override
    public void close() {
        synchronized (preparing) {
            closed = true;
            if (prepared != null) {
                prepared.unmap();
                prepared = null;
            }
        }
        List<LogSegment> all = segments;
        segments = List.of();
        current = null;
        all.forEach(LogSegment::unmap);
    }
}
