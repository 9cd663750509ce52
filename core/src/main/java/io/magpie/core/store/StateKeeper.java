package io.magpie.core.store;

import io.magpie.core.BackgroundThread;
import io.magpie.core.log.UpdateLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Forces the log where that is asked for, and makes checkpoints: one at a time, on a thread of its own, while reads and changes go
 * on; the last one on the thread that closes the store. Thread-safe.
 */
final class StateKeeper {
    private static final Logger LOGGER = LoggerFactory.getLogger(StateKeeper.class);
    private static final int LONGEST_CHECKPOINT_MINUTES = 10;

    private final Path directory;
    private final ScheduledExecutorService thread;
    private final Manifest manifest;
    private final StateMaps maps;
    private final UpdateLog log;
    private final StateCounts counts;
    private final long[] registers;
    private final SnapshotMaker snapshots;
    private final ReentrantLock writerLock;
    private final StoreChange.Owner owner;
    private final AtomicBoolean asked = new AtomicBoolean();
    private volatile long checkpoint;

    /**
     * @param snapshots says from where on the log must stay
     * @param owner     knows whether changes are taken, and is told when they must not be
     */
    StateKeeper(StateOpener opened, SnapshotMaker snapshots, ReentrantLock writerLock, StoreChange.Owner owner) {
        directory = opened.directory();
        thread = opened.keeper();
        manifest = opened.manifest();
        maps = opened.maps();
        log = opened.log();
        counts = opened.counts();
        registers = opened.registers();
        this.snapshots = snapshots;
        this.writerLock = writerLock;
        this.owner = owner;
        checkpoint = log.lastSequence();
    }

    /** Makes the thread; it is there from the start, not from the first checkpoint on. */
    static ScheduledExecutorService newThread() {
        ScheduledThreadPoolExecutor thread =
                new ScheduledThreadPoolExecutor(1, task -> BackgroundThread.of(task, "magpie-state-keeper"));
        thread.prestartCoreThread();
        return thread;
    }

    /** Forces the log again and again, after a pause each time. */
    void forceLogEvery(int pauseMillis) {
        thread.scheduleWithFixedDelay(this::forceLog, pauseMillis, pauseMillis, TimeUnit.MILLISECONDS);
    }

    private void forceLog() {
        try {
            log.force();
        } catch (IOException | RuntimeException e) {
            owner.fail(e);
        }
    }

    /** Returns up to which record the maps are on the device. */
    long checkpoint() {
        return checkpoint;
    }

    /** Asks for a checkpoint, and does not wait for it; while one is waited for already this does nothing. */
    void ask() {
        if (asked.compareAndSet(false, true)) {
            thread.execute(() -> {
                try {
                    makeCheckpoint(false);
                } catch (IOException | RuntimeException e) {
                    LOGGER.warn("no checkpoint could be made; the log grows: directory={}", directory, e);
                } finally {
                    asked.set(false);
                }
            });
        }
    }

    /** Makes a checkpoint and waits for it. */
    void askAndWait() throws StateStoreException {
        Future<?> done = thread.submit(() -> {
            makeCheckpoint(false);
            return null;
        });
        try {
            done.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StateStoreException("interrupted while waiting for the checkpoint", e);
        } catch (ExecutionException e) {
            throw new StateStoreException(
                    "No checkpoint could be made: " + e.getCause() + ". Is the disk full? directory=" + directory,
                    e.getCause());
        }
    }

    /** Ends the thread, closes the maps, and makes the checkpoint that says that nothing is to be recovered. After the last change. */
    void close() throws IOException, InterruptedException {
        thread.shutdown();
        // What was asked of the thread before ends first: only one at a time may make a checkpoint.
        if (!thread.awaitTermination(LONGEST_CHECKPOINT_MINUTES, TimeUnit.MINUTES)) {
            LOGGER.warn("the checkpoint under way does not end: directory={}", directory);
        }
        if (!owner.hasFailed()) {
            maps.close();
            makeCheckpoint(true);
        }
    }

    private void makeCheckpoint(boolean clean) throws IOException {
        long sequence;
        writerLock.lock();
        try {
            if (owner.hasFailed()) {
                throw new IOException("the store has stopped taking changes, and keeps its log for the next start");
            }
            sequence = log.lastSequence();
            counts.describe(manifest);
            StateOpener.describeRegisters(registers, manifest);
        } finally {
            writerLock.unlock();
        }
        log.force();
        // All records up to the number were applied before the lock was let go of, so this forces them all.
        maps.force();
        maps.describe(manifest);
        manifest.put(StateOpener.CHECKPOINT, sequence);
        manifest.put(StateOpener.CONDITION, clean ? StateOpener.CLEAN : StateOpener.OPEN);
        if (clean) {
            maps.describeBytes(manifest);
        }
        manifest.write(directory);
        checkpoint = sequence;
        Iterable<Path> gone;
        writerLock.lock();
        try {
            gone = log.cut(Math.min(sequence, snapshots.pinned()));
        } finally {
            writerLock.unlock();
        }
        for (Path file : gone) {
            Files.deleteIfExists(file);
        }
    }
}
