package io.magpie.core.engine;

import static io.magpie.core.engine.EngineFixture.BOUGHT;
import static io.magpie.core.engine.EngineFixture.CLICKED;
import static io.magpie.core.engine.EngineFixture.DIMENSION;
import static io.magpie.core.engine.EngineFixture.FRIENDS;
import static io.magpie.core.engine.EngineFixture.SPACE;
import static io.magpie.core.engine.EngineFixture.START;
import static io.magpie.core.engine.EngineFixture.profile;
import static io.magpie.core.engine.EngineFixture.vector;
import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.core.Outcome;
import io.magpie.core.profile.ProfileCodec;
import io.magpie.core.profile.ProfileRecord;
import io.magpie.core.store.StateStoreException;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SlotEntryTest {
    @TempDir
    Path directory;

    @Test
    void shouldMakeOneRecordOfThemWhenTheyAreOnePersons() throws StateStoreException {
        try (Engine engine = new EngineFixture(directory).open()) {
            long before = engine.statistics().state().lastSequence();
            SlotEntry[] entries = {entry(BOUGHT, SPACE, 1), entry(FRIENDS, SPACE, 2), entry(CLICKED, SPACE, 3)};
            engine.profiles().putSlots(Person.of(7), entries, 3);
            assertThat(entries).allMatch(entry -> entry.outcome() == Outcome.OK);
            assertThat(engine.statistics().state().lastSequence()).isEqualTo(before + 1);
            assertThat(profile(engine, 7).slotCount()).isEqualTo(3);
            assertThat(profile(engine, 7).version()).isEqualTo(3);
        }
        try (Engine engine = new EngineFixture(directory).open()) {
            assertThat(profile(engine, 7).slotCount()).isEqualTo(3);
        }
    }

    @Test
    void shouldChangeNothingWhenNoneOfThemIsValid() throws StateStoreException {
        try (Engine engine = new EngineFixture(directory).open()) {
            long before = engine.statistics().state().lastSequence();
            SlotEntry[] entries = {entry(9, SPACE, 1), entry(BOUGHT, SPACE, Float.NaN)};
            engine.profiles().putSlots(Person.of(7), entries, 2);
            assertThat(entries[0].outcome()).isEqualTo(Outcome.UNKNOWN_SOURCE);
            assertThat(entries[1].outcome()).isEqualTo(Outcome.NOT_FINITE);
            SlotEntry conditional = entry(BOUGHT, SPACE, 1);
            conditional.expectedVersion = 5;
            engine.profiles().putSlots(Person.of(7), new SlotEntry[] {conditional}, 1);
            assertThat(conditional.outcome()).isEqualTo(Outcome.VERSION_CONFLICT);
            assertThat(engine.statistics().state().lastSequence()).isEqualTo(before);
            assertThat(profile(engine, 7)).isNull();
        }
    }

    @Test
    void shouldRefuseAllOfThemWhenTheStoreHasNoRoomForThePerson() throws StateStoreException {
        try (Engine engine = new EngineFixture(directory).open()) {
            for (int id = 0; id < 50; id++) {
                engine.profiles().putSlot(id, BOUGHT, SPACE, vector(1), 1, START);
            }
            SlotEntry[] entries = {entry(BOUGHT, SPACE, 1), entry(9, SPACE, 1), entry(FRIENDS, SPACE, 1)};
            engine.profiles().putSlots(Person.of(50), entries, 3);
            assertThat(entries[0].outcome()).isEqualTo(Outcome.STORE_FULL);
            assertThat(entries[1].outcome()).isEqualTo(Outcome.UNKNOWN_SOURCE);
            assertThat(entries[2].outcome()).isEqualTo(Outcome.STORE_FULL);
        }
    }

    @Test
    void shouldDoWhatOneAfterTheOtherDoesWhateverTheEntriesAre() throws StateStoreException {
        SplittableRandom random = new SplittableRandom(5);
        try (Engine one = new EngineFixture(directory.resolve("one")).open();
                Engine together = new EngineFixture(directory.resolve("together")).open()) {
            SlotEntry[] entries = new SlotEntry[6];
            Outcome[] expected = new Outcome[entries.length];
            for (int turn = 0; turn < 2_000; turn++) {
                long id = random.nextInt(-1, 60);
                int count = 1 + random.nextInt(entries.length);
                for (int i = 0; i < count; i++) {
                    entries[i] = anyEntry(random);
                    SlotEntry entry = entries[i];
                    expected[i] = one.profiles()
                            .putSlot(
                                    Person.of(id),
                                    entry.source,
                                    entry.spaceId,
                                    entry.vector,
                                    entry.evidence,
                                    entry.timeMillis,
                                    entry.expectedVersion);
                }
                Person who = Person.of(id);
                together.profiles().putSlots(who, entries, count);
                for (int i = 0; i < count; i++) {
                    assertThat(entries[i].outcome()).isEqualTo(expected[i]);
                }
                assertThat(image(together, id)).isEqualTo(image(one, id));
            }
        }
    }

    private static SlotEntry entry(int source, int spaceId, float first) {
        SlotEntry entry = new SlotEntry(DIMENSION);
        entry.vector()[0] = first;
        entry.set(source, spaceId, 1, START, ProfileWriter.ANY_VERSION);
        return entry;
    }

    private static SlotEntry anyEntry(SplittableRandom random) {
        SlotEntry entry = new SlotEntry(DIMENSION);
        System.arraycopy(vector(random), 0, entry.vector(), 0, DIMENSION);
        if (random.nextInt(20) == 0) {
            entry.vector()[random.nextInt(DIMENSION)] = Float.NaN;
        }
        entry.set(
                random.nextInt(-1, 5),
                random.nextInt(SPACE, SPACE + 3),
                random.nextInt(-1, 9),
                START + random.nextLong(-10, 10) * EngineFixture.DAY / 10,
                random.nextInt(4) == 0 ? random.nextInt(6) : ProfileWriter.ANY_VERSION);
        return entry;
    }

    private static byte[] image(Engine engine, long id) {
        ProfileRecord profile = id < 0 ? null : profile(engine, id);
        byte[] image = new byte[4096];
        if (profile != null) {
            ProfileCodec.encode(profile, image, 0);
        }
        return image;
    }
}
