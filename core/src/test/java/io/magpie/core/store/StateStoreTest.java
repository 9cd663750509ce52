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
import io.magpie.core.MappedFile;
import io.magpie.core.Outcome;
import io.magpie.core.profile.ItemRecord;
import io.magpie.core.profile.ProfileRecord;
import io.magpie.core.profile.SeenSet;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class StateStoreTest {
    @TempDir
    Path directory;

    @Test
    void shouldGiveBackEverythingWhenOpenedAgain() throws Exception {
        try (StateStore store = StateStore.open(directory, configuration().build())) {
            for (int id = -3; id < 40; id++) {
                assertThat(put(store, profile(store, id, id + 10))).isEqualTo(Outcome.OK);
                assertThat(put(store, seen(store, id, 5 * (id + 3), 100))).isEqualTo(Outcome.OK);
                assertThat(put(store, item(store, id, id + 3))).isEqualTo(Outcome.OK);
            }
            try (Change change = store.begin()) {
                change.putRegister(Register.CATALOGUE_VERSION, 77);
                assertThat(change.commit()).isEqualTo(Outcome.OK);
            }
            requireAll(store);
        }
        try (StateStore store = StateStore.open(directory, configuration().build())) {
            requireAll(store);
            assertThat(store.register(Register.CATALOGUE_VERSION)).isEqualTo(77);
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void shouldUnmapPagesAndKeepWhatTheyHoldWhenACheckpointIsMade() throws Exception {
        Path file = directory.resolve(MapKind.PROFILES.file());
        try (StateStore store = StateStore.open(directory, configuration().build())) {
            for (int round = 10; round < 13; round++) {
                ProfileRecord expected = profile(store, 3, round);
                assertThat(put(store, expected)).isEqualTo(Outcome.OK);
                assertThat(MappedFile.residentKilobytes(file)).isPositive();
                store.checkpoint();
                assertThat(MappedFile.residentKilobytes(file)).isZero();
                ProfileRecord read = store.newProfileRecord();
                assertThat(store.readProfile(3, read)).isTrue();
                assertThat(same(read, expected)).isTrue();
            }
        }
    }

    @Test
    void shouldCountWhatIsNewWhenAChangeReadBefore() throws Exception {
        try (StateStore store = StateStore.open(directory, configuration().build())) {
            ProfileRecord read = store.newProfileRecord();
            for (int turn = 0; turn < 2; turn++) {
                for (int id = 1; id <= 3; id++) {
                    try (Change change = store.begin()) {
                        // Another one than is put, the one that is put, none at all.
                        assertThat(id < 3 && change.readProfile(id == 1 ? 2 : id, read))
                                .isEqualTo(id < 3 && turn == 1);
                        change.putProfile(profile(store, id, turn));
                        assertThat(change.commit()).isEqualTo(Outcome.OK);
                    }
                    assertThat(store.profileCount()).isEqualTo(turn == 0 ? id : 3);
                }
            }
            ProfileRecord redirect = profile(store, 5, 0);
            redirect.redirectTo(4);
            assertThat(put(store, redirect)).isEqualTo(Outcome.OK);
            try (Change change = store.begin()) {
                assertThat(change.readProfile(5, read)).as("it leads to none").isFalse();
                change.putProfile(profile(store, 5, 1));
                assertThat(change.commit()).isEqualTo(Outcome.OK);
            }
            assertThat(store.profileCount()).isEqualTo(4);
        }
    }

    private static void requireAll(StateStore store) {
        ProfileRecord profile = store.newProfileRecord();
        SeenSet seen = store.newSeenSet();
        ItemRecord item = store.newItemRecord();
        for (int id = -3; id < 40; id++) {
            assertThat(store.readProfile(id, profile)).isTrue();
            assertThat(same(profile, profile(store, id, id + 10))).isTrue();
            assertThat(store.readSeen(id, seen)).isEqualTo(id > -3);
            assertThat(same(seen, seen(store, id, 5 * (id + 3), 100))).isTrue();
            assertThat(store.readItem(1, id, item)).isTrue();
            assertThat(same(item, item(store, id, id + 3))).isTrue();
        }
        assertThat(store.readProfile(40, profile)).isFalse();
        assertThat(store.readItem(1, 40, item)).isFalse();
        assertThat(store.readSeen(40, seen)).isFalse();
        assertThat(seen.count()).isZero();
        assertThat(store.profileCount()).isEqualTo(43);
        assertThat(store.itemCount()).isEqualTo(43);
        Set<Long> items = new HashSet<>();
        store.forEachItem(each -> {
            assertThat(same(each, item(store, each.itemId(), (int) each.itemId() + 3)))
                    .isTrue();
            items.add(each.itemId());
        });
        assertThat(items).hasSize(43);
        List<Long> profiles = new ArrayList<>();
        store.forEachProfile(each -> profiles.add(each.profileId()));
        assertThat(profiles).hasSize(43).doesNotHaveDuplicates();
    }

    @Test
    void shouldRefuseAndLoseNothingWhenFull() throws Exception {
        StateConfiguration small =
                configuration().maxProfiles(5).maxSeenChunks(4).maxItems(2).build();
        try (StateStore store = StateStore.open(directory, small)) {
            for (int id = 0; id < 5; id++) {
                assertThat(put(store, profile(store, id, 3))).isEqualTo(Outcome.OK);
            }
            long sequence = store.statistics().lastSequence();
            assertThat(put(store, profile(store, 5, 3))).isEqualTo(Outcome.STORE_FULL);
            assertThat(store.statistics().lastSequence()).isEqualTo(sequence);
            assertThat(put(store, profile(store, 4, 2))).isEqualTo(Outcome.OK);
            assertThat(put(store, seen(store, 1, 3 * 62, 0))).isEqualTo(Outcome.OK);
            assertThat(put(store, seen(store, 2, 2 * 62, 0))).isEqualTo(Outcome.STORE_FULL);
            assertThat(store.readSeen(2, store.newSeenSet())).isFalse();
            assertThat(put(store, seen(store, 2, 62, 0))).isEqualTo(Outcome.OK);
            try (Change change = store.begin()) {
                change.putItem(item(store, 1, 1));
                change.putItem(item(store, 1, 2));
                change.putItem(item(store, 2, 1));
                assertThat(change.commit()).isEqualTo(Outcome.OK);
            }
            assertThat(put(store, item(store, 3, 1))).isEqualTo(Outcome.STORE_FULL);
            try (Change change = store.begin()) {
                change.removeItem(1, 1);
                change.putItem(item(store, 3, 1));
                assertThat(change.commit()).isEqualTo(Outcome.OK);
            }
            ProfileRecord profile = store.newProfileRecord();
            for (int id = 0; id < 5; id++) {
                assertThat(store.readProfile(id, profile)).isTrue();
            }
            assertThat(same(profile, profile(store, 4, 2))).isTrue();
            assertThat(store.profileCount()).isEqualTo(5);
            assertThat(store.itemCount()).isEqualTo(2);
        }
    }

    @Test
    void shouldHoldAsManyAsConfiguredWhateverTheIds() throws Exception {
        StateConfiguration configuration =
                configuration().maxProfiles(20_000).logSegmentBytes(8 << 20).build();
        try (StateStore store = StateStore.open(directory, configuration)) {
            long length = Files.size(directory.resolve(MapKind.PROFILES.file()));
            ProfileRecord profile = store.newProfileRecord();
            for (long i = 0; i < 20_000; i++) {
                profile.clear(i * 0x9E3779B97F4A7C15L);
                assertThat(put(store, profile)).isEqualTo(Outcome.OK);
            }
            profile.clear(-1);
            assertThat(put(store, profile)).isEqualTo(Outcome.STORE_FULL);
            assertThat(Files.size(directory.resolve(MapKind.PROFILES.file()))).isEqualTo(length);
        }
    }

    @Test
    void shouldWriteOnlyTheChunksThatChangedWhenASetGrows() throws Exception {
        try (StateStore store = StateStore.open(directory, configuration().build())) {
            put(store, seen(store, 9, 130, 50));
            SeenSet seen = store.newSeenSet();
            store.readSeen(9, seen);
            seen.record(4711, 5000, 2, 0);
            assertThat(seen.isChunkDirty(0)).isFalse();
            assertThat(seen.isChunkDirty(2)).isTrue();
            put(store, seen);
            SeenSet again = store.newSeenSet();
            assertThat(store.readSeen(9, again)).isTrue();
            assertThat(same(again, seen)).isTrue();
            while (again.count() > 10) {
                again.remove(0);
            }
            put(store, again);
            assertThat(store.readSeen(9, seen)).isTrue();
            assertThat(same(again, seen)).isTrue();
            assertThat(store.statistics().seenChunks()).isEqualTo(1);
        }
    }

    @Test
    void shouldLeaveNoByteOfAPersonWhenRemoved() throws Exception {
        long id = 0x6D61726B65723031L;
        long seenItem = 0x5345454E4954454DL;
        byte[] marker = new byte[] {0x11, (byte) 0x9A, 0x3B, 0x47};
        float component = java.nio.ByteBuffer.wrap(marker)
                .order(java.nio.ByteOrder.LITTLE_ENDIAN)
                .getFloat();
        StateConfiguration configuration =
                configuration().checkpointSegments(100).build();
        try (StateStore store = StateStore.open(directory, configuration)) {
            ProfileRecord profile = store.newProfileRecord();
            profile.clear(id);
            profile.addSlot(0, 1);
            java.util.Arrays.fill(
                    profile.vectors(),
                    profile.vectorOffset(0),
                    profile.vectorOffset(0) + StateFixture.DIMENSION,
                    component);
            SeenSet seen = store.newSeenSet();
            seen.clear(id);
            for (int round = 0; round < 200; round++) {
                profile.version(round);
                seen.record(seenItem, round, 0, 0);
                try (Change change = store.begin()) {
                    change.putProfile(profile);
                    change.putSeen(seen);
                    assertThat(change.commit()).isEqualTo(Outcome.OK);
                }
                put(store, profile(store, round, 3));
            }
            assertThat(store.statistics().logSegments()).isGreaterThan(2);
            byte[] seenBytes = bytes(seenItem);
            assertThat(holding(marker)).contains("profiles.dat", "0000000000000001.log");
            assertThat(holding(seenBytes)).contains("seen.dat", "0000000000000001.log");
            try (Change change = store.begin()) {
                change.removeProfile(id);
                change.removeSeen(id);
                assertThat(change.commit()).isEqualTo(Outcome.OK);
            }
            assertThat(holding(marker)).isEmpty();
            assertThat(holding(seenBytes)).isEmpty();
            assertThat(holding(bytes(id))).allMatch(name -> name.endsWith(".log"));
            assertThat(store.readProfile(id, profile)).isFalse();
            assertThat(store.readProfile(7, profile)).isTrue();
        }
    }

    private static byte[] bytes(long value) {
        return java.nio.ByteBuffer.allocate(8)
                .order(java.nio.ByteOrder.LITTLE_ENDIAN)
                .putLong(value)
                .array();
    }

    /** A segment of the log that is being prepared is renamed when it is ready: it is all zeros until then. */
    private List<String> holding(byte[] bytes) throws Exception {
        String wanted = new String(bytes, StandardCharsets.ISO_8859_1);
        List<String> found = new ArrayList<>();
        LeftFiles.forEach(directory, (file, held) -> {
            if (new String(held, StandardCharsets.ISO_8859_1).contains(wanted)) {
                found.add(file.getFileName().toString());
            }
        });
        return found;
    }

    @Test
    void shouldCutTheLogByItselfWhenItHasGrown() throws Exception {
        StateConfiguration configuration = configuration().checkpointSegments(2).build();
        try (StateStore store = StateStore.open(directory, configuration)) {
            for (int i = 0; i < 3_000; i++) {
                put(store, profile(store, i % 50, i % 1000));
            }
            store.checkpoint();
            assertThat(store.statistics().logSegments()).isEqualTo(1);
            assertThat(store.statistics().checkpoint()).isEqualTo(3_000);
            ProfileRecord profile = store.newProfileRecord();
            assertThat(store.readProfile(7, profile)).isTrue();
            assertThat(same(profile, profile(store, 7, 957))).isTrue();
        }
        try (var files = Files.list(directory.resolve("log"))) {
            assertThat(files.count()).isLessThanOrEqualTo(2);
        }
    }

    @Test
    void shouldForgetAChangeWhenItIsNotCommitted() throws Exception {
        try (StateStore store = StateStore.open(directory, configuration().build())) {
            try (Change change = store.begin()) {
                change.putProfile(profile(store, 1, 1));
                assertThatThrownBy(store::begin).isInstanceOf(IllegalStateException.class);
            }
            assertThat(store.readProfile(1, store.newProfileRecord())).isFalse();
            try (Change change = store.begin()) {
                assertThat(change.commit()).isEqualTo(Outcome.OK);
                assertThatThrownBy(change::commit).isInstanceOf(IllegalStateException.class);
            }
            assertThat(store.statistics().lastSequence()).isZero();
        }
    }

    @Test
    void shouldRefuseChangesUntilThereIsRoomWhenTheLogCannotGrow() throws Exception {
        StateConfiguration configuration =
                configuration().checkpointSegments(1_000).build();
        Path log = directory.resolve(StateFiles.LOG);
        Path away = directory.resolve("away");
        int acknowledged = 0;
        try (StateStore store = StateStore.open(directory, configuration)) {
            put(store, profile(store, 0, 3));
            // No new segment can be made in a directory that is not there.
            Files.move(log, away);
            Outcome outcome = Outcome.OK;
            while (outcome == Outcome.OK && acknowledged < 10_000) {
                acknowledged++;
                outcome = put(store, profile(store, 1, acknowledged));
            }
            assertThat(outcome).isEqualTo(Outcome.STORAGE_FAILED);
            assertThat(put(store, profile(store, 2, 3))).isEqualTo(Outcome.STORAGE_FAILED);
            assertThat(store.statistics().failed()).isFalse();
            assertThat(store.readProfile(0, store.newProfileRecord())).isTrue();
            Files.move(away, log);
            assertThat(put(store, profile(store, 3, 3))).isEqualTo(Outcome.OK);
        }
        try (StateStore store = StateStore.open(directory, configuration)) {
            assertThat(store.readProfile(3, store.newProfileRecord())).isTrue();
            ProfileRecord profile = store.newProfileRecord();
            assertThat(store.readProfile(1, profile)).isTrue();
            assertThat(same(profile, profile(store, 1, acknowledged - 1))).isTrue();
            assertThat(store.readProfile(2, profile)).isFalse();
        }
    }
}
