package io.magpie.core.store;

import io.magpie.core.log.LogDamagedException;
import io.magpie.core.log.UpdateLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.StringJoiner;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The steps from a directory to a store: look, lock, check, and only then recover. Everything up to {@link #openMaps} only
 * reads. Used once, by one thread.
 */
final class StateOpener {
    static final String CHECKPOINT = "checkpoint";
    static final String CONDITION = "condition";
    static final String CLEAN = "clean";
    static final String OPEN = "open";
    static final String RECOVERING = "recovering";
    static final String REGISTER = "register.";
    static final String KEY_CHECK = "identityKeyCheck";
    private static final Logger LOGGER = LoggerFactory.getLogger(StateOpener.class);

    private final Path directory;
    private final StateConfiguration configuration;
    private final DirectoryLock lock;
    private final ScheduledExecutorService keeper = StateKeeper.newThread();
    private final ExecutorService preparer = StateStore.newPreparer();
    private final StateCounts counts = new StateCounts();
    private final long[] registers = new long[Register.CAPACITY];
    private Manifest manifest;
    private UpdateLog log;
    private StateMaps maps;
    private byte[] identityKey;
    private boolean rewrite;

    private StateOpener(Path directory, StateConfiguration configuration, DirectoryLock lock) {
        this.directory = directory;
        this.configuration = configuration;
        this.lock = lock;
    }

    static StateOpener open(Path directory, StateConfiguration configuration) throws StateStoreException {
        try {
            // Before a lock file is made in somebody else's directory.
            requireOwn(directory, StateFiles.classify(directory));
            Files.createDirectories(directory);
            StateOpener opener = new StateOpener(
                    directory, configuration, DirectoryLock.take(directory, configuration.lockTimeoutMillis()));
            opener.openLocked();
            return opener;
        } catch (IOException e) {
            throw new StateStoreException(
                    "The data directory cannot be opened: " + e + ". directory=" + directory
                            + ". Check that it exists, may be written, and that its disk is not full.",
                    e);
        }
    }

    private static void requireOwn(Path directory, StateFiles.Kind kind) throws StateStoreException {
        if (kind == StateFiles.Kind.FOREIGN) {
            throw new StateStoreException("The directory is not empty, and not Magpie's: it has no "
                    + StateFiles.MANIFEST + ": directory=" + directory
                    + (SnapshotContents.isSnapshot(directory) ? ". It is a snapshot: restore it elsewhere" : "")
                    + ". Nothing was changed. Use an empty directory, or restore the manifest from a snapshot.");
        }
    }

    private void openLocked() throws IOException, StateStoreException {
        try {
            StateFiles.Kind kind = StateFiles.classify(directory);
            requireOwn(directory, kind);
            if (kind == StateFiles.Kind.STATE) {
                openExisting();
            } else {
                create(kind);
            }
        } catch (IOException | StateStoreException | RuntimeException | Error e) {
            keeper.shutdownNow();
            preparer.shutdownNow();
            release(maps, log, lock);
            throw e;
        }
    }

    private void create(StateFiles.Kind kind) throws IOException, StateStoreException {
        if (kind == StateFiles.Kind.UNFINISHED) {
            LOGGER.info("a creation was cut short, and is done again: directory={}", directory);
            StateFiles.wipe(directory);
        }
        lock.sign();
        StateFiles.markCreating(directory);
        try {
            identityKey = IdentityKeyFile.create(directory.resolve(StateFiles.IDENTITY_KEY));
            maps = StateMaps.create(directory, configuration);
            Files.createDirectory(directory.resolve(StateFiles.LOG));
            log = openLog(0);
            manifest = Manifest.create(configuration, Instant.now().toString());
            counts.describe(manifest);
            maps.describe(manifest);
            manifest.put(KEY_CHECK, IdentityKeyFile.check(identityKey));
            manifest.put(CHECKPOINT, 0);
            manifest.put(CONDITION, OPEN);
            manifest.write(directory);
            Files.delete(directory.resolve(StateFiles.CREATING));
        } catch (IOException e) {
            release(maps, log, null);
            maps = null;
            log = null;
            if (!Files.exists(directory.resolve(StateFiles.MANIFEST))) {
                StateFiles.wipe(directory);
            }
            throw e;
        }
    }

    private void openExisting() throws IOException, StateStoreException {
        manifest = Manifest.read(directory);
        manifest.require(directory, configuration);
        StateMaps.requireFiles(directory, manifest);
        identityKey = IdentityKeyFile.require(directory.resolve(StateFiles.IDENTITY_KEY), manifest.text(KEY_CHECK));
        long checkpoint = manifest.number(CHECKPOINT);
        try {
            log = openLog(checkpoint);
        } catch (LogDamagedException e) {
            throw new StateStoreException("The update log is damaged: " + e.getMessage() + ". Nothing was changed."
                    + " Restore the directory from a snapshot, or start once with acceptLoss to go on without what is"
                    + " lost.");
        }
        StateRecovery recovery = new StateRecovery(log, checkpoint);
        recovery.survey();
        boolean clean = CLEAN.equals(manifest.text(CONDITION)) && log.lastSequence() == checkpoint && isUnchanged();
        lock.sign();
        counts.read(manifest);
        manifest.withPrefix(REGISTER)
                .forEach((number, value) -> registers[Integer.parseInt(number)] = Long.parseLong(value));
        openMaps(clean, checkpoint, recovery);
        requireCounts();
        if (rewrite) {
            rewriteMaps();
        }
        Files.deleteIfExists(directory.resolve(StateFiles.CREATING));
        // From here on a fresh log: what the old one held is in the maps.
        finishRecovery();
    }

    /** Checks a directory that was closed before anything maps its files: a damaged map could bring down the process. */
    private boolean isUnchanged() throws IOException, StateStoreException {
        String changed = configuration.checkFiles() ? StateMaps.changedFile(directory, manifest) : null;
        if (changed == null) {
            return true;
        }
        if (!configuration.acceptLoss()) {
            throw new StateStoreException("The data directory is damaged: " + changed + ". Nothing was changed. Restore"
                    + " a snapshot, or start once with acceptLoss to go on without what is lost.");
        }
        LOGGER.warn("damaged, and accepted: {}", changed);
        return false;
    }

    private UpdateLog openLog(long checkpoint) throws IOException {
        UpdateLog opened = UpdateLog.open(
                directory.resolve(StateFiles.LOG),
                configuration.logSegmentBytes(),
                checkpoint,
                configuration.acceptLoss(),
                preparer,
                PartKind::isPersonal);
        opened.damage().forEach(message -> LOGGER.warn("update log: {}", message));
        return opened;
    }

    private void rewriteMaps() throws IOException {
        long started = System.nanoTime();
        maps.rewritePersonal(configuration);
        maps = StateMaps.open(directory, configuration);
        LOGGER.info("maps of people written anew: directory={} millis={}", directory, millisSince(started));
    }

    private static long millisSince(long nanos) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - nanos);
    }

    private void openMaps(boolean clean, long checkpoint, StateRecovery recovery)
            throws IOException, StateStoreException {
        long started = System.nanoTime();
        try {
            if (clean) {
                maps = StateMaps.open(directory, configuration);
                return;
            }
            // A recovery that was cut short has dropped entries without a trace.
            rewrite = manifest.number(RECOVERING) != 0 || recovery.lastRemoves();
            manifest.put(RECOVERING, 1);
            manifest.write(directory);
            maps = StateMaps.recover(directory, configuration, this::onCorruption);
        } catch (IOException | RuntimeException e) {
            throw new StateStoreException(
                    "A map of the data directory cannot be opened, or is damaged beyond recovery: " + e + ". directory="
                            + directory + ". Restore it from a snapshot.",
                    e);
        }
        long mapsMillis = millisSince(started);
        long records = recovery.apply(new PartApplier(configuration, maps, registers), counts);
        LOGGER.info(
                "recovered after a crash: directory={} records={} from={} to={} mapsMillis={} millis={}",
                directory,
                records,
                checkpoint + 1,
                log.lastSequence(),
                mapsMillis,
                millisSince(started));
    }

    private void onCorruption(String message) {
        // Chronicle says these of nearly every map that was not closed: they are counters and locks, not entries.
        boolean harmless = message.contains("lowest free chunk")
                || message.contains("number of entries counter")
                || message.contains("lock of segment");
        if (harmless) {
            LOGGER.info("put right in a map: {}", message);
        } else {
            rewrite = true;
            LOGGER.warn("dropped from a map, to be restored from the log: {}", message);
        }
    }

    /** Compares what the maps hold with what the one who wrote them counted. */
    private void requireCounts() throws StateStoreException {
        long[] held = maps.sizes();
        boolean differs = false;
        StringJoiner difference = new StringJoiner(" ");
        for (MapKind kind : MapKind.values()) {
            differs |= held[kind.ordinal()] != counts.of(kind);
            difference.add(kind.counted() + "=" + held[kind.ordinal()] + " expected=" + counts.of(kind));
        }
        if (!differs) {
            return;
        }
        if (!configuration.acceptLoss()) {
            throw new StateStoreException("The maps do not hold what was written to them, and the log does not have it"
                    + " any more: " + difference + ". directory=" + directory
                    + ". Restore the directory from a snapshot, or start once with acceptLoss to go on without it.");
        }
        LOGGER.warn("lost, and accepted: {}", difference);
        counts.set(held);
    }

    private void finishRecovery() throws IOException {
        long sequence = log.lastSequence();
        counts.describe(manifest);
        describeRegisters(registers, manifest);
        maps.force();
        maps.describe(manifest);
        manifest.put(CHECKPOINT, sequence);
        manifest.put(CONDITION, OPEN);
        manifest.removePrefix(StateMaps.CHECKSUM);
        manifest.put(RECOVERING, 0);
        manifest.write(directory);
        for (Path file : log.cut(sequence)) {
            Files.deleteIfExists(file);
        }
    }

    static void describeRegisters(long[] registers, Manifest manifest) {
        synchronized (registers) {
            for (int i = 0; i < registers.length; i++) {
                if (registers[i] != 0 || manifest.text(REGISTER + i) != null) {
                    manifest.put(REGISTER + i, registers[i]);
                }
            }
        }
    }

    static void release(StateMaps maps, UpdateLog log, DirectoryLock lock) {
        if (maps != null) {
            maps.close();
        }
        if (log != null) {
            log.close();
        }
        if (lock != null) {
            try {
                lock.close();
            } catch (IOException e) {
                LOGGER.warn("the lock file could not be closed", e);
            }
        }
    }

    Path directory() {
        return directory;
    }

    DirectoryLock lock() {
        return lock;
    }

    ScheduledExecutorService keeper() {
        return keeper;
    }

    ExecutorService preparer() {
        return preparer;
    }

    Manifest manifest() {
        return manifest;
    }

    UpdateLog log() {
        return log;
    }

    StateMaps maps() {
        return maps;
    }

    StateCounts counts() {
        return counts;
    }

    byte[] identityKey() {
        return identityKey;
    }

    long[] registers() {
        return registers;
    }
}
