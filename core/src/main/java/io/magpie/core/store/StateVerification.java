package io.magpie.core.store;

import io.magpie.core.log.LogReader;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Looks at a data directory that nobody has open, or at a snapshot, from end to end, and changes nothing of it. Maps cannot
 * be opened without being written to, so those of a data directory are opened, and recovered, as a copy. Used once, by one
 * thread.
 */
public final class StateVerification {
    /**
     * One line of the report.
     *
     * @param ok   whether all is well
     * @param what what was looked at
     * @param text what was found
     */
    public record Finding(boolean ok, String what, String text) {}

    private final Path directory;
    private final Path work;
    private final List<Finding> findings = new ArrayList<>();

    private StateVerification(Path directory, Path work) {
        this.directory = directory;
        this.work = work;
    }

    /**
     * Verifies.
     *
     * @param directory a data directory or a snapshot
     * @param work      an existing directory on a disk with room for what the maps hold; a copy is made in it, and removed
     * @return what was found, in the order in which it was looked at
     */
    public static List<Finding> verify(Path directory, Path work) {
        StateVerification verification = new StateVerification(directory, work);
        try {
            if (SnapshotContents.isSnapshot(directory)) {
                verification.lookAtSnapshot();
            } else {
                verification.lookAtState();
            }
        } catch (StateStoreException e) {
            verification.add(false, "directory", e.getMessage());
        } catch (IOException e) {
            verification.add(false, "directory", "cannot be read: " + e);
        }
        return verification.findings;
    }

    private void add(boolean ok, String what, String text) {
        findings.add(new Finding(ok, what, text));
    }

    private void lookAtSnapshot() throws IOException, StateStoreException {
        try (SnapshotContents contents = SnapshotContents.open(directory)) {
            Manifest manifest = contents.manifest();
            add(
                    true,
                    "manifest",
                    "snapshot created=" + manifest.text("created") + " sequence=" + contents.sequence() + " dimension="
                            + contents.configuration().dimension());
            List<String> damage = contents.damage();
            damage.forEach(each -> add(false, "records", each));
            if (!damage.isEmpty()) {
                return;
            }
            add(
                    true,
                    "records",
                    "entries=" + manifest.number(SnapshotContents.RECORDS) + " changes="
                            + (contents.sequence() - manifest.number(SnapshotContents.FROM)));
            long[] found = new long[MapKind.values().length];
            long[] broken = new long[found.length];
            EntryCheck[] checks = checks(contents.configuration());
            contents.forEach((map, id, sub, image, length) -> {
                found[map.ordinal()]++;
                if (!checks[map.ordinal()].isWhole(id, sub, image)) {
                    broken[map.ordinal()]++;
                }
            });
            for (MapKind kind : MapKind.values()) {
                report(kind, found[kind.ordinal()], broken[kind.ordinal()], contents.held(kind));
            }
        }
    }

    private static EntryCheck[] checks(StateConfiguration configuration) {
        EntryCheck[] checks = new EntryCheck[MapKind.values().length];
        for (MapKind kind : MapKind.values()) {
            checks[kind.ordinal()] = kind.newCheck(configuration);
        }
        return checks;
    }

    private void report(MapKind kind, long found, long broken, long expected) {
        boolean ok = broken == 0 && found == expected;
        add(ok, kind.title(), "entries=" + found + " expected=" + expected + " undecodable=" + broken);
    }

    private void lookAtState() throws IOException, StateStoreException {
        StateFiles.Kind kind = StateFiles.classify(directory);
        if (kind != StateFiles.Kind.STATE) {
            add(false, "directory", "neither a data directory nor a snapshot of Magpie: it has no manifest");
            return;
        }
        Path lockFile = directory.resolve(StateFiles.LOCK);
        if (!Files.exists(lockFile)) {
            lookAtLocked();
            return;
        }
        try (FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.READ);
                FileLock lock = DirectoryLock.tryLock(channel, true)) {
            if (lock == null) {
                add(false, "directory", "a server has it open: stop it, or verify a snapshot");
                return;
            }
            lookAtLocked();
        }
    }

    private void lookAtLocked() throws IOException, StateStoreException {
        Manifest manifest = Manifest.read(directory);
        boolean clean = StateOpener.CLEAN.equals(manifest.text(StateOpener.CONDITION));
        long checkpoint = manifest.number(StateOpener.CHECKPOINT);
        add(
                true,
                "manifest",
                "data directory created=" + manifest.text("created") + " checkpoint=" + checkpoint + " closed="
                        + (clean ? "cleanly" : "not, the next start recovers"));
        StateMaps.requireFiles(directory, manifest);
        lookAtLog(checkpoint);
        String changed = clean ? StateMaps.changedFile(directory, manifest) : null;
        if (changed != null) {
            add(false, "files", changed);
            return;
        }
        add(true, "files", clean ? "as they were left when it was closed" : "there, in full length");
        if (findings.stream().allMatch(Finding::ok)) {
            lookAtMaps(manifest);
        }
    }

    private void lookAtLog(long checkpoint) throws IOException {
        try (LogReader log = LogReader.open(directory.resolve(StateFiles.LOG), checkpoint)) {
            log.damage().forEach(each -> add(false, "log", each));
            if (!log.torn().isEmpty()) {
                add(true, "log", log.torn());
            }
            if (log.damage().isEmpty()) {
                add(
                        true,
                        "log",
                        "segments=" + log.segmentCount() + " last=" + log.lastSequence() + " to be replayed="
                                + (log.lastSequence() - checkpoint));
            }
        }
    }

    private void lookAtMaps(Manifest manifest) throws IOException, StateStoreException {
        Path copy = Files.createTempDirectory(work, "magpie-verify");
        try {
            copyTree(copy);
            // As after a crash: then every entry's checksum is looked at.
            manifest.put(StateOpener.CONDITION, StateOpener.OPEN);
            manifest.write(copy);
            StateConfiguration configuration = manifest.configuration(directory)
                    .checkFiles(false)
                    .logSegmentBytes(64 << 10)
                    .build();
            try (StateStore store = StateStore.open(copy, configuration)) {
                EntryCheck[] checks = checks(configuration);
                for (MapKind kind : MapKind.values()) {
                    lookAtMap(store, kind, checks[kind.ordinal()], configuration);
                }
            }
        } finally {
            StateFiles.deleteTree(copy);
        }
    }

    private void lookAtMap(StateStore store, MapKind kind, EntryCheck check, StateConfiguration configuration) {
        EntryMap map = store.maps().map(kind);
        ImageValue value = new ImageValue(kind.valueLength(configuration));
        long[] found = {0};
        long[] broken = {0};
        map.forEachKey(key -> {
            boolean whole = map.read(key, value) && check.isWhole(key.getId(), key.getPart(), value.image());
            found[0]++;
            broken[0] += whole ? 0 : 1;
        });
        report(kind, found[0], broken[0], store.expected(kind));
    }

    /** Copies the directory without the blocks of its files that hold nothing but zeros. */
    private void copyTree(Path copy) throws IOException {
        List<Path> files;
        try (Stream<Path> walk = Files.walk(directory)) {
            files = walk.filter(Files::isRegularFile).toList();
        }
        for (Path file : files) {
            Path target = copy.resolve(directory.relativize(file).toString());
            Files.createDirectories(target.getParent());
            if (!file.getFileName().toString().equals(StateFiles.LOCK)) {
                StateFiles.copySparse(file, target);
            }
        }
        Files.createDirectories(copy.resolve(StateFiles.LOG));
    }
}
