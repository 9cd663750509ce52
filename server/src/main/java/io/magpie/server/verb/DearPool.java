package io.magpie.server.verb;

import io.magpie.core.BackgroundThread;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The few threads for requests that would hold up an event loop. They live as long as the pool, because the maps keep
 * state a thread; the queue is bounded, because a queue without a bound only hides overload. Thread-safe.
 */
public final class DearPool implements AutoCloseable {
    private final ThreadPoolExecutor executor;

    /**
     * @param threads how many threads
     * @param queue   how many requests may wait
     */
    public DearPool(int threads, int queue) {
        AtomicInteger number = new AtomicInteger();
        executor = new ThreadPoolExecutor(
                threads,
                threads,
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(queue),
                task -> BackgroundThread.of(task, "magpie-dear-" + number.incrementAndGet()));
    }

    /** Runs a task soon; returns false if too many wait already. */
    boolean offer(Runnable task) {
        try {
            executor.execute(task);
            return true;
        } catch (RejectedExecutionException e) {
            return false;
        }
    }

    /** Returns how many tasks wait or run. */
    public int load() {
        return executor.getQueue().size() + executor.getActiveCount();
    }

    /** Lets those that wait finish, for up to ten seconds. */
    @Override
    public void close() {
        executor.shutdown();
        try {
            if (!executor.awaitTermination(10, TimeUnit.SECONDS)) {
                executor.shutdownNow();
            }
        } catch (InterruptedException e) {
            executor.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
