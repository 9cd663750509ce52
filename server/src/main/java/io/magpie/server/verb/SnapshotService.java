package io.magpie.server.verb;

import io.magpie.core.BackgroundThread;
import io.magpie.core.engine.Engine;
import io.magpie.core.store.SnapshotProgress;
import io.magpie.core.store.StateStoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes snapshots on a thread of its own, one at a time, below one directory: what a client says is a name and never a
 * path. Thread-safe.
 */
public final class SnapshotService implements AutoCloseable {
    /** What has become of a snapshot, as the wire numbers it. */
    enum State {
        NONE,
        RUNNING,
        DONE,
        FAILED
    }

    /** The newest snapshot; replaced as a whole. */
    record Run(String name, State state, SnapshotProgress progress, long startedMillis, String message) {}

    private static final Logger LOGGER = LoggerFactory.getLogger(SnapshotService.class);
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]{0,127}");

    private final Engine engine;
    private final Path root;
    private final long bytesPerSecond;
    private final Clock clock;
    private final ExecutorService executor =
            Executors.newSingleThreadExecutor(task -> BackgroundThread.of(task, "magpie-snapshot"));
    private volatile Run newest = new Run("", State.NONE, new SnapshotProgress(), 0, "");

    /**
     * @param root           directory of all snapshots; null if none are to be made
     * @param bytesPerSecond how fast entries are copied at most; 0 for no limit
     */
    public SnapshotService(Engine engine, Path root, long bytesPerSecond, Clock clock) {
        this.engine = engine;
        this.root = root;
        this.bytesPerSecond = bytesPerSecond;
        this.clock = clock;
    }

    Run newest() {
        return newest;
    }

    /** Returns whether a directory for snapshots is configured. */
    boolean isConfigured() {
        return root != null;
    }

    static boolean isName(String name) {
        return NAME.matcher(name).matches() && !name.endsWith(".partial");
    }

    /** Starts one; returns false if one is under way. */
    synchronized boolean start(String name) {
        if (newest.state() == State.RUNNING) {
            return false;
        }
        Run run = new Run(name, State.RUNNING, new SnapshotProgress(), clock.millis(), "");
        newest = run;
        executor.execute(() -> make(run));
        return true;
    }

    /** Has the one that is under way given up. */
    void cancel() {
        newest.progress().cancel();
    }

    private void make(Run run) {
        State state = State.FAILED;
        String message = "";
        try {
            Files.createDirectories(root);
            engine.snapshot(root.resolve(run.name()), bytesPerSecond, run.progress());
            state = State.DONE;
            LOGGER.info(
                    "snapshot made: name={} sequence={} entries={} bytes={} millis={}",
                    run.name(),
                    run.progress().sequence(),
                    run.progress().entries(),
                    run.progress().bytes(),
                    clock.millis() - run.startedMillis());
        } catch (IOException | StateStoreException | RuntimeException e) {
            message = e.getMessage() == null ? e.toString() : e.getMessage();
            LOGGER.warn("no snapshot: name={}: {}", run.name(), message);
        } catch (Error e) {
            message = e.toString();
            LOGGER.error("no snapshot: name={}", run.name(), e);
        }
        newest = new Run(run.name(), state, run.progress(), run.startedMillis(), message);
    }

    /** Gives up what is under way; it leaves nothing. */
    @Override
    public void close() {
        cancel();
        executor.shutdown();
    }
}
