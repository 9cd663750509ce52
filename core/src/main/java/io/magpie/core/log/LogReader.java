package io.magpie.core.log;

import static io.magpie.core.log.LogDescriptor.SEGMENT_HEADER_LENGTH;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * A log that nobody appends to, read without changing a byte of it: for looking at a directory, and for snapshots. Not
 * thread-safe.
 */
public final class LogReader implements RecordSource, Closeable {
    /** Says which parts are meant. */
    @FunctionalInterface
    public interface PartChoice {
        /**
         * Looks at one part.
         *
         * @param sequence number of its record
         * @param kind     the part's kind
         * @param id       first half of its key
         */
        boolean test(long sequence, int kind, long id);
    }

    private final List<LogSegment> segments;
    private final List<String> damage;
    private final String torn;
    private final long lastSequence;

    private LogReader(LogContents contents) {
        segments = contents.segments();
        damage = contents.damage();
        torn = contents.torn();
        lastSequence = contents.lastSequence();
    }

    /**
     * Opens a log and checks all of it.
     *
     * @param checkpoint number of the newest record that is not needed any more: what follows must be there
     * @throws IOException if a file cannot be read
     */
    public static LogReader open(Path directory, long checkpoint) throws IOException {
        return new LogReader(LogContents.look(directory, checkpoint));
    }

    /** Returns what is damaged or missing, for people; empty if nothing. */
    public List<String> damage() {
        return damage;
    }

    /** Returns what a crash tore at the very end: nothing that was acknowledged; empty if nothing. */
    public String torn() {
        return torn;
    }

    /** Returns the number of the newest whole record; the checkpoint if there is none. */
    public long lastSequence() {
        return lastSequence;
    }

    /** Returns how many segments there are. */
    public int segmentCount() {
        return segments.size();
    }

    /**
     * Hands over the parts of all records above a number, in their order. Only of a log without damage.
     *
     * @throws IOException what the handler throws
     */
    @Override
    public void replay(long aboveSequence, RecordHandler handler) throws IOException {
        LogParts.replay(segments, aboveSequence, handler);
    }

    /**
     * Overwrites the payloads of chosen parts in the files of a log without damage that nobody has open.
     *
     * @return how many parts were overwritten
     * @throws IOException if a file cannot be read or written, or is damaged
     */
    public static int scrub(Path directory, long checkpoint, PartChoice which) throws IOException {
        LogContents contents = LogContents.read(directory, SEGMENT_HEADER_LENGTH, checkpoint, false);
        int count = 0;
        try {
            for (LogSegment segment : contents.segments()) {
                int here = 0;
                long[] sequence = {segment.firstSequence()};
                for (int at = SEGMENT_HEADER_LENGTH;
                        at < segment.end();
                        at += segment.memory().getInt(at)) {
                    here += LogParts.scrub(
                            segment.memory(),
                            at,
                            (kind, id, buffer, offset, length) -> which.test(sequence[0], kind, id));
                    sequence[0]++;
                }
                if (here > 0) {
                    segment.force();
                }
                count += here;
            }
        } finally {
            contents.segments().forEach(LogSegment::unmap);
        }
        return count;
    }

    @Override
    public void close() {
        segments.forEach(LogSegment::unmap);
    }
}
