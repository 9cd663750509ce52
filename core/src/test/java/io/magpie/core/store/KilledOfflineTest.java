package io.magpie.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.core.LeftFiles;
import io.magpie.core.Outcome;
import io.magpie.core.profile.IdentityHasher;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

/**
 * Kills restores, changes of size and scrubs at random moments: what they read is as it was, what they make is there as a
 * whole or not at all, and the same once more ends as if there had been no kill. {@code -Dmagpie.crash.rounds=N} for a longer
 * run.
 */
@Timeout(value = 30, unit = TimeUnit.MINUTES)
class KilledOfflineTest {
    private static final int ROUNDS = Integer.getInteger("magpie.crash.rounds", 1);
    private static final int MOST_ROUNDS = ROUNDS + 50;
    private static final long WRITTEN = 2_000;
    /** Whoever is erased after the snapshot; nobody else has such an id. */
    private static final long FIRST_ERASED = 700_001;

    private static final int ERASED = 20;

    @TempDir
    Path root;

    private Path snapshot;
    private Path data;

    /** A directory, a snapshot of it, and people who were erased from it since. */
    private void make() throws Exception {
        snapshot = root.resolve("snapshot");
        data = root.resolve("data");
        try (StateStore store = StateStore.open(data, CrashWriter.configuration())) {
            for (long number = 1; number <= WRITTEN; number++) {
                assertThat(CrashWriter.write(store, number, store.newProfileRecord(), store.newSeenSet()))
                        .isEqualTo(Outcome.OK);
            }
            for (int i = 0; i < ERASED; i++) {
                StateFixture.put(store, StateFixture.profile(store, FIRST_ERASED + i, 3));
            }
            store.snapshot(snapshot, 0, new SnapshotProgress());
            IdentityHasher hasher = store.newIdentityHasher();
            for (int i = 0; i < ERASED; i++) {
                try (Change change = store.begin()) {
                    change.removeProfile(FIRST_ERASED + i);
                    hasher.erasedProfile(FIRST_ERASED + i);
                    change.addErasure(hasher.high(), hasher.low(), 1_000);
                    assertThat(change.commit()).isEqualTo(Outcome.OK);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(OfflineWork.class)
    void shouldBeDoneOrNotBegunWhenKilled(OfflineWork work) throws Exception {
        make();
        long seed = System.nanoTime();
        Random random = new Random(seed);
        // The first round is not cut short: it tells how long it takes.
        long micros = Long.MAX_VALUE;
        int cut = 0;
        for (int round = 0; round <= ROUNDS || cut == 0 && round < MOST_ROUNDS; round++) {
            String when = "seed=" + seed + " round=" + round;
            Path from = work == OfflineWork.RESTORE ? snapshot : data;
            Path to = Files.createDirectory(root.resolve(work + "-" + round)).resolve("made");
            if (work == OfflineWork.SCRUB) {
                LeftFiles.copy(snapshot, to);
            }
            Path errors = root.resolve("errors");
            Process process =
                    KilledProcess.start(OfflineWork.class, errors, work.name(), from.toString(), to.toString());
            long took;
            try {
                took = round == 0
                        ? KilledProcess.killAfter(process, 2, 0)
                        : KilledProcess.killAfter(process, 1, (int) (random.nextDouble() * micros));
            } finally {
                process.destroyForcibly().waitFor();
            }
            assertThat(took).as("%s errors=%s", when, Files.readString(errors)).isNotNegative();
            // By the fastest of them: on a busy machine the first says little.
            micros = took > 0 ? Math.min(micros, took) : micros;
            cut += took == 0 ? 1 : 0;
            requireWholeOrNothing(work, to, took > 0, when);
            if (took == 0) {
                again(work, from, to);
                requireWhole(work, to, when);
            }
            LeftFiles.remove(to.getParent());
        }
        assertThat(cut).as("cut short").isPositive();
        LoggerFactory.getLogger(KilledOfflineTest.class)
                .info("{}: cut short={} whole one: {} ms", work, cut, micros / 1_000);
        // What they read is as it was.
        requireSound(snapshot, "in the end");
        requireModel(data, CrashWriter.configuration());
    }

    private void requireWholeOrNothing(OfflineWork work, Path to, boolean isDone, String when) throws Exception {
        if (work != OfflineWork.SCRUB) {
            if (isDone || Files.exists(to)) {
                requireWhole(work, to, when);
            }
        } else if (isDone) {
            requireWhole(work, to, when);
        } else {
            Path old = to.resolveSibling("made.old");
            requireSound(Files.exists(to) ? to : old, when);
        }
    }

    private static void again(OfflineWork work, Path from, Path to) throws StateStoreException {
        if (work == OfflineWork.SCRUB || !Files.exists(to)) {
            work.run(from, to);
        }
    }

    private void requireWhole(OfflineWork work, Path to, String when) throws Exception {
        requireSound(to, when);
        assertThat(to.resolveSibling("made.old")).as(when).doesNotExist();
        if (work == OfflineWork.SCRUB) {
            byte[] trace = trace();
            LeftFiles.forEach(
                    to.getParent(),
                    (file, bytes) -> assertThat(LeftFiles.contains(bytes, trace))
                            .as("%s %s", when, file)
                            .isFalse());
            try (SnapshotContents contents = SnapshotContents.open(to)) {
                assertThat(contents.sequence()).as(when).isEqualTo(WRITTEN + ERASED);
            }
            return;
        }
        StateConfiguration shape = StateFixture.configuration()
                .maxProfiles(2 * CrashWriter.configuration().maxProfiles())
                .build();
        requireModel(to, shape);
    }

    private static void requireModel(Path directory, StateConfiguration shape) throws StateStoreException {
        CrashWriter.Model model = new CrashWriter.Model();
        model.advanceTo(WRITTEN);
        try (StateStore store = StateStore.open(directory, StateMigration.shapeOf(directory))) {
            assertThat(store.configuration().maxProfiles()).isEqualTo(shape.maxProfiles());
            // What is seen there has sources that no configuration has, and a change of size leaves these out.
            StateCrashTest.compareButSeen(store, model);
        }
    }

    private void requireSound(Path directory, String when) {
        assertThat(StateVerification.verify(directory, root))
                .as("%s %s", when, directory)
                .isNotEmpty()
                .allMatch(StateVerification.Finding::ok);
    }

    /** The vector of all who are erased: their ids are one number as float32, and nobody else has such. */
    private static byte[] trace() {
        java.nio.ByteBuffer bytes = java.nio.ByteBuffer.allocate(8).order(java.nio.ByteOrder.LITTLE_ENDIAN);
        float component = FIRST_ERASED * 1000L + 3;
        return bytes.putFloat(component).putFloat(component + 1 / 8f).array();
    }
}
