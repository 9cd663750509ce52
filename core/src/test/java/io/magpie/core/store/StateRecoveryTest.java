package io.magpie.core.store;

import static io.magpie.core.store.StateFixture.configuration;
import static io.magpie.core.store.StateFixture.item;
import static io.magpie.core.store.StateFixture.profile;
import static io.magpie.core.store.StateFixture.put;
import static io.magpie.core.store.StateFixture.same;
import static io.magpie.core.store.StateFixture.seen;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.magpie.core.LeftFiles;
import io.magpie.core.Outcome;
import io.magpie.core.log.UpdateLog;
import io.magpie.core.profile.ProfileCodec;
import io.magpie.core.profile.ProfileRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A copy of the files of a store that is open is what a killed process leaves; here it is then damaged by hand. */
class StateRecoveryTest {
    @TempDir
    Path root;

    private Path killed;

    @BeforeEach
    void writeAndKill() throws Exception {
        Path directory = root.resolve("data");
        try (StateStore store = StateStore.open(directory, configuration().build())) {
            for (int id = 0; id < 50; id++) {
                put(store, profile(store, id, 3));
                put(store, seen(store, id, id, 9));
                put(store, item(store, id, 3));
            }
            store.checkpoint();
            for (int id = 10; id < 20; id++) {
                put(store, profile(store, id, 7));
            }
            try (Change change = store.begin()) {
                change.removeProfile(5);
                change.removeSeen(5);
                change.removeItem(1, 5);
                change.putRegister(Register.LIVE_SPACE, 12);
                assertThat(change.commit()).isEqualTo(Outcome.OK);
            }
            put(store, seen(store, 30, 130, 77));
            put(store, item(store, 31, 44));
            killed = root.resolve("killed");
            LeftFiles.copy(directory, killed);
        }
    }

    private static void requireState(StateStore store) {
        ProfileRecord profile = store.newProfileRecord();
        var seen = store.newSeenSet();
        var item = store.newItemRecord();
        for (int id = 0; id < 50; id++) {
            assertThat(store.readProfile(id, profile)).isEqualTo(id != 5);
            assertThat(store.readSeen(id, seen)).isEqualTo(id != 5 && id != 0);
            assertThat(store.readItem(1, id, item)).isEqualTo(id != 5);
            if (id != 5) {
                assertThat(same(profile, profile(store, id, id >= 10 && id < 20 ? 7 : 3)))
                        .isTrue();
                assertThat(same(seen, seen(store, id, id == 30 ? 130 : id, id == 30 ? 77 : 9)))
                        .isTrue();
                assertThat(same(item, item(store, id, id == 31 ? 44 : 3))).isTrue();
            }
        }
        assertThat(store.register(Register.LIVE_SPACE)).isEqualTo(12);
        assertThat(store.profileCount()).isEqualTo(49);
        assertThat(store.itemCount()).isEqualTo(49);
    }

    /** Overwrites some bytes in the middle of a profile in the map, as if the process had died while writing it. */
    private void tearProfile(long id, int number) throws IOException {
        ProfileRecord record = new ProfileRecord(6, 6, StateFixture.DIMENSION);
        StateFixture.fill(record, id, number);
        byte[] image = new byte[ProfileCodec.imageLength(record)];
        ProfileCodec.encode(record, image, 0);
        Path map = killed.resolve(MapKind.PROFILES.file());
        byte[] bytes = Files.readAllBytes(map);
        int at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf(new String(image, StandardCharsets.ISO_8859_1));
        assertThat(at).isPositive();
        for (int i = 40; i < 60; i++) {
            bytes[at + i] ^= 0x5A;
        }
        Files.write(map, bytes);
    }

    @Test
    void shouldHoldEverythingAcknowledgedWhenKilled() throws Exception {
        try (StateStore store = StateStore.open(killed, configuration().build())) {
            requireState(store);
        }
        try (StateStore store = StateStore.open(killed, configuration().build())) {
            requireState(store);
        }
    }

    @Test
    void shouldRestoreATornEntryFromTheLogWhenRecovered() throws Exception {
        tearProfile(13, 7);
        try (StateStore store = StateStore.open(killed, configuration().build())) {
            requireState(store);
        }
    }

    @Test
    void shouldLeaveNoByteOfAPersonWhenKilledWhileRemoving() throws Exception {
        // The removal is in the log; the entry in the map was half overwritten, so that recovery drops it as it is.
        tearProfile(13, 7);
        try (UpdateLog log = openLog()) {
            logRemoval(log);
        }
        assertThat(holding(traceOf13())).isPositive();
        StateStore.open(killed, configuration().build()).close();
        assertThat(holding(traceOf13())).isZero();
    }

    @Test
    void shouldLeaveNoByteOfAPersonWhenTheRecoveryOfThatWasKilledToo() throws Exception {
        tearProfile(13, 7);
        try (UpdateLog log = openLog()) {
            logRemoval(log);
            log.begin(PartKind.CHANGE);
            log.part(PartKind.REGISTER, Register.LIVE_SPACE.number(), 0, new byte[Long.BYTES], 0, Long.BYTES);
            log.commit();
        }
        // It has dropped the entry, and was killed before it wrote the maps anew: nothing is left to be dropped.
        Manifest manifest = Manifest.read(killed);
        manifest.put(StateOpener.RECOVERING, 1);
        manifest.write(killed);
        StateMaps.recover(killed, configuration().build(), message -> {}).close();
        assertThat(holding(traceOf13())).isPositive();
        StateStore.open(killed, configuration().build()).close();
        assertThat(holding(traceOf13())).isZero();
    }

    private UpdateLog openLog() throws IOException {
        return UpdateLog.open(killed.resolve(StateFiles.LOG), 64 << 10, 150, true, task -> {}, kind -> true);
    }

    private static void logRemoval(UpdateLog log) throws IOException {
        log.begin(PartKind.CHANGE);
        log.part(PartKind.PROFILE_REMOVE, 13, 0, new byte[0], 0, 0);
        UnsafeBuffer counts = new UnsafeBuffer(new byte[StateCounts.LENGTH]);
        StateCounts.encode(counts, 48, 50, 49, 0);
        log.part(PartKind.COUNTS, 0, 0, counts.byteArray(), 0, StateCounts.LENGTH);
        log.commit();
    }

    private static byte[] traceOf13() {
        byte[] trace = new byte[8];
        new UnsafeBuffer(trace).putFloat(0, 13 * 1000 + 7);
        new UnsafeBuffer(trace).putFloat(4, 13 * 1000 + 7 + 1 / 8f);
        return trace;
    }

    private int holding(byte[] bytes) throws IOException {
        int[] count = {0};
        String wanted = new String(bytes, StandardCharsets.ISO_8859_1);
        LeftFiles.forEach(killed, (file, held) -> {
            count[0] += new String(held, StandardCharsets.ISO_8859_1).contains(wanted) ? 1 : 0;
        });
        return count[0];
    }

    @Test
    void shouldLoseTheTornEntryWhenThereIsNoLog() throws Exception {
        // What the test above would show if the log were not replayed.
        tearProfile(13, 7);
        try (var files = Files.list(killed.resolve(StateFiles.LOG))) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        assertThatThrownBy(() -> StateStore.open(killed, configuration().build()))
                .isInstanceOf(StateStoreException.class)
                .hasMessageContaining("do not hold what was written")
                .hasMessageContaining("acceptLoss");
        StateConfiguration accepting = configuration().acceptLoss(true).build();
        try (StateStore store = StateStore.open(killed, accepting)) {
            assertThat(store.readProfile(13, store.newProfileRecord())).isFalse();
            assertThat(store.readProfile(14, store.newProfileRecord())).isTrue();
        }
    }

    @Test
    void shouldSayThatAnEntryIsGoneWhenTheLogDoesNotHaveIt() throws Exception {
        tearProfile(40, 3);
        assertThatThrownBy(() -> StateStore.open(killed, configuration().build()))
                .isInstanceOf(StateStoreException.class)
                .hasMessageContaining("profiles=48 expected=49");
        StateConfiguration accepting = configuration().acceptLoss(true).build();
        try (StateStore store = StateStore.open(killed, accepting)) {
            assertThat(store.profileCount()).isEqualTo(48);
            assertThat(store.readProfile(40, store.newProfileRecord())).isFalse();
        }
    }

    @Test
    void shouldBringTheMapsUpWhenTheyAreOlderThanTheLog() throws Exception {
        // The machine was lost: the maps are as the checkpoint left them, the log is newer.
        Path directory = root.resolve("second");
        Path old = root.resolve("old");
        try (StateStore store =
                StateStore.open(directory, configuration().maxProfiles(10).build())) {
            for (int id = 0; id < 10; id++) {
                put(store, profile(store, id, 1));
            }
            store.checkpoint();
            LeftFiles.copy(directory, old);
            for (int round = 0; round < 3; round++) {
                for (int id = 0; id < 10; id++) {
                    try (Change change = store.begin()) {
                        change.removeProfile(round * 10 + id);
                        change.putProfile(profile(store, (round + 1) * 10 + id, round));
                        assertThat(change.commit()).isEqualTo(Outcome.OK);
                    }
                }
            }
            LeftFiles.remove(old.resolve(StateFiles.LOG));
            LeftFiles.copy(directory.resolve(StateFiles.LOG), old.resolve(StateFiles.LOG));
        }
        try (StateStore store =
                StateStore.open(old, configuration().maxProfiles(10).build())) {
            assertThat(store.profileCount()).isEqualTo(10);
            ProfileRecord profile = store.newProfileRecord();
            for (int id = 30; id < 40; id++) {
                assertThat(store.readProfile(id, profile)).isTrue();
                assertThat(same(profile, profile(store, id, 2))).isTrue();
            }
        }
    }

    @Test
    void shouldApplyTheLogWhenFilesThatWereClosedAreBelowANewerOne() throws Exception {
        // Somebody put maps and manifest back as they were after a stop, and left the log that went on since.
        Path directory = root.resolve("second");
        Path old = root.resolve("old");
        try (StateStore store = StateStore.open(directory, configuration().build())) {
            put(store, profile(store, 1, 1));
        }
        LeftFiles.copy(directory, old);
        try (StateStore store = StateStore.open(directory, configuration().build())) {
            put(store, profile(store, 2, 2));
            LeftFiles.remove(old.resolve(StateFiles.LOG));
            LeftFiles.copy(directory.resolve(StateFiles.LOG), old.resolve(StateFiles.LOG));
        }
        try (StateStore store = StateStore.open(old, configuration().build())) {
            ProfileRecord profile = store.newProfileRecord();
            for (int id = 1; id <= 2; id++) {
                assertThat(store.readProfile(id, profile)).isTrue();
                assertThat(same(profile, profile(store, id, id))).isTrue();
            }
        }
    }

    @Test
    void shouldRefuseAndTouchNoMapWhenTheLogIsOfANewerMagpie() throws Exception {
        try (UpdateLog log =
                UpdateLog.open(killed.resolve(StateFiles.LOG), 64 << 10, 150, true, task -> {}, kind -> true)) {
            log.begin(PartKind.CHANGE);
            log.part(99, 1, 0, new byte[8], 0, 8);
            log.commit();
        }
        byte[] map = Files.readAllBytes(killed.resolve(MapKind.PROFILES.file()));
        assertThatThrownBy(() -> StateStore.open(killed, configuration().build()))
                .isInstanceOf(StateStoreException.class)
                .hasMessageContaining("newer Magpie");
        assertThat(Files.readAllBytes(killed.resolve(MapKind.PROFILES.file()))).isEqualTo(map);
    }

    @Test
    void shouldRefuseAndTouchNoMapWhenTheLogIsDamagedInTheMiddle() throws Exception {
        Path segment;
        try (var files = Files.list(killed.resolve(StateFiles.LOG))) {
            segment = files.sorted()
                    .filter(file -> holdsRecords(file))
                    .findFirst()
                    .orElseThrow();
        }
        byte[] bytes = Files.readAllBytes(segment);
        bytes[64 + 100] ^= 1;
        Files.write(segment, bytes);
        byte[] map = Files.readAllBytes(killed.resolve(MapKind.PROFILES.file()));
        String manifest = Files.readString(killed.resolve(StateFiles.MANIFEST));
        // The segment may begin before the checkpoint; damage there does not matter.
        boolean needed = java.nio.ByteBuffer.wrap(bytes)
                        .order(java.nio.ByteOrder.LITTLE_ENDIAN)
                        .getLong(32)
                > 149;
        if (needed) {
            assertThatThrownBy(() -> StateStore.open(killed, configuration().build()))
                    .isInstanceOf(StateStoreException.class)
                    .hasMessageContaining("update log is damaged");
            assertThat(Files.readAllBytes(killed.resolve(MapKind.PROFILES.file())))
                    .isEqualTo(map);
            assertThat(Files.readString(killed.resolve(StateFiles.MANIFEST))).isEqualTo(manifest);
        } else {
            try (StateStore store = StateStore.open(killed, configuration().build())) {
                requireState(store);
            }
        }
    }

    private static boolean holdsRecords(Path file) {
        try {
            return Files.readAllBytes(file)[64] != 0;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
