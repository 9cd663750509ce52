package io.magpie.load.scenario;

import io.magpie.client.MagpieOverloadedException;
import io.magpie.client.ServerInfo;
import io.magpie.client.WriteResults;
import io.magpie.protocol.Status;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * Many writes on their way at once, a bounded number of them; the first that fails ends it. Used by one thread,
 * which calls {@link #finish} at the end.
 */
public final class Bulk {
    /** Told how far it has come. Called by the client's threads. */
    @FunctionalInterface
    public interface Progress {
        /**
         * @param what what is loaded
         * @param done how many are in
         * @param all  how many there are
         */
        void at(String what, long done, long all);
    }

    private static final int FRAMES_IN_FLIGHT = 8;
    private static final int FRAME_ROOM = 4_096;
    private static final int MOST_TRIES = 500;
    private static final Executor PAUSE = CompletableFuture.delayedExecutor(20, TimeUnit.MILLISECONDS);

    private final String what;
    private final long all;
    private final Progress progress;
    private final Semaphore room = new Semaphore(FRAMES_IN_FLIGHT);
    private final AtomicLong done = new AtomicLong();
    private final AtomicReference<String> failure = new AtomicReference<>();

    /** Starts with nothing on its way. */
    public Bulk(String what, long all, Progress progress) {
        this.what = what;
        this.all = all;
        this.progress = progress;
    }

    /** Returns how many entries of {@code bytesEach} go into one request that the server takes. */
    public static int perFrame(ServerInfo info, int bytesEach) {
        return Math.max(
                1, Math.min(Math.min(info.maxListLength(), 1_024), (info.maxFrameLength() - FRAME_ROOM) / bytesEach));
    }

    /**
     * Sends a write, again after a pause where the server is overloaded, and waits while too many are on their way.
     *
     * @param write  sends it; called once for each time that it is sent, by any thread
     * @param counts how many of {@code all} it stands for
     */
    public void add(Supplier<CompletableFuture<WriteResults>> write, int counts) throws InterruptedException {
        send(write, counts, MOST_TRIES);
        room.acquire();
        throwFailure();
    }

    private void send(Supplier<CompletableFuture<WriteResults>> write, int counts, int tries) {
        write.get().whenComplete((results, thrown) -> {
            if (isOverload(thrown) && tries > 1) {
                PAUSE.execute(() -> send(write, counts, tries - 1));
                return;
            }
            if (thrown != null) {
                failure.compareAndSet(null, thrown.toString());
            } else if (!results.allApplied()) {
                Status first = results.statuses().stream()
                        .filter(status -> status != Status.OK)
                        .findFirst()
                        .orElse(Status.UNRECOGNISED);
                failure.compareAndSet(null, "the server refused some " + what + ": " + first);
            }
            progress.at(what, done.addAndGet(counts), all);
            room.release();
        });
    }

    /** Of a list that is refused for overload nothing was applied: it may be sent again. */
    private static boolean isOverload(Throwable thrown) {
        return thrown instanceof MagpieOverloadedException
                || thrown != null && thrown.getCause() instanceof MagpieOverloadedException;
    }

    /** Counts what needed no write of its own. */
    public void done(int counts) {
        progress.at(what, done.addAndGet(counts), all);
    }

    private void throwFailure() {
        if (failure.get() != null) {
            throw new IllegalStateException("loading " + what + " failed: " + failure.get());
        }
    }

    /** Waits until all are answered. */
    public void finish() throws InterruptedException {
        room.acquire(FRAMES_IN_FLIGHT);
        room.release(FRAMES_IN_FLIGHT);
        throwFailure();
    }
}
