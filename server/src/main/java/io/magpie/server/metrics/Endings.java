package io.magpie.server.metrics;

import java.util.concurrent.atomic.AtomicLongArray;

/** How many connections the server ended, and why. Thread-safe. */
public final class Endings {
    private final AtomicLongArray counts = new AtomicLongArray(Ending.values().length);

    /** Counts one. */
    public void count(Ending ending) {
        counts.incrementAndGet(ending.ordinal());
    }

    /** Returns how many were ended for this reason. */
    public long of(Ending ending) {
        return counts.get(ending.ordinal());
    }
}
