package io.magpie.core.log;

/** A place between two records of an {@link UpdateLog} that is appended to. Belongs to whoever holds the writer's lock. */
public final class LogCursor {
    LogSegment segment;
    int position;
    long next;

    LogCursor(LogSegment segment, int position, long next) {
        this.segment = segment;
        this.position = position;
        this.next = next;
    }

    /** Returns the number of the record that comes next. */
    public long nextSequence() {
        return next;
    }
}
