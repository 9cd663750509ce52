package io.magpie.core.store;

import io.magpie.core.log.LogCursor;
import io.magpie.core.log.LogReader;
import io.magpie.core.log.LogWriter;
import io.magpie.core.log.UpdateLog;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Copies the state into a directory while it is written to. First every entry, as it happens to be when it is read, without
 * keeping writers off for longer than it takes to note a thousand keys; then the records of all changes since the first
 * entry was read. Entries and records together are the state as of one record: the last. Nothing is said to be a snapshot
 * before it was read back, and its entries counted. One at a time.
 */
final class SnapshotMaker {
    private static final int RECORD_BYTES = 64 << 10;
    private static final int SLICE_BYTES = 1 << 20;
    private static final int SEGMENT_BYTES = 64 << 20;
    private static final int IMAGE_UNIT = 8;

    private final StateConfiguration configuration;
    private final StateMaps maps;
    private final UpdateLog log;
    private final StateCounts counts;
    private final long[] registers;
    private final ReentrantLock writerLock;
    /** Records above it stay in the log. Written under the writer's lock. */
    private long pinned = Long.MAX_VALUE;

    SnapshotMaker(
            StateConfiguration configuration,
            StateMaps maps,
            UpdateLog log,
            StateCounts counts,
            long[] registers,
            ReentrantLock writerLock) {
        this.configuration = configuration;
        this.maps = maps;
        this.log = log;
        this.counts = counts;
        this.registers = registers;
        this.writerLock = writerLock;
    }

    /** Returns up to which record the log may be cut. Under the writer's lock. */
    long pinned() {
        return pinned;
    }

    /**
     * Makes a snapshot.
     *
     * @param target         does not exist; its parent does
     * @param bytesPerSecond 0 for no limit
     * @throws IOException if a file cannot be written, or what was written does not hold; nothing is left then
     */
    void make(Path target, long bytesPerSecond, SnapshotProgress progress) throws IOException, StateStoreException {
        Path partial = StateFiles.partialOf(target);
        StateFiles.deleteTree(partial);
        Files.createDirectory(partial);
        try {
            fill(partial, bytesPerSecond, progress);
            StateFiles.moveInto(partial, target);
        } catch (IOException | StateStoreException | RuntimeException | Error e) {
            StateFiles.deleteTree(partial);
            throw e;
        } finally {
            writerLock.lock();
            pinned = Long.MAX_VALUE;
            writerLock.unlock();
        }
    }

    private void fill(Path partial, long bytesPerSecond, SnapshotProgress progress)
            throws IOException, StateStoreException {
        Files.createDirectory(partial.resolve(StateFiles.ENTRIES));
        Files.createDirectory(partial.resolve(StateFiles.LOG));
        Manifest manifest = Manifest.create(configuration, Instant.now().toString());
        LogCursor cursor;
        writerLock.lock();
        try {
            pinned = log.lastSequence();
            cursor = log.end();
        } finally {
            writerLock.unlock();
        }
        // Later entries than this change's may be in it: the records hold them too, and twice does no harm.
        maps.copyErasures(partial, manifest);
        long from = cursor.nextSequence() - 1;
        long expected = 0;
        for (MapKind kind : MapKind.values()) {
            expected += counts.of(kind);
        }
        progress.expect(expected);
        manifest.put(SnapshotContents.FROM, from);
        copyEntries(partial, manifest, new Throttle(bytesPerSecond), progress);
        StateCounts held = new StateCounts();
        copyLog(partial, cursor, manifest, held, progress);
        scrubRemoved(partial, from);
        SnapshotContents.finish(partial, manifest, configuration, held);
    }

    /** Says of which change this is the state: the newest one. Under the writer's lock. */
    private void end(Manifest manifest, StateCounts held, SnapshotProgress progress) {
        long sequence = log.lastSequence();
        manifest.put(SnapshotContents.SEQUENCE, sequence);
        manifest.put(SnapshotContents.TIME, System.currentTimeMillis());
        counts.describe(manifest);
        held.read(manifest);
        StateOpener.describeRegisters(registers, manifest);
        progress.ends(sequence);
    }

    private void copyEntries(Path partial, Manifest manifest, Throttle throttle, SnapshotProgress progress)
            throws IOException {
        try (LogWriter writer = new LogWriter(partial.resolve(StateFiles.ENTRIES), SEGMENT_BYTES, 1)) {
            for (MapKind kind : MapKind.values()) {
                EntryMap map = maps.map(kind);
                ImageValue value = new ImageValue(kind.valueLength(configuration));
                writer.begin(PartKind.CHANGE);
                map.forEachKey(key -> {
                    // Gone since its key was noted: then its removal is in the log.
                    if (map.read(key, value)) {
                        kind.part(writer, key, value.image(), usedLength(value));
                    }
                    if (writer.pendingBytes() >= RECORD_BYTES) {
                        commit(writer, throttle, progress);
                    }
                });
                if (writer.pendingParts() > 0) {
                    commit(writer, throttle, progress);
                }
            }
            writer.finish();
            manifest.put(SnapshotContents.RECORDS, writer.lastSequence());
        }
    }

    private static void commit(LogWriter writer, Throttle throttle, SnapshotProgress progress) throws IOException {
        if (progress.isCancelled()) {
            throw new IOException("the snapshot was cancelled");
        }
        int length = writer.pendingBytes();
        // Each entry is a part.
        long entries = progress.entries() + writer.pendingParts();
        writer.commit();
        progress.copied(entries, writer.bytes());
        throttle.spent(length);
        writer.begin(PartKind.CHANGE);
    }

    /** Zeros at the end say nothing: the map fills a value up with them. */
    private static int usedLength(ImageValue value) {
        byte[] image = value.image();
        int length = value.length();
        while (length > IMAGE_UNIT && image[length - 1] == 0) {
            length--;
        }
        return Math.min(value.length(), (length + IMAGE_UNIT - 1) / IMAGE_UNIT * IMAGE_UNIT);
    }

    /**
     * Copies the records up to the newest. It ends in the same moment in which the last one is copied: so whoever is erased
     * before the end is known to the snapshot, and nobody erased after it is missing in the middle.
     */
    private void copyLog(Path partial, LogCursor cursor, Manifest manifest, StateCounts held, SnapshotProgress progress)
            throws IOException {
        ByteBuffer slice = ByteBuffer.allocate(SLICE_BYTES);
        long before = progress.bytes();
        try (LogWriter writer = new LogWriter(
                partial.resolve(StateFiles.LOG), configuration.logSegmentBytes(), cursor.nextSequence())) {
            boolean ended = false;
            while (!ended) {
                if (progress.isCancelled()) {
                    throw new IOException("the snapshot was cancelled");
                }
                slice.clear();
                // A slice at a time: nobody waits for longer than it takes to copy one in memory.
                writerLock.lock();
                try {
                    log.read(cursor, Long.MAX_VALUE, slice);
                    ended = cursor.nextSequence() > log.lastSequence();
                    if (ended) {
                        end(manifest, held, progress);
                    }
                } finally {
                    writerLock.unlock();
                }
                boolean tooShort = slice.position() == 0 && !ended;
                writer.records(slice.flip());
                if (tooShort) {
                    slice = ByteBuffer.allocate(2 * slice.capacity());
                }
                progress.copied(progress.entries(), before + writer.bytes());
            }
            writer.finish();
        }
    }

    /** Overwrites what was copied of people who were removed meanwhile; of those who came back, what was before that. */
    private static void scrubRemoved(Path partial, long from) throws IOException, StateStoreException {
        Path records = partial.resolve(StateFiles.LOG);
        StateRecovery changes;
        try (LogReader reader = LogReader.open(records, from)) {
            changes = new StateRecovery(reader, from);
            changes.survey();
        }
        if (changes.removesAnybody()) {
            LogReader.scrub(
                    records,
                    from,
                    (sequence, kind, id) -> PartKind.isPersonal(kind) && sequence < changes.lastRemoval(id));
            LogReader.scrub(
                    partial.resolve(StateFiles.ENTRIES),
                    0,
                    (sequence, kind, id) -> PartKind.isPersonal(kind) && changes.lastRemoval(id) > 0);
        }
    }
}
