package io.magpie.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.magpie.core.LeftFiles;
import io.magpie.core.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A full disk is a refusal. Where a small file system can be mounted it is a real one; elsewhere a name of the log leads to
 * {@code /dev/full}, which says what a full disk says.
 */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class FullDiskTest {
    private static final Path FULL = Path.of("/dev/full");

    @TempDir
    Path root;

    private static void fill(Path disk, int leftKilobytes, String name) throws IOException {
        long left = Files.getFileStore(disk).getUsableSpace() - leftKilobytes * 1024L;
        try {
            Files.write(disk.resolve(name), new byte[(int) Math.max(0, left)]);
        } catch (IOException e) {
            // The store took some of it meanwhile: then the disk is as full as it gets.
        }
    }

    @Test
    void shouldLeaveNothingWhenTheMapsDoNotFit() throws Exception {
        try (MountedDisk disk = new MountedDisk(root.resolve("disk"), 1_500)) {
            Path data = disk.place().resolve("data");
            assertThatThrownBy(() -> StateStore.open(data, CrashWriter.configuration()))
                    .isInstanceOf(StateStoreException.class)
                    .hasMessageContaining("disk is not full");
            // What was made is gone, but for the lock.
            try (Stream<Path> left = Files.list(data)) {
                assertThat(left.map(each -> each.getFileName().toString())).isSubsetOf(StateFiles.LOCK);
            }
            // With room, the same directory is made.
            disk.remount("size=40m");
            StateStore.open(data, CrashWriter.configuration()).close();
        }
    }

    /** Files may be longer than what lies of them on the disk: all of them would fit here, as long as nothing is written. */
    @Test
    void shouldRefuseWhenThereIsNoBlockForEveryPageOfTheMaps() throws Exception {
        Path whole = root.resolve("whole");
        StateStore.open(whole, CrashWriter.configuration()).close();
        long bytes = 0;
        for (MapKind kind : MapKind.values()) {
            bytes += Files.size(whole.resolve(kind.file()));
        }
        try (MountedDisk disk = new MountedDisk(root.resolve("disk"), (int) (bytes >> 10) - 64)) {
            assertThatThrownBy(() -> StateStore.open(disk.place().resolve("data"), CrashWriter.configuration())
                            .close())
                    .isInstanceOf(StateStoreException.class)
                    .hasMessageContaining("disk is not full");
        }
    }

    @Test
    void shouldRefuseChangesAndGoOnWhenTheDiskWasFullForAWhile() throws Exception {
        try (MountedDisk mounted = new MountedDisk(root.resolve("disk"), 40_000)) {
            Path disk = mounted.place();
            Path data = disk.resolve("data");
            long last = 0;
            try (StateStore store = StateStore.open(
                    data, StateFixture.configuration().checkpointSegments(1_000).build())) {
                CrashWriter.Model model = new CrashWriter.Model();
                last = writeUntil(store, 0, 200, Outcome.OK);
                fill(disk, 16, "ballast");
                last = writeUntil(store, last, 5_000, Outcome.STORAGE_FAILED);
                model.advanceTo(last);
                StateCrashTest.compare(store, model);
                fillUntilSnapshotsAreRefused(disk, store);
                assertThat(disk.resolve("snapshot")).doesNotExist();
                assertThat(disk.resolve("snapshot.partial")).doesNotExist();
                Files.delete(disk.resolve("ballast"));
                Files.delete(disk.resolve("more-ballast"));
                last = writeUntil(store, last, last + 500, Outcome.OK);
            }
            try (StateStore store =
                    StateStore.open(data, StateFixture.configuration().build())) {
                CrashWriter.Model model = new CrashWriter.Model();
                model.advanceTo(last);
                StateCrashTest.compare(store, model);
            }
        }
    }

    /**
     * Fills what is left; a second time if the next segment, which was still in the making, was given up after the first and
     * left its room. Nothing else lets go of any.
     */
    private static void fillUntilSnapshotsAreRefused(Path disk, StateStore store) throws Exception {
        Path snapshot = disk.resolve("snapshot");
        fill(disk, 0, "more-ballast");
        try {
            store.snapshot(snapshot, 0, new SnapshotProgress());
        } catch (StateStoreException e) {
            return;
        }
        LeftFiles.remove(snapshot);
        Files.delete(disk.resolve("more-ballast"));
        fill(disk, 0, "more-ballast");
        assertThatThrownBy(() -> store.snapshot(snapshot, 0, new SnapshotProgress()))
                .isInstanceOf(StateStoreException.class);
    }

    private static long writeUntil(StateStore store, long from, long to, Outcome ending) {
        long number = from;
        Outcome outcome = Outcome.OK;
        while (number < to && outcome == Outcome.OK) {
            outcome = CrashWriter.write(store, number + 1, store.newProfileRecord(), store.newSeenSet());
            number += outcome == Outcome.OK ? 1 : 0;
        }
        assertThat(outcome).isEqualTo(ending);
        return number;
    }

    @Test
    void shouldRefuseChangesAndLoseNothingWhenNoSegmentFits() throws Exception {
        Assumptions.assumeTrue(Files.exists(FULL));
        Path data = root.resolve("data");
        long last;
        try (StateStore store = StateStore.open(data, CrashWriter.configuration())) {
            last = writeUntil(store, 0, 20, Outcome.OK);
            Path log = data.resolve(StateFiles.LOG);
            for (int number = 1; number < 200; number++) {
                Path next = log.resolve(String.format("%016x.log.tmp", number));
                Files.deleteIfExists(next);
                Files.createSymbolicLink(next, FULL);
            }
            last = writeUntil(store, last, 5_000, Outcome.STORAGE_FAILED);
            assertThat(store.statistics().failed()).isFalse();
        }
        try (StateStore store = StateStore.open(data, CrashWriter.configuration())) {
            CrashWriter.Model model = new CrashWriter.Model();
            model.advanceTo(last);
            StateCrashTest.compare(store, model);
            writeUntil(store, last, last + 500, Outcome.OK);
        }
    }
}
