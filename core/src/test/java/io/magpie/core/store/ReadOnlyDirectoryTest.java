package io.magpie.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.magpie.core.LeftFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What may not be written is refused by name, and left as it is; what is only to be read is read. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class ReadOnlyDirectoryTest {
    private static final long CHANGES = 200;

    @TempDir
    Path root;

    private Path data;

    @BeforeEach
    void setUp() throws Exception {
        data = root.resolve("data");
        try (StateStore store = StateStore.open(data, CrashWriter.configuration())) {
            for (long number = 1; number <= CHANGES; number++) {
                CrashWriter.write(store, number, store.newProfileRecord(), store.newSeenSet());
            }
        }
    }

    private static Map<Path, Integer> picture(Path directory) throws IOException {
        Map<Path, Integer> picture = new TreeMap<>();
        LeftFiles.forEach(directory, (file, bytes) -> picture.put(file, Arrays.hashCode(bytes)));
        return picture;
    }

    private static void requireWhole(Path directory) throws StateStoreException {
        try (StateStore store = StateStore.open(directory, CrashWriter.configuration())) {
            CrashWriter.Model model = new CrashWriter.Model();
            model.advanceTo(CHANGES);
            StateCrashTest.compare(store, model);
        }
    }

    private static void requireRefusal(Path directory, String file, String why) throws IOException {
        Map<Path, Integer> before = picture(directory);
        assertThatThrownBy(() ->
                        StateStore.open(directory, CrashWriter.configuration()).close())
                .isInstanceOf(StateStoreException.class)
                .hasMessageContaining(directory.resolve(file).toString())
                .hasMessageContaining(why)
                .hasMessageContaining("may be written");
        assertThat(picture(directory)).isEqualTo(before);
    }

    @Test
    void shouldRefuseToOpenAndReadSnapshotsWhenTheDiskIsReadOnly() throws Exception {
        try (MountedDisk disk = new MountedDisk(root.resolve("disk"), 40_000)) {
            Path there = disk.place().resolve("data");
            Path snapshot = disk.place().resolve("snapshot");
            LeftFiles.copy(data, there);
            try (StateStore store = StateStore.open(data, CrashWriter.configuration())) {
                store.snapshot(snapshot, 0, new SnapshotProgress());
                disk.remount("ro");
                assertThatThrownBy(() -> store.snapshot(disk.place().resolve("another"), 0, new SnapshotProgress()))
                        .isInstanceOf(StateStoreException.class)
                        .hasMessageContaining("Read-only file system");
                // The store goes on.
                assertThat(CrashWriter.write(store, CHANGES + 1, store.newProfileRecord(), store.newSeenSet()))
                        .isEqualTo(io.magpie.core.Outcome.OK);
            }
            requireRefusal(there, StateFiles.LOCK, "Read-only file system");
            assertThatThrownBy(() -> StateStore.open(disk.place().resolve("new"), CrashWriter.configuration()))
                    .isInstanceOf(StateStoreException.class)
                    .hasMessageContaining("Read-only file system");
            for (Path each : java.util.List.of(snapshot, there)) {
                assertThat(StateVerification.verify(each, root)).allMatch(StateVerification.Finding::ok);
            }
            StateRestore.restore(snapshot, root.resolve("restored"), 0, 0, there);
            requireWhole(root.resolve("restored"));
            assertThatThrownBy(() -> StateRestore.restore(snapshot, disk.place().resolve("restored"), 0, 0))
                    .isInstanceOf(StateStoreException.class)
                    .hasMessageContaining("Read-only file system");
            assertThatThrownBy(() -> SnapshotScrub.scrub(snapshot, there))
                    .isInstanceOf(StateStoreException.class)
                    .hasMessageContaining("Read-only file system");
            disk.remount("rw");
            requireWhole(there);
        }
    }

    @Test
    void shouldRefuseToOpenWhenRightsAreMissing() throws Exception {
        Path lock = data.resolve(StateFiles.LOCK);
        Files.setPosixFilePermissions(lock, PosixFilePermissions.fromString("r--r--r--"));
        Assumptions.assumeFalse(Files.isWritable(lock), "rights do not keep this user out");
        requireRefusal(data, StateFiles.LOCK, "AccessDenied");
        Files.setPosixFilePermissions(lock, PosixFilePermissions.fromString("rw-r--r--"));
        requireWhole(data);
    }

    @Test
    void shouldRefuseToOpenWhenAFileCannotBeWritten() throws Exception {
        // Rights do not keep everybody out; a directory in its place does.
        Files.delete(data.resolve(StateFiles.LOCK));
        Files.createDirectory(data.resolve(StateFiles.LOCK));
        requireRefusal(data, StateFiles.LOCK, "Is a directory");
        Files.delete(data.resolve(StateFiles.LOCK));
        requireWhole(data);
        Files.createDirectory(data.resolve(StateFiles.MANIFEST + ".tmp"));
        requireRefusal(data, StateFiles.MANIFEST + ".tmp", "Is a directory");
        Files.delete(data.resolve(StateFiles.MANIFEST + ".tmp"));
        requireWhole(data);
    }
}
