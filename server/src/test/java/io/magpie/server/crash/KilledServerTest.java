package io.magpie.server.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.magpie.client.MagpieClient;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills a server that is written to, from outside, at random moments, and asks after each restart for every write that
 * was acknowledged. {@code -Dmagpie.kills=50} sets how often; the default keeps the build short.
 */
@Timeout(value = 30, unit = TimeUnit.MINUTES)
class KilledServerTest {
    private static final int KILLS = Integer.getInteger("magpie.kills", 6);
    private static final List<String> WITHOUT_LOG = List.of("-Dmagpie.test.dropLog=true");
    // Long vectors: the entry being overwritten when the kill comes is then more often torn, which is what the log
    // heals.
    private static final int DIMENSION = 1_024;
    private static final int IN_FLIGHT = 64;
    private static final int SHORTEST_MILLIS = 50;
    private static final int LONGEST_MILLIS = 500;

    @TempDir
    private Path directory;

    @Test
    void shouldHoldEveryAcknowledgedWriteWhenKilled() throws Exception {
        Ledger ledger = new Ledger(DIMENSION);
        long seed = System.nanoTime();
        Random random = new Random(seed);
        long written = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            assertThat(round(ledger, random, List.of()))
                    .as("seed=%d kill=%d", seed, kill)
                    .isEmpty();
            written = Math.max(written, ledger.acknowledged());
        }
        try (ServerProcess server = start(List.of());
                MagpieClient client = connect(server)) {
            assertThat(ledger.losses(client)).as("seed=%d", seed).isEmpty();
            assertThat(server.stop()).isZero();
        }
        assertThat(written).isGreaterThan(10L * KILLS);
    }

    /** The test above notices nothing unless this is noticed: the maps alone do not tell what they should hold. */
    @Test
    void shouldBeNoticedWhenTheLogIsSwitchedOff() throws Exception {
        Ledger ledger = new Ledger(DIMENSION);
        Random random = new Random();
        assertThat(round(ledger, random, WITHOUT_LOG)).isEmpty();
        assertThatThrownBy(() -> round(ledger, random, WITHOUT_LOG))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("The maps do not hold what was written to them");
    }

    /** Starts the server, looks for losses, writes for a while, and kills it. */
    private List<String> round(Ledger ledger, Random random, List<String> jvmOptions) throws Exception {
        try (ServerProcess server = start(jvmOptions);
                MagpieClient client = connect(server)) {
            List<String> losses = ledger.losses(client);
            ledger.begin(client);
            long until = System.nanoTime()
                    + TimeUnit.MILLISECONDS.toNanos(SHORTEST_MILLIS + random.nextInt(LONGEST_MILLIS - SHORTEST_MILLIS));
            Deque<CompletableFuture<?>> inFlight = new ArrayDeque<>();
            while (System.nanoTime() < until) {
                inFlight.add(ledger.send(client));
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

    private ServerProcess start(List<String> jvmOptions) throws IOException {
        List<String> options = List.of(
                "--port=0",
                "--admin-port=0",
                "--data-dir=" + directory.resolve("data"),
                "--dimension=" + DIMENSION,
                "--sources=social:1:never,commerce:1:never",
                "--set=store.profiles=64",
                "--set=store.items=64",
                "--set=store.seen=64",
                "--set=log.segment-size=4MiB");
        return ServerProcess.start(directory.resolve("errors.log"), jvmOptions, options);
    }

    private static MagpieClient connect(ServerProcess server) {
        return MagpieClient.builder("127.0.0.1", server.port())
                .connections(1)
                .connectTimeout(Duration.ofSeconds(30))
                .requestTimeout(Duration.ofSeconds(60))
                .connect();
    }
}
