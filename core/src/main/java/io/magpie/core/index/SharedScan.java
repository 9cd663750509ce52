package io.magpie.core.index;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * The rest of one query's scan of a segment, worked off by its own thread and a helper: each takes the next group until
 * none is worth it. Reused by its owner, so that a search allocates nothing; thread-safe as stated at each member.
 */
final class SharedScan {
    private static final int OFFERED = 0;
    private static final int TAKEN = 1;
    private static final int WITHDRAWN = 2;
    private static final int DONE = 3;
    private static final int SPINS = 1000;

    private Segment segment;
    private int at;
    private ItemQuery query;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger state = new AtomicInteger(DONE);
    /** A score that as many items reach as are asked for; either thread raises it. A lost update only costs time. */
    private volatile float floor;

    private Throwable failure;

    /** Takes on another scan. Owner, after {@link #await} of the one before. */
    void start(Segment ofSegment, int version, ItemQuery ofQuery, int firstGroup, float knownFloor) {
        segment = ofSegment;
        at = version;
        query = ofQuery;
        floor = knownFloor;
        failure = null;
        next.set(firstGroup);
        // Last: whoever takes the work sees all of it.
        state.set(OFFERED);
    }

    /** Returns the segment. Both threads, between start and done. */
    Segment segment() {
        return segment;
    }

    /** Returns the version to see, relative to the segment. Both threads. */
    int at() {
        return at;
    }

    /** Returns the query. Both threads; only the owner writes to it. */
    ItemQuery query() {
        return query;
    }

    /** Claims a group. Both threads. */
    int nextGroup() {
        return next.getAndIncrement();
    }

    /** Returns the best floor known. Both threads. */
    float floor() {
        return floor;
    }

    /** Raises the floor. Both threads. */
    void raise(float threshold) {
        if (threshold > floor) {
            floor = threshold;
        }
    }

    /** Takes the work on. Helper. Returns false if it was withdrawn. */
    boolean take() {
        return state.compareAndSet(OFFERED, TAKEN);
    }

    /** Says that what was claimed is done, or why not. Helper. */
    void done(Throwable failed) {
        failure = failed;
        state.set(DONE);
    }

    /** Waits until what the helper claimed is done. Owner, once a start. Returns false if no helper came. */
    boolean await() {
        if (state.compareAndSet(OFFERED, WITHDRAWN)) {
            return false;
        }
        for (int spins = 0; state.get() != DONE; spins++) {
            // At most the time of one group, some tens of microseconds: shorter than to sleep and be woken.
            if (spins < SPINS) {
                Thread.onSpinWait();
            } else {
                Thread.yield();
            }
        }
        if (failure != null) {
            throw new IllegalStateException("a helper's part of a scan failed", failure);
        }
        return true;
    }
}
