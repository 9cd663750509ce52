package io.magpie.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.magpie.core.Outcome;
import io.magpie.core.profile.ItemRecord;
import io.magpie.core.profile.ProfileDescriptor;
import io.magpie.core.profile.ProfileRecord;
import io.magpie.core.profile.SeenDescriptor;
import io.magpie.core.profile.SeenSet;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateMigrationTest {
    private static final int DIMENSION = 4;
    private static final int PEOPLE = 30;
    private static final int ITEMS = 20;
    private static final List<String> SOURCES = List.of("social", "payment");

    @TempDir
    Path folder;

    private Path old;
    private Path target;

    private static StateConfiguration.Builder shape(int dimension, List<String> sources) {
        return StateConfiguration.builder(dimension, sources)
                .maxProfiles(100)
                .maxItems(100)
                .seenLimit(50)
                .logSegmentBytes(1 << 20);
    }

    @BeforeEach
    void fill() throws StateStoreException {
        old = folder.resolve("old");
        target = folder.resolve("new");
        try (StateStore store = StateStore.open(old, shape(DIMENSION, SOURCES).build())) {
            for (long id = 1; id <= PEOPLE; id++) {
                ProfileRecord profile = store.newProfileRecord();
                profile.clear(id);
                profile.version(7);
                for (int source = 0; source < 2; source++) {
                    int slot = profile.addSlot(source, 3);
                    Arrays.fill(
                            profile.vectors(),
                            profile.vectorOffset(slot),
                            profile.vectorOffset(slot) + DIMENSION,
                            id + source);
                    profile.slotEvidence(slot, source + 1.5);
                    profile.slotNorm(slot, 2 * (id + source));
                    profile.consent(source, 1, ProfileDescriptor.CONSENT_DENIED, 100 + source);
                }
                profile.addEvent(id);
                SeenSet seen = store.newSeenSet();
                seen.clear(id);
                seen.record(1, 10, 0, 0);
                seen.record(2, 11, 1, 0);
                seen.record(2, 12, 1, 0);
                profile.countSeen(seen);
                try (Change change = store.begin()) {
                    change.putProfile(profile);
                    change.putSeen(seen);
                    assertThat(change.commit()).isEqualTo(Outcome.OK);
                }
            }
            ItemRecord item = store.newItemRecord();
            for (int i = 0; i < ITEMS; i++) {
                item.edition(1 + i % 2);
                item.itemId(i / 2);
                item.version(i);
                Arrays.fill(item.vector(), i);
                try (Change change = store.begin()) {
                    change.putItem(item);
                    change.putRegister(Register.CATALOGUE_VERSION, i);
                    change.putRegister(Register.OTHER_EDITION, 2);
                    assertThat(change.commit()).isEqualTo(Outcome.OK);
                }
            }
        }
    }

    @Test
    void shouldKeepEverythingWhenOnlyTheRoomIsAnother() throws StateStoreException {
        StateConfiguration larger = shape(DIMENSION, SOURCES)
                .maxProfiles(500)
                .maxItems(40)
                .seenLimit(9)
                .build();
        assertThat(StateMigration.migrate(old, target, larger, SOURCES))
                .isEqualTo(new StateMigration.Result(PEOPLE, ITEMS, 0, 0, 0, 0, 0));
        try (StateStore store = StateStore.open(target, larger)) {
            check(store, 0, 1, true);
            assertThat(store.itemCount()).isEqualTo(ITEMS);
            ItemRecord item = store.newItemRecord();
            for (int i = 0; i < ITEMS; i++) {
                assertThat(store.readItem(1 + i % 2, i / 2, item)).isTrue();
                assertThat(item.version()).isEqualTo(i);
                assertThat(item.vector()).containsOnly(i);
            }
            assertThat(store.register(Register.CATALOGUE_VERSION)).isEqualTo(ITEMS - 1);
            assertThat(store.register(Register.OTHER_EDITION)).isEqualTo(2);
        }
        try (StateStore store = StateStore.open(old, shape(DIMENSION, SOURCES).build())) {
            assertThat(store.profileCount()).as("the old one is as it was").isEqualTo(PEOPLE);
        }
    }

    private static void check(StateStore store, int social, int payment, boolean withEvents) {
        assertThat(store.profileCount()).isEqualTo(PEOPLE);
        ProfileRecord profile = store.newProfileRecord();
        SeenSet seen = store.newSeenSet();
        for (long id = 1; id <= PEOPLE; id++) {
            assertThat(store.readProfile(id, profile)).isTrue();
            assertThat(profile.version()).isEqualTo(7);
            assertThat(profile.hasEvent(id)).isEqualTo(withEvents);
            int[] numbers = {social, payment};
            for (int was = 0; was < 2; was++) {
                int slot = profile.findSlot(numbers[was], 3);
                assertThat(profile.slotEvidence(slot)).isEqualTo(was + 1.5);
                assertThat(profile.slotNorm(slot)).isEqualTo(2 * (id + was));
                assertThat(profile.vectors()[profile.vectorOffset(slot)]).isEqualTo(id + was);
                assertThat(profile.consentTimeMillis(numbers[was], 1)).isEqualTo(100 + was);
                assertThat(profile.consentState(numbers[was], 1)).isEqualTo(ProfileDescriptor.CONSENT_DENIED);
                assertThat(profile.seenCount(numbers[was])).isEqualTo(1);
            }
            assertThat(store.readSeen(id, seen)).isTrue();
            assertThat(seen.count()).isEqualTo(2);
            assertThat(seen.count(seen.find(2, 0))).isEqualTo(2);
            assertThat(seen.source(seen.find(2, 0))).isEqualTo(payment);
        }
    }

    @Test
    void shouldMoveWhatBelongsToSourcesWhenTheyAreAddedRenamedAndReordered() throws StateStoreException {
        List<String> names = List.of("clicks", "paid", "social");
        StateConfiguration shape = shape(DIMENSION, names).build();
        StateMigration.Result result =
                StateMigration.migrate(old, target, shape, Arrays.asList(null, "payment", "social"));
        assertThat(result).isEqualTo(new StateMigration.Result(PEOPLE, ITEMS, 0, 0, 0, 0, 0));
        try (StateStore store = StateStore.open(target, shape)) {
            check(store, 2, 1, false);
        }
    }

    @Test
    void shouldLeaveNothingOfASourceThatIsLeftOut() throws StateStoreException {
        StateConfiguration shape = shape(DIMENSION, List.of("payment")).build();
        assertThat(StateMigration.migrate(old, target, shape, List.of("payment")))
                .isEqualTo(new StateMigration.Result(PEOPLE, ITEMS, 0, PEOPLE, PEOPLE, 0, 0));
        try (StateStore store = StateStore.open(target, shape)) {
            ProfileRecord profile = store.newProfileRecord();
            assertThat(store.readProfile(5, profile)).isTrue();
            assertThat(profile.slotCount()).isEqualTo(1);
            assertThat(profile.slotEvidence(profile.findSlot(0, 3))).isEqualTo(2.5);
            assertThat(profile.consentTimeMillis(0, 1)).isEqualTo(101);
            assertThat(profile.consentState(1, 1)).isZero();
            SeenSet seen = store.newSeenSet();
            store.readSeen(5, seen);
            assertThat(seen.count()).isEqualTo(1);
            assertThat(profile.seenCount(0)).isEqualTo(1);
        }
    }

    @Test
    void shouldKeepWhatAnswersHaveShownWhenASourceIsLeftOut() throws StateStoreException {
        try (StateStore store = StateStore.open(old, shape(DIMENSION, SOURCES).build())) {
            SeenSet seen = store.newSeenSet();
            store.readSeen(5, seen);
            seen.record(9, 13, SeenDescriptor.SOURCE_ANSWER, SeenDescriptor.KIND_SHOWN);
            assertThat(StateFixture.put(store, seen)).isEqualTo(Outcome.OK);
        }
        StateConfiguration shape = shape(DIMENSION, List.of("payment")).build();
        assertThat(StateMigration.migrate(old, target, shape, List.of("payment"))
                        .droppedSeen())
                .isEqualTo(PEOPLE);
        try (StateStore store = StateStore.open(target, shape)) {
            SeenSet seen = store.newSeenSet();
            store.readSeen(5, seen);
            int shown = seen.find(9, SeenDescriptor.KIND_SHOWN);
            assertThat(seen.source(shown)).isEqualTo(SeenDescriptor.SOURCE_ANSWER);
            assertThat(seen.timeSeconds(shown)).isEqualTo(13);
        }
    }

    @Test
    void shouldKeepConsentAndSeenAndSayWhatIsDroppedWhenTheDimensionIsAnother() throws StateStoreException {
        StateConfiguration shape = shape(9, SOURCES).build();
        assertThat(StateMigration.migrate(old, target, shape, SOURCES))
                .isEqualTo(new StateMigration.Result(PEOPLE, 0, ITEMS, 2 * PEOPLE, 0, 0, 0));
        try (StateStore store = StateStore.open(target, shape)) {
            assertThat(store.itemCount()).isZero();
            ProfileRecord profile = store.newProfileRecord();
            assertThat(store.readProfile(5, profile)).isTrue();
            assertThat(profile.slotCount()).isZero();
            assertThat(profile.consentState(1, 1)).isEqualTo(ProfileDescriptor.CONSENT_DENIED);
            assertThat(profile.hasEvent(5)).isTrue();
            assertThat(store.readSeen(5, store.newSeenSet())).isTrue();
            assertThat(store.register(Register.CATALOGUE_VERSION)).isEqualTo(ITEMS - 1);
        }
    }

    @Test
    void shouldLeaveNothingWhenNotEverythingFits() {
        StateConfiguration small = shape(DIMENSION, SOURCES).maxProfiles(3).build();
        assertThatThrownBy(() -> StateMigration.migrate(old, target, small, SOURCES))
                .isInstanceOf(StateStoreException.class)
                .hasMessageContaining("Give it more room");
        assertThat(target).doesNotExist();
        assertThat(folder.toFile().list()).containsExactly("old");
    }

    @Test
    void shouldRefuseWhatIsNoDirectoryOfOursOrInUse() throws Exception {
        StateConfiguration shape = shape(DIMENSION, SOURCES).build();
        assertThatThrownBy(() -> StateMigration.shapeOf(folder)).hasMessageContaining("not one of Magpie's");
        assertThatThrownBy(() -> StateMigration.migrate(old, target, shape, List.of("social", "paid")))
                .hasMessageContaining("no such source");
        Files.createDirectories(target);
        Files.writeString(target.resolve("letter"), "mine");
        assertThatThrownBy(() -> StateMigration.migrate(old, target, shape, SOURCES))
                .hasMessageContaining("not empty");
        assertThat(target.resolve("letter")).exists();
        try (StateStore held = StateStore.open(old, shape)) {
            assertThat(held.profileCount()).isEqualTo(PEOPLE);
            assertThatThrownBy(() -> StateMigration.migrate(old, folder.resolve("other"), shape, SOURCES))
                    .hasMessageContaining("open in this process already");
        }
    }
}
