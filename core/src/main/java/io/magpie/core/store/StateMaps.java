package io.magpie.core.store;

import io.magpie.core.profile.ItemRecord;
import io.magpie.core.profile.ProfileDescriptor;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.function.Consumer;
import net.openhft.chronicle.hash.ChronicleHashCorruption;

/** The open maps of a data directory, and the list of erasures. Thread-safe as they are. */
final class StateMaps implements AutoCloseable {
    static final String CHECKSUM = "checksum.";

    private enum Way {
        CREATE,
        OPEN,
        RECOVER
    }

    private final Path directory;
    private final EntryMap[] maps = new EntryMap[MapKind.values().length];
    private ErasureList erasures;

    private StateMaps(Path directory, StateConfiguration configuration, Way way, Consumer<String> corruption)
            throws IOException {
        this.directory = directory;
        try {
            for (MapKind kind : MapKind.values()) {
                maps[kind.ordinal()] = map(kind, configuration, way, corruption);
            }
            if (way == Way.CREATE) {
                byte[] key = IdentityKeyFile.read(directory.resolve(StateFiles.IDENTITY_KEY));
                ErasureList.create(directory.resolve(StateFiles.ERASURES), IdentityKeyFile.check(key));
            }
            erasures = ErasureList.open(directory.resolve(StateFiles.ERASURES));
        } catch (IOException | RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    /** Returns the number below the id that an item of this edition lies under. */
    static int itemPart(int edition) {
        return edition - ItemRecord.FIRST_EDITION;
    }

    /** Returns the edition of the item that lies under this key. */
    static int edition(EntryKey key) {
        return (int) key.getPart() + ItemRecord.FIRST_EDITION;
    }

    static int profileLength(StateConfiguration configuration) {
        return ProfileDescriptor.longestImage(
                configuration.sourceCapacity(), configuration.slotCapacity(), configuration.dimension());
    }

    /** Makes the files, with a block on the disk for every page. The key of the identities is there already. */
    static StateMaps create(Path directory, StateConfiguration configuration) throws IOException {
        StateMaps maps = new StateMaps(directory, configuration, Way.CREATE, message -> {});
        try {
            for (MapKind kind : MapKind.values()) {
                StateFiles.allocate(directory.resolve(kind.file()));
            }
        } catch (IOException e) {
            maps.close();
            throw e;
        }
        return maps;
    }

    /** Opens files that were closed cleanly. */
    static StateMaps open(Path directory, StateConfiguration configuration) throws IOException {
        return new StateMaps(directory, configuration, Way.OPEN, message -> {});
    }

    /** Opens files after a crash; tells of every entry that was dropped. */
    static StateMaps recover(Path directory, StateConfiguration configuration, Consumer<String> corruption)
            throws IOException {
        return new StateMaps(directory, configuration, Way.RECOVER, corruption);
    }

    /** Says what was found damaged and where, but nothing of what an entry held: it is a person's, and logs are kept. */
    private static String whatAndWhere(String name, ChronicleHashCorruption found) {
        String message = found.message();
        int entry = message.indexOf("key:");
        return name + ", segment " + found.segmentIndex() + ": "
                + (entry < 0 ? message : message.substring(0, entry) + "an entry");
    }

    private EntryMap map(MapKind kind, StateConfiguration configuration, Way way, Consumer<String> corruption)
            throws IOException {
        String name = kind.file();
        File file = directory.resolve(name).toFile();
        long entries = kind.entries(configuration);
        int valueLength = kind.valueLength(configuration);
        return way == Way.RECOVER
                ? EntryMap.recover(
                        file, name, entries, valueLength, found -> corruption.accept(whatAndWhere(name, found)))
                : EntryMap.open(file, name, entries, valueLength);
    }

    EntryMap map(MapKind kind) {
        return maps[kind.ordinal()];
    }

    /** Returns how many entries each map holds. */
    long[] sizes() {
        long[] sizes = new long[maps.length];
        for (int i = 0; i < maps.length; i++) {
            sizes[i] = maps[i].size();
        }
        return sizes;
    }

    EntryMap profiles() {
        return map(MapKind.PROFILES);
    }

    EntryMap seen() {
        return map(MapKind.SEEN);
    }

    EntryMap items() {
        return map(MapKind.ITEMS);
    }

    /** Returns the map from an identity's hash to the id of its profile. */
    EntryMap identities() {
        return map(MapKind.IDENTITIES);
    }

    ErasureList erasures() {
        return erasures;
    }

    /** Copies the list of erasures, and the key without which neither it nor an identity says anything. */
    void copyErasures(Path target, Manifest manifest) throws IOException {
        Path list = target.resolve(StateFiles.ERASURES);
        Files.copy(directory.resolve(StateFiles.ERASURES), list);
        // Cuts off an entry that was being written; the records have it.
        ErasureList.open(list).close();
        manifest.put(CHECKSUM + StateFiles.ERASURES, StateFiles.checksum(list));
        byte[] key = IdentityKeyFile.read(directory.resolve(StateFiles.IDENTITY_KEY));
        IdentityKeyFile.write(target.resolve(StateFiles.IDENTITY_KEY), key);
        manifest.put(StateOpener.KEY_CHECK, IdentityKeyFile.check(key));
    }

    /**
     * Writes the maps that hold people anew, entry by entry, and closes them. Where recovery dropped an entry, its bytes
     * are still in the file, in memory that counts as free: an erasure would not find them there.
     */
    void rewritePersonal(StateConfiguration configuration) throws IOException {
        for (MapKind kind : MapKind.values()) {
            if (kind.isPersonal()) {
                rewrite(kind, configuration);
            }
        }
        close();
        StateFiles.forceDirectory(directory);
    }

    private void rewrite(MapKind kind, StateConfiguration configuration) throws IOException {
        String name = kind.file();
        EntryMap map = map(kind);
        Path fresh = directory.resolve(name + StateFiles.FRESH);
        Files.deleteIfExists(fresh);
        try (EntryMap target =
                EntryMap.open(fresh.toFile(), name, kind.entries(configuration), kind.valueLength(configuration))) {
            StateFiles.allocate(fresh);
            map.copyTo(target);
        }
        map.close();
        StateFiles.force(fresh);
        Files.move(fresh, directory.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }

    /** Forces the maps to the device. Any thread; reads and writes go on meanwhile. */
    void force() throws IOException {
        for (EntryMap map : maps) {
            map.unmapPages();
        }
        for (String name : StateFiles.lasting()) {
            StateFiles.force(directory.resolve(name));
        }
    }

    /** Notes how long the files are, so that one that was cut off is found before it is mapped. */
    void describe(Manifest manifest) throws IOException {
        for (String name : StateFiles.lasting()) {
            manifest.put("length." + name, Files.size(directory.resolve(name)));
        }
    }

    /** Notes what the files hold, once they are closed: a bit that flips before they are opened again is found. */
    void describeBytes(Manifest manifest) throws IOException {
        for (MapKind kind : MapKind.values()) {
            manifest.put(CHECKSUM + kind.file(), StateFiles.checksum(directory.resolve(kind.file())));
        }
    }

    /**
     * Checks that files that were closed are byte for byte as they were left.
     *
     * @return what is wrong, for people; null if nothing
     */
    static String changedFile(Path directory, Manifest manifest) throws IOException {
        for (MapKind kind : MapKind.values()) {
            Path file = directory.resolve(kind.file());
            String expected = manifest.text(CHECKSUM + kind.file());
            if (expected != null && !expected.equals(Long.toString(StateFiles.checksum(file)))) {
                return "a file is not as it was left when it was closed: file=" + file;
            }
        }
        return null;
    }

    /**
     * Checks that the files are there in their full length.
     *
     * @throws StateStoreException if one is missing or shorter than it was
     */
    static void requireFiles(Path directory, Manifest manifest) throws IOException, StateStoreException {
        for (String name : StateFiles.lasting()) {
            Path file = directory.resolve(name);
            long length = Files.exists(file) ? Files.size(file) : -1;
            long made = manifest.number("length." + name);
            if (length < made || length < 1) {
                throw new StateStoreException("A file of the data directory is " + (length < 0 ? "missing" : "cut off")
                        + ": file=" + file + " length=" + Math.max(length, 0) + " expected=" + made
                        + ". Nothing was changed. Restore the directory from a snapshot.");
            }
        }
    }

    @Override
    public void close() {
        for (EntryMap map : maps) {
            if (map != null) {
                map.close();
            }
        }
        if (erasures != null) {
            erasures.close();
        }
    }
}
