package io.magpie.server.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.client.Item;
import io.magpie.client.MagpieClient;
import io.magpie.client.Profile;
import io.magpie.server.data.FvecsWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills, by turns, an import and the server that it loads into, and goes on with {@code --resume} each time: in the end every row is
 * in, and events with ids of their own are in once. A tenth of {@code -Dmagpie.kills} of each file, two at least.
 */
@Timeout(value = 30, unit = TimeUnit.MINUTES)
class KilledImportTest {
    private static final int KILLS = Math.max(2, Integer.getInteger("magpie.kills", 0) / 10);
    private static final int DIMENSION = 8;
    private static final int ITEMS = 12_000;
    private static final int PEOPLE = 10;
    /** Far more of a person than the server remembers, and more than a list takes. */
    private static final int EVENTS_OF_EACH = 1_200;

    @TempDir
    private Path directory;

    private int runs;

    @Test
    void shouldHaveEveryRowOnceWhenKilledAndResumed() throws Exception {
        Path items = items();
        Path events = events();
        ServerProcess server = start();
        try {
            server = load(server, ITEMS, "items", items);
            server = load(server, 2 * PEOPLE * EVENTS_OF_EACH, "events", events);
            try (MagpieClient client = server.connect()) {
                requireItems(client);
                requireEvents(client);
            }
            assertThat(server.stop()).isZero();
        } finally {
            server.close();
        }
    }

    /** Loads a file with a kill at each of some places, and then to its end; returns the server that runs by then. */
    private ServerProcess load(ServerProcess first, int rows, String what, Path file) throws Exception {
        ServerProcess server = first;
        Path progress = file.resolveSibling(file.getFileName() + ".magpie-progress");
        for (int kill = 1; kill <= KILLS; kill++) {
            long until = (long) rows * kill / (KILLS + 2);
            Process load = startImport(server, what, file);
            try {
                Awaitility.await()
                        .atMost(Duration.ofMinutes(2))
                        .pollInterval(Duration.ofMillis(1))
                        .until(() -> rowsDone(progress) >= until || !load.isAlive());
                if (kill % 2 == 0) {
                    server.kill();
                    assertThat(load.waitFor(2, TimeUnit.MINUTES)).isTrue();
                    assertThat(load.exitValue()).as(said()).isEqualTo(1);
                    server = start();
                } else {
                    load.destroyForcibly().waitFor();
                }
                assertThat(rowsDone(progress)).as(said()).isBetween(until, rows - 1L);
            } finally {
                load.destroyForcibly();
            }
        }
        long before = rowsDone(progress);
        Process last = startImport(server, what, file);
        assertThat(last.waitFor(5, TimeUnit.MINUTES)).isTrue();
        assertThat(last.exitValue()).as(said()).isZero();
        assertThat(said()).contains(String.format("%s: %,d rows loaded, 0 refused", what, rows - before));
        assertThat(said()).contains(String.format("%,d rows before them were left out as done", before));
        assertThat(progress).doesNotExist();
        return server;
    }

    private static long rowsDone(Path progress) throws IOException {
        return Files.exists(progress)
                ? Long.parseLong(Files.readString(progress).split(" ")[0])
                : 0;
    }

    private String said() throws IOException {
        return Files.readString(directory.resolve("import-" + runs));
    }

    private Process startImport(ServerProcess server, String what, Path file) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "@" + Path.of("..", "jvm", "client.options"),
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "io.magpie.server.cli.Main"));
        command.addAll(List.of("import", what, file.toString(), "--resume", "--connect", "127.0.0.1:" + server.port()));
        runs++;
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("import-" + runs).toFile())
                .start();
    }

    private ServerProcess start() throws IOException {
        return ServerProcess.start(
                directory.resolve("errors.log"),
                List.of(),
                List.of(
                        "--port=0",
                        "--admin-port=0",
                        "--data-dir=" + directory.resolve("data"),
                        "--dimension=" + DIMENSION,
                        "--sources=social:1:never,commerce:1:never",
                        "--set=store.profiles=64",
                        "--set=store.items=16384",
                        // What is asked in the end all at once is asked of a server that has just started.
                        "--set=overload.wait=0s",
                        "--set=store.seen=64"));
    }

    private static float[] vector(int item) {
        float[] vector = new float[DIMENSION];
        vector[item % DIMENSION] = 1 + item;
        return vector;
    }

    private Path items() throws IOException {
        Path file = directory.resolve("items.fvecs");
        try (FvecsWriter writer = new FvecsWriter(file)) {
            for (int i = 0; i < ITEMS; i++) {
                writer.write(vector(i));
            }
        }
        return file;
    }

    /** The one half person after person, the other with people by turns: one id a person and event. */
    private Path events() throws IOException {
        List<String> lines = new ArrayList<>();
        lines.add("profile,item,source,time,event");
        for (int i = 0; i < PEOPLE * EVENTS_OF_EACH; i++) {
            lines.add(event(i / EVENTS_OF_EACH, i % EVENTS_OF_EACH));
        }
        for (int i = 0; i < PEOPLE * EVENTS_OF_EACH; i++) {
            lines.add(event(i % PEOPLE, EVENTS_OF_EACH + i / PEOPLE));
        }
        return Files.write(directory.resolve("events.csv"), lines);
    }

    private static String event(int person, int number) {
        return person + "," + number % 16 + ",commerce," + (1_700_000_000_000L + number) + "," + (1 + number);
    }

    private static void requireItems(MagpieClient client) {
        List<CompletableFuture<Optional<Item>>> answers = new ArrayList<>();
        for (int i = 0; i < ITEMS; i++) {
            answers.add(client.async().getItem(i));
            if (answers.size() == 1_000) {
                int from = i - 999;
                for (int k = 0; k < 1_000; k++) {
                    assertThat(answers.get(k).join().orElseThrow().vector()).containsExactly(vector(from + k));
                }
                answers.clear();
            }
        }
        assertThat(answers).isEmpty();
    }

    private static void requireEvents(MagpieClient client) {
        for (int person = 0; person < PEOPLE; person++) {
            Profile profile = client.getProfile(person).orElseThrow();
            // Each event adds one where nothing decays.
            assertThat(profile.slots().get(0).evidence())
                    .as("person %d", person)
                    .isEqualTo(2.0 * EVENTS_OF_EACH);
        }
    }
}
