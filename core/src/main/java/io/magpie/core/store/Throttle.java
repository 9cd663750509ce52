package io.magpie.core.store;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Holds a thread back to so many bytes a second. Belongs to that thread. */
final class Throttle {
    private static final long LONGEST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final long bytesPerSecond;
    private final long startedNanos = System.nanoTime();
    private long bytes;

    /** 0 for no limit. */
    Throttle(long bytesPerSecond) {
        this.bytesPerSecond = bytesPerSecond;
    }

    /** Notes bytes, and waits until they are due. */
    void spent(long more) {
        bytes += more;
        if (bytesPerSecond == 0) {
            return;
        }
        long dueNanos = startedNanos + (long) (bytes * 1e9 / bytesPerSecond);
        long leftNanos = dueNanos - System.nanoTime();
        while (leftNanos > 0 && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(Math.min(leftNanos, LONGEST_PAUSE_NANOS));
            leftNanos = dueNanos - System.nanoTime();
        }
    }
}
