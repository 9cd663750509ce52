package io.magpie.core.store;

import io.magpie.core.log.LogReader;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.agrona.DirectBuffer;

/**
 * A finished snapshot, read without changing a byte.
 *
 * <pre>
 *  NAME/ magpie.snapshot   the manifest: shape, the last change, counts, numbers, a checksum
 *        identity.key      the key of the identities' hashes, for its owner alone
 *        erasures.dat      the list of erasures as it was when the first entry was read
 *        entries/          every entry of every map as it was when it was read, in segments of the log's format
 *        log/              the records of the changes since the first entry was read, to the last one
 * </pre>
 *
 * Not thread-safe.
 */
final class SnapshotContents implements Closeable {
    /** Number of the last change before the first entry was read. */
    static final String FROM = "from";
    /** Number of the last change that the snapshot holds. */
    static final String SEQUENCE = "sequence";
    /** When that was, milliseconds since 1970. */
    static final String TIME = "timeMillis";
    /** How many records of entries there are. */
    static final String RECORDS = "entries.records";

    private static final String HELD = "held.";

    /** Takes an entry. */
    @FunctionalInterface
    interface EntryHandler {
        /**
         * Takes the part that puts it; see {@link PartApplier#apply(int, long, int, byte[], int, int)}.
         *
         * @param image  as long as the map's longest part, zeros after the length; overwritten with the next entry
         * @param length of what the snapshot holds: zeros at the end may be left out
         */
        void onEntry(MapKind map, long id, int sub, byte[] image, int length) throws IOException;
    }

    private final Path directory;
    private final Manifest manifest;
    private final StateConfiguration configuration;
    private final LogReader entries;
    private final LogReader log;
    private final byte[][] images = new byte[MapKind.values().length][];

    private SnapshotContents(Path directory, Manifest manifest) throws IOException, StateStoreException {
        this.directory = directory;
        this.manifest = manifest;
        configuration = manifest.configuration(directory).build();
        for (MapKind kind : MapKind.values()) {
            images[kind.ordinal()] = new byte[kind.partLength(configuration)];
        }
        entries = LogReader.open(directory.resolve(StateFiles.ENTRIES), 0);
        LogReader opened;
        try {
            opened = LogReader.open(directory.resolve(StateFiles.LOG), manifest.number(FROM));
        } catch (IOException | RuntimeException e) {
            entries.close();
            throw e;
        }
        log = opened;
    }

    static boolean isSnapshot(Path directory) {
        return Files.exists(directory.resolve(StateFiles.SNAPSHOT));
    }

    /**
     * Opens a snapshot and checks every record of it.
     *
     * @throws StateStoreException if its manifest is damaged
     */
    static SnapshotContents open(Path directory) throws IOException, StateStoreException {
        if (!isSnapshot(directory)) {
            throw new StateStoreException("Not a snapshot, or one that was not finished: it has no "
                    + StateFiles.SNAPSHOT + ": directory=" + directory);
        }
        return new SnapshotContents(directory, Manifest.read(directory, StateFiles.SNAPSHOT));
    }

    /** Reads back what was written, counts it, and only then says that it is a snapshot. */
    static void finish(Path directory, Manifest manifest, StateConfiguration configuration, StateCounts held)
            throws IOException, StateStoreException {
        long[] found;
        try (SnapshotContents contents = new SnapshotContents(directory, manifest)) {
            found = contents.count();
            for (MapKind kind : MapKind.values()) {
                if (found[kind.ordinal()] != held.of(kind)) {
                    throw new StateStoreException("The snapshot does not hold what it should: map=" + kind.title()
                            + " entries=" + found[kind.ordinal()] + " expected=" + held.of(kind));
                }
            }
        }
        writeHeld(directory, manifest, found);
        StateFiles.forceDirectory(directory);
    }

    private static void writeHeld(Path directory, Manifest manifest, long[] found) throws IOException {
        for (MapKind kind : MapKind.values()) {
            manifest.put(HELD + kind.title(), found[kind.ordinal()]);
        }
        manifest.write(directory, StateFiles.SNAPSHOT);
    }

    /**
     * Overwrites what a snapshot holds of erased people.
     *
     * @return how many parts were overwritten
     */
    static int scrub(Path directory, ErasedPeople erased) throws IOException, StateStoreException {
        Manifest manifest;
        try (SnapshotContents contents = open(directory)) {
            contents.requireWhole();
            manifest = contents.manifest;
        }
        LogReader.PartChoice which = (sequence, kind, id) -> PartKind.isPersonal(kind) && erased.isErased(id);
        int count = LogReader.scrub(directory.resolve(StateFiles.ENTRIES), 0, which);
        count += LogReader.scrub(directory.resolve(StateFiles.LOG), manifest.number(FROM), which);
        try (SnapshotContents contents = new SnapshotContents(directory, manifest)) {
            writeHeld(directory, manifest, contents.count());
        }
        return count;
    }

    Path directory() {
        return directory;
    }

    StateConfiguration configuration() {
        return configuration;
    }

    Manifest manifest() {
        return manifest;
    }

    long sequence() {
        return manifest.number(SEQUENCE);
    }

    /** Returns how many entries of a map it should hold. */
    long held(MapKind kind) {
        return manifest.number(HELD + kind.title());
    }

    /** Returns what is wrong with its files, for people; empty if nothing. */
    List<String> damage() throws IOException {
        List<String> damage = new ArrayList<>(entries.damage());
        damage.addAll(log.damage());
        Path list = directory.resolve(StateFiles.ERASURES);
        if (!Files.exists(list)
                || StateFiles.checksum(list) != manifest.number(StateMaps.CHECKSUM + StateFiles.ERASURES)) {
            damage.add("the list of erasures is not as it was written: file=" + list);
        }
        Path key = directory.resolve(StateFiles.IDENTITY_KEY);
        if (!IdentityKeyFile.isKey(key, manifest.text(StateOpener.KEY_CHECK))) {
            damage.add("the key of the identities is missing or another one: file=" + key);
        }
        missing(damage, StateFiles.ENTRIES, manifest.number(RECORDS), entries.lastSequence());
        missing(damage, StateFiles.LOG, sequence(), log.lastSequence());
        return damage;
    }

    private void missing(List<String> damage, String part, long expected, long found) {
        if (expected != found) {
            damage.add("records are missing at the end: directory=" + directory.resolve(part) + " last=" + found
                    + " expected=" + expected);
        }
    }

    /** Checks that nothing of it is damaged. */
    void requireWhole() throws IOException, StateStoreException {
        List<String> damage = damage();
        if (!damage.isEmpty()) {
            throw new StateStoreException("The snapshot is damaged: " + damage.get(0) + ". Use another one.");
        }
    }

    /** Counts the entries of each map as of the last change. */
    long[] count() throws IOException, StateStoreException {
        long[] found = new long[MapKind.values().length];
        forEach((map, id, sub, bytes, length) -> found[map.ordinal()]++);
        return found;
    }

    /**
     * Hands over every entry as of the last change, each once.
     *
     * @throws StateStoreException if the snapshot is damaged
     */
    void forEach(EntryHandler handler) throws IOException, StateStoreException {
        requireWhole();
        StateRecovery changes = new StateRecovery(log, manifest.number(FROM));
        changes.survey();
        entries.replay(0, (sequence, type, kind, id, sub, buffer, offset, length) -> {
            if (!changes.isTouched(kind, id, sub, buffer, offset)) {
                hand(handler, kind, id, sub, buffer, offset, length);
            }
        });
        changes.forEachNewest((sequence, type, kind, id, sub, buffer, offset, length) ->
                hand(handler, kind, id, sub, buffer, offset, length));
    }

    /** Hands over the list of erasures: what it was before the snapshot was begun, and what the changes since added. */
    void forEachErasure(ErasureList.Entry each) throws IOException {
        ErasureList.read(directory.resolve(StateFiles.ERASURES), each);
        ErasureList.replay(log, manifest.number(FROM), each);
    }

    /** Returns the key of the identities. */
    byte[] key() throws IOException {
        return IdentityKeyFile.read(directory.resolve(StateFiles.IDENTITY_KEY));
    }

    /** Copies the key of the identities into another directory. */
    void copyKey(Path target) throws IOException {
        IdentityKeyFile.write(target.resolve(StateFiles.IDENTITY_KEY), key());
    }

    private void hand(EntryHandler handler, int kind, long id, int sub, DirectBuffer buffer, int offset, int length)
            throws IOException {
        MapKind map = MapKind.ofPut(kind);
        if (map == null) {
            throw new IOException("the snapshot holds an entry of a kind that is not known: kind=" + kind);
        }
        byte[] image = images[map.ordinal()];
        if (length > image.length) {
            throw new IOException("the snapshot holds an entry that is too long: map=" + map.title());
        }
        buffer.getBytes(offset, image, 0, length);
        Arrays.fill(image, length, image.length, (byte) 0);
        handler.onEntry(map, id, sub, image, length);
    }

    @Override
    public void close() {
        entries.close();
        log.close();
    }
}
