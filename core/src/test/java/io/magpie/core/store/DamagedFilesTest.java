package io.magpie.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.core.LeftFiles;
import io.magpie.core.Outcome;
import io.magpie.core.profile.ProfileRecord;
import io.magpie.core.profile.SeenSet;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Flips bits and cuts files off, everywhere: a damaged directory is refused, or what it holds is what was written. Never
 * another answer. {@code -Dmagpie.damage.rounds=N} a file for a longer run, {@code -Dmagpie.damage.seed=S} for another one.
 */
@Timeout(value = 60, unit = TimeUnit.MINUTES)
class DamagedFilesTest {
    private static final int ROUNDS = Integer.getInteger("magpie.damage.rounds", 12);
    private static final long SEED = Long.getLong("magpie.damage.seed", 6);
    private static final long CHANGES = 700;

    @TempDir
    Path root;

    private int refused;
    private int unharmed;

    private static void write(StateStore store, long from, long to) {
        ProfileRecord profile = store.newProfileRecord();
        SeenSet seen = store.newSeenSet();
        for (long number = from; number <= to; number++) {
            assertThat(CrashWriter.write(store, number, profile, seen)).isEqualTo(Outcome.OK);
        }
    }

    @Test
    void shouldRefuseOrHoldWhatWasWrittenWhenADirectoryThatWasClosedIsDamaged() throws Exception {
        Path data = root.resolve("data");
        try (StateStore store = StateStore.open(data, CrashWriter.configuration())) {
            write(store, 1, CHANGES);
        }
        damageAll(data);
        assertThat(refused).isPositive();
    }

    @Test
    void shouldRefuseOrHoldWhatWasWrittenWhenADirectoryAfterAKillIsDamaged() throws Exception {
        Path data = root.resolve("data");
        Path killed = root.resolve("killed");
        try (StateStore store = StateStore.open(data, CrashWriter.configuration())) {
            write(store, 1, CHANGES / 2);
            store.checkpoint();
            write(store, CHANGES / 2 + 1, CHANGES);
            LeftFiles.copy(data, killed);
        }
        damageAll(killed);
        assertThat(refused).isPositive();
        assertThat(unharmed).isPositive();
    }

    private void damageAll(Path directory) throws Exception {
        SplittableRandom random = new SplittableRandom(SEED);
        List<Path> files;
        try (var walk = Files.walk(directory)) {
            files = walk.filter(Files::isRegularFile)
                    .map(directory::relativize)
                    .sorted()
                    .toList();
        }
        for (Path name : files) {
            for (int round = 0; round < ROUNDS; round++) {
                Path copy = root.resolve("copy");
                LeftFiles.copy(directory, copy);
                String what = damage(copy.resolve(name.toString()), random, round);
                look(copy, "seed=" + SEED + " " + name + " " + what);
                StateFiles.deleteTree(copy);
            }
        }
    }

    private static String damage(Path file, SplittableRandom random, int round) throws IOException {
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            long length = bytes.length();
            if (length == 0) {
                return "empty";
            }
            // Every second time near the start, where most of the structure is.
            long at = random.nextLong(round % 2 == 0 ? length : Math.min(length, 8_192));
            if (round % 6 == 5) {
                bytes.setLength(at);
                return "cut at=" + at;
            }
            bytes.seek(at);
            int old = bytes.read();
            bytes.seek(at);
            bytes.write(old ^ 1 << random.nextInt(8));
            return "flipped at=" + at;
        }
    }

    private void look(Path directory, String what) throws Exception {
        try (StateStore store = StateStore.open(directory, CrashWriter.configuration())) {
            assertThat(store.register(Register.CATALOGUE_VERSION)).as(what).isEqualTo(CHANGES);
            CrashWriter.Model model = new CrashWriter.Model();
            model.advanceTo(CHANGES);
            try {
                StateCrashTest.compare(store, model);
                write(store, CHANGES + 1, CHANGES + 20);
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError(what, e);
            }
            unharmed++;
        } catch (StateStoreException e) {
            assertThat(e.getMessage()).as(what).contains("directory").isNotBlank();
            refused++;
        } catch (RuntimeException e) {
            throw new AssertionError(what, e);
        }
    }
}
