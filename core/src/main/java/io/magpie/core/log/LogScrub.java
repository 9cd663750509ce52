package io.magpie.core.log;

import static io.magpie.core.log.LogDescriptor.PART_HEADER_LENGTH;
import static io.magpie.core.log.LogDescriptor.PART_ID_OFFSET;
import static io.magpie.core.log.LogDescriptor.PART_LENGTH_OFFSET;
import static io.magpie.core.log.LogDescriptor.PART_OLDER_OFFSET;
import static io.magpie.core.log.LogDescriptor.PART_SCRUBBED_OFFSET;
import static io.magpie.core.log.LogDescriptor.SCRUBBED;

import java.util.ArrayDeque;
import java.util.Deque;
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
    /** Lists of parts that are not walked to their ends. */
    private final Deque<Position> lists = new ArrayDeque<>();
    /** What goes last, as it was found. */
    private final Deque<Position> lasts = new ArrayDeque<>();

    private int count;

    /** A part of an id in a segment, from which its list goes on to the oldest. */
    private static final class Position {
        private final LogSegment segment;
        private final long id;
        /** 0 behind the oldest. */
        private int part;

        Position(LogSegment segment, long id, int part) {
            this.segment = segment;
            this.id = id;
            this.part = part;
        }
    }

    LogScrub(UpdateLog log, PartMatcher first, PartMatcher last) {
        this.log = log;
        this.first = first;
        this.last = last;
    }

    /** Adds an id: its parts that are in the log now are overwritten. */
    public void add(long id) {
        for (LogSegment segment : log.segments()) {
            if (segment.heads() == null) {
                addAll(segment, id);
            } else if (segment.heads()[segment.bucket(id)] != 0) {
                lists.push(new Position(segment, id, segment.heads()[segment.bucket(id)]));
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
        while (!lists.isEmpty() && left > 0) {
            Position list = lists.peek();
            if (!log.segments().contains(list.segment)) {
                list.part = 0;
            }
            for (; list.part != 0 && left > 0; left--) {
                list.part = look(list.segment, list.id, list.part);
            }
            if (list.part == 0) {
                lists.pop();
            }
        }
        if (!lists.isEmpty()) {
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
                lasts.add(new Position(segment, id, part));
            } else if (first.test(kind, id, memory, part + PART_HEADER_LENGTH, length)) {
                LogParts.overwrite(memory, part, length);
                count++;
            }
        }
        return memory.getInt(part + PART_OLDER_OFFSET);
    }

    private void overwriteLast() {
        for (Position found = lasts.poll(); found != null; found = lasts.poll()) {
            if (log.segments().contains(found.segment)) {
                UnsafeBuffer memory = found.segment.memory();
                LogParts.overwrite(memory, found.part, memory.getInt(found.part + PART_LENGTH_OFFSET));
                count++;
            }
        }
    }

    /** Returns how many parts were overwritten since the last call. */
    public int takeCount() {
        int taken = count;
        count = 0;
        return taken;
    }
}
