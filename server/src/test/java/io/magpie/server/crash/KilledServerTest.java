package io.magpie.server.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.magpie.client.MagpieClient;
import io.magpie.core.store.StateVerification;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/**
 * Kills a server that is written to and asked, from outside, at random moments, and asks after each restart for every write
 * that was acknowledged. {@code -Dmagpie.kills=50} sets how often; the default keeps the build short.
 */
@Timeout(value = 30, unit = TimeUnit.MINUTES)
class KilledServerTest {
    private static final int KILLS = Integer.getInteger("magpie.kills", 6);
    private static final List<String> WITHOUT_LOG = List.of("-Dmagpie.test.dropLog=true");
    // Long vectors: the entry being overwritten when the kill comes is then more often torn, which is what the log
    // heals.
    private static final int DIMENSION = 1_024;
    private static final int IN_FLIGHT = 64;
    private static final int WRITES_A_READ = 8;
    private static final int SHORTEST_MILLIS = 50;
    private static final int LONGEST_MILLIS = 500;
    private static final int LONGEST_OPENING_MILLIS = 3_000;
    private static final Pattern RECOVERED = Pattern.compile("recovered after a crash: .* millis=(\\d+)");

    @TempDir
    private Path directory;

    /** What the server is doing when it is killed, beside answering. */
    private enum Moment {
        /** Nothing else; with small segments the log rolls, and checkpoints are made, all the time. */
        SERVING,
        /** A snapshot is being made. */
        SNAPSHOT,
        /** The index seals what is new, and is built anew; items come and go meanwhile. */
        COMPACTION,
        /** It has not come up yet: it recovers from the kill before. */
        OPENING
    }

    private int snapshots;
    private final List<Long> startMillis = new ArrayList<>();

    @Test
    void shouldHoldEveryAcknowledgedWriteWhenKilled() throws Exception {
        Ledger ledger = new Ledger(DIMENSION);
        long seed = System.nanoTime();
        Random random = new Random(seed);
        long written = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            Moment moment = Moment.values()[kill % Moment.values().length];
            assertThat(round(ledger, random, moment, List.of()))
                    .as("seed=%d kill=%d moment=%s", seed, kill, moment)
                    .isEmpty();
            written = Math.max(written, ledger.acknowledged());
        }
        try (ServerProcess server = start(List.of());
                MagpieClient client = server.connect()) {
            assertThat(ledger.losses(client)).as("seed=%d", seed).isEmpty();
            assertThat(server.stop()).isZero();
        }
        assertThat(written).isGreaterThan(10L * KILLS);
        requireSnapshots(seed);
        requireSound(directory.resolve("data"), seed);
        // The first start made the directory; the others came after a kill.
        startMillis.remove(0);
        List<Long> recoveryMillis = recoveryMillis();
        assertThat(recoveryMillis).hasSizeGreaterThanOrEqualTo(startMillis.size());
        LoggerFactory.getLogger(KilledServerTest.class)
                .info(
                        "kills={} writes acknowledged={} start after a kill, from process to ready: {}; of it recovery: {}",
                        KILLS,
                        written,
                        medianAndMost(startMillis),
                        medianAndMost(recoveryMillis));
    }

    private static String medianAndMost(List<Long> millis) {
        if (millis.isEmpty()) {
            return "never";
        }
        List<Long> sorted = millis.stream().sorted().toList();
        return "times=" + sorted.size() + " median=" + sorted.get(sorted.size() / 2) + " ms most="
                + sorted.get(sorted.size() - 1) + " ms";
    }

    /** What the servers themselves say of it. */
    private List<Long> recoveryMillis() throws IOException {
        return RECOVERED
                .matcher(Files.readString(errors()))
                .results()
                .map(line -> Long.valueOf(line.group(1)))
                .toList();
    }

    /** What bears a snapshot's name is one, whenever the kill came. */
    private void requireSnapshots(long seed) throws IOException {
        try (Stream<Path> made = Files.list(directory.resolve("snapshots"))) {
            for (Path each :
                    made.filter(path -> !path.toString().endsWith(".partial")).toList()) {
                requireSound(each, seed);
            }
        }
    }

    private void requireSound(Path each, long seed) {
        assertThat(StateVerification.verify(each, directory))
                .as("seed=%d %s", seed, each)
                .allMatch(StateVerification.Finding::ok);
    }

    /** The test above notices nothing unless this is noticed: the maps alone do not tell what they should hold. */
    @Test
    void shouldBeNoticedWhenTheLogIsSwitchedOff() throws Exception {
        Ledger ledger = new Ledger(DIMENSION);
        Random random = new Random();
        assertThat(round(ledger, random, Moment.SERVING, WITHOUT_LOG)).isEmpty();
        assertThatThrownBy(() -> round(ledger, random, Moment.SERVING, WITHOUT_LOG))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("The maps do not hold what was written to them");
    }

    /** Starts the server, looks for losses, writes for a while, and kills it. */
    private List<String> round(Ledger ledger, Random random, Moment moment, List<String> jvmOptions) throws Exception {
        if (moment == Moment.OPENING) {
            try (ServerProcess server = ServerProcess.launch(errors(), jvmOptions, options())) {
                server.killAfter(random.nextInt(LONGEST_OPENING_MILLIS));
            }
            return List.of();
        }
        long startedNanos = System.nanoTime();
        try (ServerProcess server = start(jvmOptions);
                MagpieClient client = server.connect()) {
            startMillis.add(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startedNanos));
            List<String> losses = ledger.losses(client);
            ledger.begin(client);
            if (moment == Moment.SNAPSHOT) {
                client.startSnapshot("kill-" + snapshots++);
            } else if (moment == Moment.COMPACTION) {
                ledger.fill(client);
                client.rebuildCatalogue(client.catalogues().live().number());
            }
            long until = System.nanoTime()
                    + TimeUnit.MILLISECONDS.toNanos(SHORTEST_MILLIS + random.nextInt(LONGEST_MILLIS - SHORTEST_MILLIS));
            int sent = 0;
            Deque<CompletableFuture<?>> inFlight = new ArrayDeque<>();
            while (System.nanoTime() < until) {
                inFlight.add(++sent % WRITES_A_READ == 0 ? ledger.ask(client) : ledger.send(client));
                if (inFlight.size() == IN_FLIGHT) {
                    inFlight.remove().join();
                }
            }
            server.kill();
            for (CompletableFuture<?> each : inFlight) {
                // Answered before the kill, or failed by the lost connection; the ledger notes the first.
                each.handle((answer, failure) -> failure == null).join();
            }
            return losses;
        }
    }

    private Path errors() {
        return directory.resolve("errors.log");
    }

    private ServerProcess start(List<String> jvmOptions) throws IOException {
        return ServerProcess.start(errors(), jvmOptions, options());
    }

    private List<String> options() {
        return List.of(
                "--port=0",
                "--admin-port=0",
                "--data-dir=" + directory.resolve("data"),
                "--dimension=" + DIMENSION,
                "--sources=social:1:never,commerce:1:never",
                "--set=store.profiles=64",
                "--set=store.items=2048",
                "--set=store.seen=64",
                "--set=snapshot.dir=" + directory.resolve("snapshots"),
                // Reads are not turned away, however busy the machine: each is to be looked at.
                "--set=overload.wait=0s",
                // A few hundred milliseconds for what there is.
                "--set=snapshot.bytes-per-second=1MiB",
                "--set=log.checkpoint-segments=1",
                "--set=log.segment-size=1MiB");
    }
}
