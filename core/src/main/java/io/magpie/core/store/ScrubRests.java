package io.magpie.core.store;

import io.magpie.core.log.LogScrub;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** What removals of people left to be overwritten in the log: done a piece at a time, between which others write. Thread-safe. */
final class ScrubRests {
    /** For a thread that was woken up to take the lock: beyond that it may have no processor. */
    private static final long HAND_OVER_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final ReentrantLock writerLock;
    private final Condition none;
    /** Under the writer's lock. */
    private int underWay;

    ScrubRests(ReentrantLock writerLock) {
        this.writerLock = writerLock;
        none = writerLock.newCondition();
    }

    /** Says that somebody has taken one over, and will have it finished. Under the writer's lock. */
    void taken() {
        underWay++;
    }

    /** Finishes one that was taken over; returns how many parts were overwritten. */
    int finish(LogScrub rest) {
        int count = 0;
        boolean isDone = false;
        while (!isDone) {
            letOthersIn();
            writerLock.lock();
            try {
                isDone = rest.run(StoreChange.SCRUB_PIECE);
                count += rest.takeCount();
                if (isDone) {
                    underWay--;
                    none.signalAll();
                }
            } finally {
                writerLock.unlock();
            }
        }
        return count;
    }

    /** The lock is not a fair one: without this it would be taken again before whoever waits for it has woken up. */
    private void letOthersIn() {
        long until = System.nanoTime() + HAND_OVER_NANOS;
        while (writerLock.hasQueuedThreads() && System.nanoTime() < until) {
            Thread.yield();
        }
    }

    /** Waits until all are finished. Under the writer's lock, which is let go of meanwhile. */
    void awaitNone() {
        while (underWay > 0) {
            none.awaitUninterruptibly();
        }
    }
}
