package io.magpie.core.store;

/** How far a snapshot is. Written by the thread that makes it, read by any. */
public final class SnapshotProgress {
    private volatile long entries;
    private volatile long entriesExpected;
    private volatile long bytes;
    private volatile long sequence;
    private volatile boolean cancelled;

    /** Returns how many entries were copied. */
    public long entries() {
        return entries;
    }

    /** Returns how many entries there were when it began. */
    public long entriesExpected() {
        return entriesExpected;
    }

    /** Returns how many bytes were written. */
    public long bytes() {
        return bytes;
    }

    /** Returns the number of the last change that the snapshot holds; 0 before that is known. */
    public long sequence() {
        return sequence;
    }

    /** Has the snapshot given up soon; what was written of it is removed. */
    public void cancel() {
        cancelled = true;
    }

    boolean isCancelled() {
        return cancelled;
    }

    void expect(long all) {
        entriesExpected = all;
    }

    void copied(long entriesSoFar, long bytesSoFar) {
        entries = entriesSoFar;
        bytes = bytesSoFar;
    }

    void ends(long lastSequence) {
        sequence = lastSequence;
    }
}
