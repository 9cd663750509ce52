package io.magpie.core.store;

/** How far a snapshot is. Written by the thread that makes it, read by any. */
public class SnapshotProgress {
    private volatile long entries;
    private volatile long entriesExpected;
    private volatile long bytes;
    private volatile long sequence;
    private volatile boolean cancelled;

    /** Returns how many entries were copied. */
    public final long entries() {
        return entries;
    }

    /** Returns how many entries there were when it began. */
    public final long entriesExpected() {
        return entriesExpected;
    }

    /** Returns how many bytes were written. */
    public final long bytes() {
        return bytes;
    }

    /** Returns the number of the last change that the snapshot holds; 0 before that is known. */
    public final long sequence() {
        return sequence;
    }

    /** Has the snapshot given up soon; what was written of it is removed. */
    public final void cancel() {
        cancelled = true;
    }

    final boolean isCancelled() {
        return cancelled;
    }

    final void expect(long all) {
        entriesExpected = all;
    }

    /** Something was copied. No lock is held. */
    void copied(long entriesSoFar, long bytesSoFar) {
        entries = entriesSoFar;
        bytes = bytesSoFar;
    }

    final void ends(long lastSequence) {
        sequence = lastSequence;
    }
}
