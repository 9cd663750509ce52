package io.magpie.core.log;

import static io.magpie.core.log.LogDescriptor.PART_HEADER_LENGTH;
import static io.magpie.core.log.LogDescriptor.PART_ID_OFFSET;
import static io.magpie.core.log.LogDescriptor.PART_LENGTH_OFFSET;
import static io.magpie.core.log.LogDescriptor.PART_OLDER_OFFSET;
import static io.magpie.core.log.LogDescriptor.PART_SCRUBBED_OFFSET;
import static io.magpie.core.log.LogDescriptor.SCRUBBED;

import java.util.Arrays;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Overwrites the payloads of the parts of some ids, a piece at a time. Between two pieces the log may be appended to and cut:
 * what came after an id was added stays, what was cut is gone anyway. Parts that must go last are overwritten when all
 * others are, at once. May be used again when it is done. Used by the holder of the writer's lock.
 */
public final class LogScrub {
    private final UpdateLog log;
    private final PartMatcher first;
    private final PartMatcher last;

    /** Lists of parts that are not walked to their ends: where, whose, and the next part of each. */
    private LogSegment[] segments = new LogSegment[8];

    private long[] ids = new long[8];
    private int[] parts = new int[8];
    private int lists;

    private LogSegment[] lastSegments = new LogSegment[8];
    private int[] lastParts = new int[8];
    private int lasts;
    private int count;

    LogScrub(UpdateLog log, PartMatcher first, PartMatcher last) {
        this.log = log;
        this.first = first;
        this.last = last;
    }

    /** Adds an id: its parts that are in the log now are overwritten. */
    public void add(long id) {
        for (LogSegment segment : log.segments()) {
            if (lists == ids.length) {
                segments = Arrays.copyOf(segments, 2 * lists);
                ids = Arrays.copyOf(ids, 2 * lists);
                parts = Arrays.copyOf(parts, 2 * lists);
            }
            if (segment.heads() == null) {
                addAll(segment, id);
            } else if (segment.heads()[segment.bucket(id)] != 0) {
                segments[lists] = segment;
                ids[lists] = id;
                parts[lists] = segment.heads()[segment.bucket(id)];
                lists++;
            }
        }
    }

    /** Of a process before this one: without lists, and cut soon after the start. */
    private void addAll(LogSegment segment, long id) {
        count += UpdateLog.scrubAll(
                segment,
                (kind, found, buffer, offset, length) -> found == id
                        && (first.test(kind, found, buffer, offset, length)
                                || last.test(kind, found, buffer, offset, length)));
    }

    /**
     * Goes on.
     *
     * @param most how many parts may be looked at
     * @return whether it is done
     */
    public boolean run(int most) {
        int left = most;
        while (lists > 0 && left > 0) {
            int list = lists - 1;
            if (!log.segments().contains(segments[list])) {
                parts[list] = 0;
            }
            for (; parts[list] != 0 && left > 0; left--) {
                parts[list] = look(segments[list], ids[list], parts[list]);
            }
            if (parts[list] == 0) {
                segments[list] = null;
                lists--;
            }
        }
        if (lists > 0) {
            return false;
        }
        overwriteLast();
        return true;
    }

    /** Returns the part before it in its list, 0 if it is the first. */
    private int look(LogSegment segment, long id, int part) {
        UnsafeBuffer memory = segment.memory();
        if (memory.getLong(part + PART_ID_OFFSET) == id && memory.getInt(part + PART_SCRUBBED_OFFSET) != SCRUBBED) {
            int length = memory.getInt(part + PART_LENGTH_OFFSET);
            int kind = LogParts.kind(memory, part);
            if (last.test(kind, id, memory, part + PART_HEADER_LENGTH, length)) {
                addLast(segment, part);
            } else if (first.test(kind, id, memory, part + PART_HEADER_LENGTH, length)) {
                LogParts.overwrite(memory, part, length);
                count++;
            }
        }
        return memory.getInt(part + PART_OLDER_OFFSET);
    }

    private void addLast(LogSegment segment, int part) {
        if (lasts == lastParts.length) {
            lastSegments = Arrays.copyOf(lastSegments, 2 * lasts);
            lastParts = Arrays.copyOf(lastParts, 2 * lasts);
        }
        lastSegments[lasts] = segment;
        lastParts[lasts++] = part;
    }

    private void overwriteLast() {
        for (int i = 0; i < lasts; i++) {
            if (log.segments().contains(lastSegments[i])) {
                UnsafeBuffer memory = lastSegments[i].memory();
                LogParts.overwrite(memory, lastParts[i], memory.getInt(lastParts[i] + PART_LENGTH_OFFSET));
                count++;
            }
            lastSegments[i] = null;
        }
        lasts = 0;
    }

    /** Returns how many parts were overwritten since the last call. */
    public int takeCount() {
        int taken = count;
        count = 0;
        return taken;
    }
}
