package io.magpie.core.log;

import static io.magpie.core.log.LogDescriptor.PART_HEADER_LENGTH;
import static io.magpie.core.log.LogDescriptor.PART_ID_OFFSET;
import static io.magpie.core.log.LogDescriptor.PART_KIND_OFFSET;
import static io.magpie.core.log.LogDescriptor.PART_LENGTH_OFFSET;
import static io.magpie.core.log.LogDescriptor.PART_OLDER_OFFSET;
import static io.magpie.core.log.LogDescriptor.RECORD_HEADER_LENGTH;
import static io.magpie.core.log.LogDescriptor.SEGMENT_HEADER_LENGTH;
import static io.magpie.core.log.LogDescriptor.SEQUENCE_OFFSET;
import static io.magpie.core.log.LogDescriptor.align;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.IntPredicate;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Append-only log of changes in segments, which are files mapped into memory. A record that was committed survives the
 * end of its process without any system call; {@link #force()} makes it survive the end of the machine.
 *
 * <p>Thread contract: one thread at a time appends, scrubs and cuts (the holder of the writer's lock); {@link #force()}
 * and {@link #cut(long)} are not called beside each other. Segments are prepared ahead on the executor. Committing
 * allocates nothing, but for the moments when a segment is full.
 */
public final class UpdateLog implements RecordSource, AutoCloseable {
    /** For the test that must notice: records are counted and thrown away. */
    private static final boolean DROPPED = Boolean.getBoolean("magpie.test.dropLog");

    private final Path directory;
    private final int segmentBytes;
    private final Executor preparer;
    private final IntPredicate scrubbable;
    private final List<String> damage;
    /** All segments that have come into use, oldest first; replaced as a whole. */
    private volatile List<LogSegment> segments;

    private final Object preparing = new Object();
    /** The next segment: under way, or whole; null if it is not begun, or not whole. */
    private SegmentMaker maker;

    private LogSegment prepared;
    /** Whether the appender waits for it, and makes the rest of it himself. */
    private volatile boolean awaited;

    private long nextNumber;
    private boolean closed;

    private final RecordBuffer pending;
    private LogSegment current;
    private int newestPosition;
    private volatile long lastSequence;
    /** Read by the thread that forces, which may run beside an append. */
    private volatile long forcedSequence;

    private UpdateLog(
            Path directory,
            int segmentBytes,
            Executor preparer,
            IntPredicate scrubbable,
            LogContents contents,
            long lastSequence) {
        this.directory = directory;
        this.scrubbable = scrubbable;
        pending = new RecordBuffer(segmentBytes);
        this.segmentBytes = segmentBytes;
        this.preparer = preparer;
        List<String> found = new ArrayList<>(contents.damage());
        if (!contents.torn().isEmpty()) {
            found.add(contents.torn());
        }
        damage = List.copyOf(found);
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
     * @param preparer     runs what prepares segments ahead; may be slow, as whoever needs one makes the rest of it himself
     * @param scrubbable   the kinds of parts that {@link #scrub} may be asked for
     * @throws LogDamagedException if a record before the last one is damaged or missing; no file was touched then
     * @throws IOException         if a file cannot be read
     */
    public static UpdateLog open(
            Path directory,
            int segmentBytes,
            long checkpoint,
            boolean acceptLoss,
            Executor preparer,
            IntPredicate scrubbable)
            throws IOException {
        if (segmentBytes <= 0 || (segmentBytes & 4095) != 0) {
            throw new IllegalArgumentException("not a multiple of 4096: segmentBytes=" + segmentBytes);
        }
        if (ByteOrder.nativeOrder() != ByteOrder.LITTLE_ENDIAN) {
            throw new IOException("the files of this store need a little-endian machine");
        }
        LogContents contents = LogContents.read(directory, segmentBytes, checkpoint, acceptLoss);
        return new UpdateLog(directory, segmentBytes, preparer, scrubbable, contents, checkpoint);
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
    @Override
    public void replay(long aboveSequence, RecordHandler handler) throws IOException {
        LogParts.replay(segments, aboveSequence, handler);
    }

    /** Begins a record; what was begun and not committed is forgotten. */
    public void begin(int type) {
        pending.begin(type);
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
        pending.part(kind, id, sub, buffer, offset, length);
    }

    /**
     * Appends the record. When this returns, it survives the end of the process.
     *
     * @return its number, one more than the last
     * @throws NoSegmentException if a new segment is needed and cannot be made; nothing was appended, and the next one may
     *     succeed
     */
    public long commit() throws IOException {
        long sequence = lastSequence + 1;
        if (DROPPED) {
            lastSequence = sequence;
            return sequence;
        }
        int length = pending.length();
        if (current == null || length > current.length() - current.end()) {
            roll(sequence);
        }
        int position = current.end();
        linkParts(position);
        long word = pending.finish(sequence);
        UnsafeBuffer memory = current.memory();
        memory.putBytes(position + SEQUENCE_OFFSET, pending.bytes(), SEQUENCE_OFFSET, length - SEQUENCE_OFFSET);
        // Last and at once: a record is either there or not.
        memory.putLongRelease(position, word);
        current.end(position + length, sequence);
        newestPosition = position;
        lastSequence = sequence;
        return sequence;
    }

    /** Threads the parts that may have to be overwritten onto the lists by which they are found again. */
    private void linkParts(int position) {
        UnsafeBuffer bytes = pending.bytes();
        int[] heads = current.heads();
        int part = RECORD_HEADER_LENGTH;
        for (int i = 0; i < pending.parts(); i++) {
            int length = bytes.getInt(part + PART_LENGTH_OFFSET);
            if (length > 0 && scrubbable.test(bytes.getShort(part + PART_KIND_OFFSET) & 0xFFFF)) {
                int bucket = current.bucket(bytes.getLong(part + PART_ID_OFFSET));
                bytes.putInt(part + PART_OLDER_OFFSET, heads[bucket]);
                heads[bucket] = position + part;
            }
            part += PART_HEADER_LENGTH + align(length);
        }
    }

    private void roll(long sequence) throws IOException {
        LogSegment next = awaitPrepared();
        next.activate(sequence);
        List<LogSegment> all = new ArrayList<>(segments);
        all.add(next);
        segments = List.copyOf(all);
        current = next;
        prepareAhead();
    }

    /** Takes the next segment; what is missing of it is made here, and not waited for: the executor may get no processor. */
    private LogSegment awaitPrepared() throws NoSegmentException {
        awaited = true;
        try {
            while (true) {
                synchronized (preparing) {
                    if (preparePiece()) {
                        LogSegment next = prepared;
                        prepared = null;
                        return next;
                    }
                }
            }
        } catch (IOException e) {
            throw new NoSegmentException(e);
        } finally {
            awaited = false;
        }
    }

    /** Has the next segment made on the executor, so that no change waits for it. */
    public void prepareAhead() {
        preparer.execute(() -> {
            try {
                boolean whole = false;
                while (!whole && !awaited) {
                    synchronized (preparing) {
                        whole = closed || preparePiece();
                    }
                }
            } catch (IOException e) {
                // Not lost: who needs the segment makes it himself, and then it is his error.
                return;
            }
        });
    }

    /** Makes a piece of the next segment; returns whether that is whole. Under the lock. */
    private boolean preparePiece() throws IOException {
        if (prepared != null) {
            return true;
        }
        try {
            maker = maker != null ? maker : new SegmentMaker(directory, nextNumber, segmentBytes);
            prepared = maker.makePiece();
        } catch (IOException e) {
            maker = null;
            throw e;
        }
        if (prepared != null) {
            maker = null;
            nextNumber++;
        }
        return prepared != null;
    }

    /** Returns the number of the newest record. Any thread. */
    public long lastSequence() {
        return lastSequence;
    }

    /** Returns all segments that have come into use and were not cut, oldest first. */
    List<LogSegment> segments() {
        return segments;
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
     * Begins to overwrite the payloads of parts of some ids, wherever they are in the log. They are then passed over by
     * {@link #replay}. Killed half-way through a part, it is finished when the log is opened. What this process appended is found
     * by a list a bucket of ids, so it takes microseconds however full the log is; segments of a process before it are walked.
     *
     * @param first says which parts; of kinds that were named when the log was opened
     * @param last  says which parts are overwritten when all others are
     */
    public LogScrub newScrub(PartMatcher first, PartMatcher last) {
        return new LogScrub(this, first, last);
    }

    /**
     * Overwrites the payloads of parts of any id, as {@link #newScrub} does, by walking over all of the
     * log: a tenth of a second for a few hundred megabytes.
     */
    public int scrub(PartMatcher which) {
        int count = 0;
        for (LogSegment segment : segments) {
            count += scrubAll(segment, which);
        }
        return count;
    }

    static int scrubAll(LogSegment segment, PartMatcher which) {
        UnsafeBuffer memory = segment.memory();
        int count = 0;
        for (int at = SEGMENT_HEADER_LENGTH; at < segment.end(); at += memory.getInt(at)) {
            count += LogParts.scrub(memory, at, which);
        }
        return count;
    }

    /** Returns the place behind the newest record. To be called by the holder of the writer's lock, as is {@link #read}. */
    public LogCursor end() {
        return new LogCursor(current, current == null ? 0 : current.end(), lastSequence + 1);
    }

    /**
     * Copies whole records, as many as fit. Their segments must not have been cut.
     *
     * @param from   where to begin; moved behind what was copied
     * @param until  number of the last record wanted
     * @param into   gets the records from its position on; must have room for any one record if it is empty
     */
    public void read(LogCursor from, long until, ByteBuffer into) {
        while (from.next <= Math.min(until, lastSequence)) {
            if (from.segment == null || from.position >= from.segment.end()) {
                moveOn(from);
            }
            int length = from.segment.memory().getInt(from.position);
            if (length > into.remaining()) {
                return;
            }
            from.segment.memory().getBytes(from.position, into, length);
            from.position += length;
            from.next++;
        }
    }

    private void moveOn(LogCursor cursor) {
        for (LogSegment segment : segments) {
            if (segment.firstSequence() == cursor.next && segment.lastSequence() >= cursor.next) {
                cursor.segment = segment;
                cursor.position = SEGMENT_HEADER_LENGTH;
                return;
            }
        }
        throw new IllegalStateException("the record is not in the log any more: sequence=" + cursor.next);
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
            if (maker != null) {
                maker.abandon();
                maker = null;
            }
        }
        List<LogSegment> all = segments;
        segments = List.of();
        current = null;
        all.forEach(LogSegment::unmap);
    }
}
