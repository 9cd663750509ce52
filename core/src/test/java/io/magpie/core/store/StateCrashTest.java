package io.magpie.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.core.profile.ItemRecord;
import io.magpie.core.profile.ProfileRecord;
import io.magpie.core.profile.SeenSet;
import java.io.DataInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills a process that writes, again and again, and compares all that the store then holds with what the acknowledged
 * changes make. {@code -Dmagpie.crash.rounds=N} for a longer run.
 */
class StateCrashTest {
    private static final int ROUNDS = Integer.getInteger("magpie.crash.rounds", 4);

    @TempDir
    Path root;

    @Test
    @Timeout(value = 30, unit = TimeUnit.MINUTES)
    void shouldHoldEveryAcknowledgedChangeWhenKilledAtRandomMoments() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        Path directory = root.resolve("data");
        CrashWriter.Model model = new CrashWriter.Model();
        long acknowledged = 0;
        for (int round = 0; round < ROUNDS; round++) {
            Path errors = root.resolve("errors");
            Process process = KilledProcess.start(CrashWriter.class, errors, directory.toString());
            try {
                acknowledged = KilledProcess.killAfter(process, 1 + random.nextInt(4_000), random.nextInt(3_000));
            } finally {
                process.destroyForcibly().waitFor();
            }
            assertThat(acknowledged)
                    .as("seed=%d round=%d errors=%s", seed, round, Files.readString(errors))
                    .isGreaterThanOrEqualTo(0);
            try (StateStore store = StateStore.open(directory, CrashWriter.configuration())) {
                long number = store.register(Register.CATALOGUE_VERSION);
                // The one change that was under way may be there or not.
                assertThat(number).as("seed=%d", seed).isBetween(acknowledged, acknowledged + 1);
                model.advanceTo(number);
                compare(store, model);
                if (round % 2 == 0) {
                    // Every other round the next process meets what this one left without closing.
                    continue;
                }
                store.checkpoint();
            }
        }
    }

    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void shouldStartAnewWhenKilledDuringTheFirstCreation() throws Exception {
        Random random = new Random();
        for (int round = 0; round < Math.max(1, ROUNDS / 4); round++) {
            Path directory = root.resolve("first" + round);
            Process process = KilledProcess.start(CrashWriter.class, root.resolve("errors"), directory.toString());
            try {
                // Somewhere between the first file and the manifest, or shortly after.
                while (process.isAlive() && !Files.exists(directory.resolve(StateFiles.CREATING))) {
                    Thread.onSpinWait();
                }
                long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(random.nextInt(600));
                while (process.isAlive() && System.nanoTime() < until) {
                    Thread.onSpinWait();
                }
            } finally {
                process.destroyForcibly().waitFor();
            }
            StateStore.open(directory, CrashWriter.configuration()).close();
        }
    }

    static void compare(StateStore store, CrashWriter.Model model) {
        SeenSet seen = store.newSeenSet();
        for (long id = 0; id < CrashWriter.PEOPLE; id++) {
            SeenSet expected = model.seen.get(id);
            assertThat(store.readSeen(id, seen)).as("seen %d", id).isEqualTo(expected != null);
            assertThat(expected == null || StateFixture.same(seen, expected))
                    .as("seen %d", id)
                    .isTrue();
        }
        compareButSeen(store, model);
    }

    static void compareButSeen(StateStore store, CrashWriter.Model model) {
        ProfileRecord profile = store.newProfileRecord();
        ItemRecord item = store.newItemRecord();
        for (long id = 0; id < CrashWriter.PEOPLE; id++) {
            Integer number = model.profiles.get(id);
            assertThat(store.readProfile(id, profile)).as("profile %d", id).isEqualTo(number != null);
            if (number != null) {
                assertThat(StateFixture.same(profile, StateFixture.profile(store, id, number)))
                        .as("profile %d", id)
                        .isTrue();
            }
        }
        for (long id = 0; id < CrashWriter.ITEMS; id++) {
            Integer number = model.items.get(id);
            assertThat(store.readItem(1, id, item)).as("item %d", id).isEqualTo(number != null);
            if (number != null) {
                assertThat(StateFixture.same(item, StateFixture.item(store, id, number)))
                        .as("item %d", id)
                        .isTrue();
            }
        }
    }

    @Test
    @Timeout(value = 2, unit = TimeUnit.MINUTES)
    void shouldNameTheOtherProcessWhenItHasTheDirectory() throws Exception {
        Path directory = root.resolve("data");
        Process process = KilledProcess.start(CrashWriter.class, root.resolve("errors"), directory.toString());
        try {
            assertThat(new DataInputStream(process.getInputStream()).readLong()).isZero();
            org.assertj.core.api.Assertions.assertThatThrownBy(
                            () -> StateStore.open(directory, CrashWriter.configuration()))
                    .isInstanceOf(StateStoreException.class)
                    .hasMessageContaining("in use by process " + process.pid());
        } finally {
            process.destroyForcibly().waitFor();
        }
    }
}
