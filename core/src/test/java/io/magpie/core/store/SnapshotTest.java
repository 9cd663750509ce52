package io.magpie.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.magpie.core.LeftFiles;
import io.magpie.core.Outcome;
import io.magpie.core.profile.ProfileRecord;
import io.magpie.core.profile.SeenSet;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Snapshots are the state as of one change, whoever writes meanwhile, and are restored to exactly that. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class SnapshotTest {
    private static final long PEOPLE = 120;

    @TempDir
    Path root;

    private static StateStore open(Path directory) throws StateStoreException {
        return StateStore.open(directory, CrashWriter.configuration());
    }

    private static void write(StateStore store, long from, long to) {
        ProfileRecord profile = store.newProfileRecord();
        SeenSet seen = store.newSeenSet();
        for (long number = from; number <= to; number++) {
            assertThat(CrashWriter.write(store, number, profile, seen)).isEqualTo(Outcome.OK);
        }
    }

    private static void requireModel(Path directory, long least, long most) throws StateStoreException {
        try (StateStore store = open(directory)) {
            long number = store.register(Register.CATALOGUE_VERSION);
            assertThat(number).isBetween(least, most);
            CrashWriter.Model model = new CrashWriter.Model();
            model.advanceTo(number);
            StateCrashTest.compare(store, model);
            assertThat(store.profileCount()).isEqualTo(model.profiles.size());
            // And it is one that can be gone on with.
            write(store, number + 1, number + 50);
        }
        try (StateStore store = open(directory)) {
            CrashWriter.Model model = new CrashWriter.Model();
            model.advanceTo(store.register(Register.CATALOGUE_VERSION));
            StateCrashTest.compare(store, model);
        }
    }

    private static void requireVerified(Path directory, Path work) {
        assertThat(StateVerification.verify(directory, work)).allMatch(StateVerification.Finding::ok);
    }

    @Test
    void shouldHoldTheStateAsOfOneChangeWhenOthersWriteMeanwhile() throws Exception {
        AtomicBoolean stop = new AtomicBoolean();
        AtomicLong written = new AtomicLong();
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Path data = root.resolve("data");
        try (StateStore store = open(data)) {
            Thread writer = new Thread(() -> {
                ProfileRecord profile = store.newProfileRecord();
                SeenSet seen = store.newSeenSet();
                for (long number = 1; !stop.get(); number++) {
                    if (CrashWriter.write(store, number, profile, seen) != Outcome.OK) {
                        failure.set(new IOException("not acknowledged: number=" + number));
                        return;
                    }
                    written.set(number);
                }
            });
            writer.start();
            try {
                for (int round = 0; round < 5; round++) {
                    while (written.get() < 2_000L * (round + 1) && failure.get() == null) {
                        Thread.onSpinWait();
                    }
                    Path snapshot = root.resolve("snapshot" + round);
                    SnapshotProgress progress = new SnapshotProgress();
                    long before = written.get();
                    // Slow enough for the log to roll and to be checkpointed many times.
                    store.snapshot(snapshot, 400_000, progress);
                    long after = written.get();
                    assertThat(after - before).isGreaterThan(500);
                    assertThat(progress.entries()).isPositive();
                    requireVerified(snapshot, root);
                    Path restored = root.resolve("restored" + round);
                    StateRestore.restore(snapshot, restored, 0, 0);
                    requireVerified(restored, root);
                    requireModel(restored, before, after + 1);
                }
            } finally {
                stop.set(true);
                writer.join();
            }
            assertThat(failure.get()).isNull();
            // The log is let go of again.
            store.checkpoint();
            assertThat(store.statistics().logSegments()).isLessThanOrEqualTo(2);
        }
        requireModel(data, written.get(), written.get() + 1);
    }

    @Test
    void shouldTakeItsTimeWhenItIsThrottled() throws Exception {
        try (StateStore store = open(root.resolve("data"))) {
            write(store, 1, 1_000);
            SnapshotProgress progress = new SnapshotProgress();
            store.snapshot(root.resolve("fast"), 0, progress);
            // Entries alone are held back: what the log has of a store at rest is nothing.
            long before = System.nanoTime();
            store.snapshot(root.resolve("slow"), progress.bytes(), new SnapshotProgress());
            // A second, but for what is no entry: heads of segments and records.
            assertThat(System.nanoTime() - before).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(600));
        }
    }

    @Test
    void shouldHoldNothingOfAPersonWhoWasErasedWhileItWasMade() throws Exception {
        Path snapshot = root.resolve("snapshot");
        try (StateStore store = open(root.resolve("data"))) {
            for (long id = 1; id <= 100; id++) {
                StateFixture.put(store, StateFixture.profile(store, id, 3));
                StateFixture.put(store, StateFixture.seen(store, id, 100, 5));
            }
            SnapshotProgress progress = new SnapshotProgress();
            AtomicReference<Throwable> failure = new AtomicReference<>();
            Thread maker = new Thread(() -> {
                try {
                    store.snapshot(snapshot, 300_000, progress);
                } catch (StateStoreException e) {
                    failure.set(e);
                }
            });
            maker.start();
            while (progress.entries() < 50) {
                Thread.onSpinWait();
            }
            // Of those who come now the records tell that are copied behind the entries.
            for (long id = 101; id <= PEOPLE; id++) {
                StateFixture.put(store, StateFixture.profile(store, id, 3));
                StateFixture.put(store, StateFixture.seen(store, id, 100, 5));
            }
            for (long id = 1; id <= PEOPLE; id += 2) {
                try (Change change = store.begin()) {
                    change.removeProfile(id);
                    change.removeSeen(id);
                    assertThat(change.commit()).isEqualTo(Outcome.OK);
                }
            }
            maker.join();
            assertThat(failure.get()).isNull();
            requireVerified(snapshot, root);
            String text = textOf(snapshot);
            for (long id = 1; id <= PEOPLE; id++) {
                assertThat(text.contains(imageText(store, id))).as("id=%d", id).isEqualTo(id % 2 == 0);
            }
        }
        StateRestore.restore(snapshot, root.resolve("restored"), 0, 0);
        try (StateStore store = open(root.resolve("restored"))) {
            for (long id = 1; id <= PEOPLE; id++) {
                assertThat(store.readProfile(id, store.newProfileRecord())).isEqualTo(id % 2 == 0);
                assertThat(store.readSeen(id, store.newSeenSet())).isEqualTo(id % 2 == 0);
            }
        }
    }

    /** Between two slices of the records: the first has what was written of them, a later one that they were erased. */
    @Test
    void shouldHoldNothingOfAPersonWhoWasErasedWhileRecordsWereCopied() throws Exception {
        long erased = 300;
        Path snapshot = root.resolve("snapshot");
        try (StateStore store = open(root.resolve("data"))) {
            StateFixture.put(store, StateFixture.profile(store, 1, 3));
            boolean[] removed = new boolean[1];
            SnapshotProgress progress = new SnapshotProgress() {
                @Override
                void copied(long entriesSoFar, long bytesSoFar) {
                    boolean ofEntries = entriesSoFar > entries();
                    super.copied(entriesSoFar, bytesSoFar);
                    if (ofEntries) {
                        StateFixture.put(store, StateFixture.profile(store, erased, 3));
                        for (int number = 0; number < 6_000; number++) {
                            StateFixture.put(store, StateFixture.profile(store, 2, number));
                        }
                    } else if (!removed[0]) {
                        removed[0] = true;
                        try (Change change = store.begin()) {
                            change.removeProfile(erased);
                            assertThat(change.commit()).isEqualTo(Outcome.OK);
                        }
                    }
                }
            };
            store.snapshot(snapshot, 0, progress);
            assertThat(removed[0]).isTrue();
            requireVerified(snapshot, root);
            assertThat(textOf(snapshot)).doesNotContain(imageText(store, erased));
            assertThat(textOf(snapshot)).contains(imageText(store, 1));
        }
        StateRestore.restore(snapshot, root.resolve("restored"), 0, 0);
        try (StateStore store = open(root.resolve("restored"))) {
            assertThat(store.readProfile(erased, store.newProfileRecord())).isFalse();
            assertThat(store.readProfile(2, store.newProfileRecord())).isTrue();
        }
    }

    @Test
    void shouldNotGiveOutIdsAgainThatWereGivenOutAfterTheSnapshot() throws Exception {
        Path snapshot = root.resolve("snapshot");
        long lastGiven = 1_000_000;
        try (StateStore store = open(root.resolve("data"))) {
            register(store, 7);
            store.snapshot(snapshot, 0, new SnapshotProgress());
            register(store, lastGiven);
        }
        StateRestore.restore(snapshot, root.resolve("restored"), 0, 0);
        try (StateStore store = open(root.resolve("restored"))) {
            assertThat(store.register(Register.NEXT_PROFILE_ID)).isGreaterThan(lastGiven);
        }
    }

    private static void register(StateStore store, long nextProfileId) {
        try (Change change = store.begin()) {
            change.putRegister(Register.NEXT_PROFILE_ID, nextProfileId);
            assertThat(change.commit()).isEqualTo(Outcome.OK);
        }
    }

    @Test
    void shouldKeepErasuresFromTheTimeOfItsMakingWhenScrubbed() throws Exception {
        Path snapshot = root.resolve("snapshot");
        Path data = root.resolve("data");
        try (StateStore store = open(data)) {
            write(store, 1, 1_000);
            SnapshotProgress progress = new SnapshotProgress();
            Thread eraser = new Thread(() -> {
                // By then the list has been copied.
                while (progress.entries() == 0) {
                    Thread.onSpinWait();
                }
                try (Change change = store.begin()) {
                    change.addErasure(1, 2, 3);
                    change.commit();
                }
            });
            eraser.setDaemon(true);
            eraser.start();
            store.snapshot(snapshot, 100_000, progress);
            eraser.join();
        }
        assertThat(erasures(snapshot)).containsExactly("1 2 3");
        SnapshotScrub.scrub(snapshot, data);
        assertThat(erasures(snapshot)).containsExactly("1 2 3");
        requireVerified(snapshot, root);
    }

    @Test
    void shouldReadTheListOfADirectoryInUseWhenItsLogIsWrittenAndCutMeanwhile() throws Exception {
        Path snapshot = root.resolve("snapshot");
        Path data = root.resolve("data");
        AtomicBoolean isDone = new AtomicBoolean();
        try (StateStore store = open(data)) {
            write(store, 1, 100);
            store.snapshot(snapshot, 0, new SnapshotProgress());
            Thread writer = new Thread(() -> {
                for (long number = 101; !isDone.get(); number++) {
                    write(store, number, number);
                    if (number % 20 == 0) {
                        eraseOne(store, number);
                    }
                }
            });
            writer.setDaemon(true);
            writer.start();
            int most = 0;
            for (int i = 0; i < 200; i++) {
                try (SnapshotContents contents = SnapshotContents.open(snapshot)) {
                    int[] later = {0};
                    LaterErasures.read(contents, data).forEachErasure((high, low, timeMillis) -> later[0]++);
                    assertThat(later[0]).isGreaterThanOrEqualTo(most);
                    most = later[0];
                }
            }
            assertThat(most).isPositive();
            assertThat(writer.isAlive()).isTrue();
            isDone.set(true);
            writer.join();
        }
    }

    private static void eraseOne(StateStore store, long number) {
        try (Change change = store.begin()) {
            change.removeProfile(number % CrashWriter.PEOPLE);
            change.addErasure(number, 2, 3);
            assertThat(change.commit()).isEqualTo(Outcome.OK);
        }
    }

    private static List<String> erasures(Path snapshot) throws Exception {
        List<String> found = new ArrayList<>();
        try (SnapshotContents contents = SnapshotContents.open(snapshot)) {
            contents.forEachErasure((high, low, timeMillis) -> found.add(high + " " + low + " " + timeMillis));
        }
        return found;
    }

    /** A stretch of bytes that is in the files only where the person's vectors are. */
    private static String imageText(StateStore store, long id) {
        ProfileRecord profile = StateFixture.profile(store, id, 3);
        java.nio.ByteBuffer bytes =
                java.nio.ByteBuffer.allocate(4 * profile.dimension()).order(java.nio.ByteOrder.LITTLE_ENDIAN);
        for (int d = 0; d < profile.dimension(); d++) {
            bytes.putFloat(profile.vectors()[profile.vectorOffset(0) + d]);
        }
        return new String(bytes.array(), StandardCharsets.ISO_8859_1);
    }

    private static String textOf(Path directory) throws IOException {
        StringBuilder text = new StringBuilder();
        LeftFiles.forEach(directory, (file, bytes) -> text.append(new String(bytes, StandardCharsets.ISO_8859_1)));
        return text.toString();
    }

    @Test
    void shouldLeaveOutWhoWasErasedSinceWhenRestored() throws Exception {
        Path snapshot = root.resolve("snapshot");
        Path restored = root.resolve("restored");
        try (StateStore store = open(root.resolve("data"))) {
            write(store, 1, 1_000);
            store.snapshot(snapshot, 0, new SnapshotProgress());
        }
        StateRestore.Result result = StateRestore.restore(snapshot, restored, 0, 0, id -> id % 3 == 0);
        assertThat(result.erasedParts()).isPositive();
        try (StateStore store = open(restored)) {
            for (long id = 0; id < CrashWriter.PEOPLE; id += 3) {
                assertThat(store.readProfile(id, store.newProfileRecord())).isFalse();
                assertThat(store.readSeen(id, store.newSeenSet())).isFalse();
            }
            assertThat(store.profileCount()).isPositive();
        }
        requireVerified(restored, root);
        assertThat(SnapshotContents.scrub(snapshot, id -> id % 3 == 0)).isEqualTo((int) result.erasedParts());
        requireVerified(snapshot, root);
        StateRestore.Result again = StateRestore.restore(snapshot, root.resolve("again"), 0, 0);
        assertThat(again.entries()).isEqualTo(result.entries());
        assertThat(again.erasedParts()).isZero();
    }

    @Test
    void shouldHaveMoreRoomWhenRestoredIntoALargerOne() throws Exception {
        Path snapshot = root.resolve("snapshot");
        try (StateStore store = open(root.resolve("data"))) {
            write(store, 1, 500);
            store.snapshot(snapshot, 0, new SnapshotProgress());
        }
        Path restored = root.resolve("restored");
        StateRestore.restore(snapshot, restored, 4_000, 3_000);
        StateConfiguration larger = StateFixture.configuration()
                .maxProfiles(4_000)
                .maxItems(3_000)
                .maxSeenChunks(8_000)
                .build();
        try (StateStore store = StateStore.open(restored, larger)) {
            CrashWriter.Model model = new CrashWriter.Model();
            model.advanceTo(500);
            StateCrashTest.compare(store, model);
        }
        assertThatThrownBy(() -> StateRestore.restore(snapshot, root.resolve("small"), 3, 0))
                .isInstanceOf(StateStoreException.class)
                .hasMessageContaining("more than there would be room for");
        assertThat(root.resolve("small")).doesNotExist();
    }

    @Test
    void shouldRefuseTargetsThatAreThereAndLeaveNothingWhenItFails() throws Exception {
        Path snapshot = root.resolve("snapshot");
        Path data = root.resolve("data");
        try (StateStore store = open(data)) {
            write(store, 1, 500);
            store.snapshot(snapshot, 0, new SnapshotProgress());
            assertThatThrownBy(() -> store.snapshot(snapshot, 0, new SnapshotProgress()))
                    .isInstanceOf(StateStoreException.class)
                    .hasMessageContaining("something of this name");
            assertThatThrownBy(() -> store.snapshot(root.resolve("no/parent"), 0, new SnapshotProgress()))
                    .isInstanceOf(StateStoreException.class);
            SnapshotProgress cancelled = new SnapshotProgress();
            cancelled.cancel();
            assertThatThrownBy(() -> store.snapshot(root.resolve("cancelled"), 0, cancelled))
                    .hasMessageContaining("cancelled");
            try (var files = Files.list(root)) {
                assertThat(files.map(file -> file.getFileName().toString()).toList())
                        .containsExactlyInAnyOrder("snapshot", "data");
            }
            assertThatThrownBy(() -> StateRestore.restore(snapshot, data, 0, 0))
                    .isInstanceOf(StateStoreException.class)
                    .hasMessageContaining("not empty");
            write(store, 501, 600);
        }
        assertThatThrownBy(() -> open(snapshot)).hasMessageContaining("It is a snapshot");
    }

    @Test
    void shouldNoticeEveryDamageWhenASnapshotIsVerifiedOrRestored() throws Exception {
        Path snapshot = root.resolve("snapshot");
        try (StateStore store = open(root.resolve("data"))) {
            write(store, 1, 1_000);
            store.snapshot(snapshot, 0, new SnapshotProgress());
        }
        StateRestore.restore(snapshot, root.resolve("whole"), 0, 0);
        SplittableRandom random = new SplittableRandom(6);
        List<Path> files;
        try (var walk = Files.walk(snapshot)) {
            files = walk.filter(Files::isRegularFile).toList();
        }
        for (Path file : files) {
            byte[] whole = Files.readAllBytes(file);
            for (int round = 0; round < 40; round++) {
                int at = random.nextInt(whole.length);
                byte[] bytes = whole.clone();
                if (round % 8 == 7) {
                    bytes = java.util.Arrays.copyOf(whole, at);
                } else {
                    bytes[at] ^= (byte) (1 << random.nextInt(8));
                }
                Files.write(file, bytes);
                boolean noticed =
                        !StateVerification.verify(snapshot, root).stream().allMatch(StateVerification.Finding::ok);
                Path restored = root.resolve("restored");
                try {
                    StateRestore.restore(snapshot, restored, 0, 0);
                    assertThat(noticed).as("file=%s at=%d", file, at).isFalse();
                    try (StateStore store = open(restored)) {
                        CrashWriter.Model model = new CrashWriter.Model();
                        model.advanceTo(1_000);
                        StateCrashTest.compare(store, model);
                    }
                    StateFiles.deleteTree(restored);
                } catch (StateStoreException e) {
                    assertThat(noticed).as("file=%s at=%d: %s", file, at, e).isTrue();
                    assertThat(restored).doesNotExist();
                }
            }
            Files.write(file, whole);
        }
    }

    @Test
    void shouldChangeNothingWhenVerified() throws Exception {
        Path data = root.resolve("data");
        Path killed = root.resolve("killed");
        try (StateStore store = open(data)) {
            write(store, 1, 690);
            store.checkpoint(); // none is made, and no log cut, while the files are copied
            write(store, 691, 700);
            assertThat(StateVerification.verify(data, root))
                    .anyMatch(finding -> !finding.ok() && finding.text().contains("a server has it open"));
            LeftFiles.copy(data, killed);
        }
        for (Path each : List.of(data, killed)) {
            String before = textOf(each);
            requireVerified(each, root);
            assertThat(textOf(each)).isEqualTo(before);
        }
        requireModel(killed, 700, 700);
    }
}
