package io.magpie.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.util.ResourceLeakDetector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Connections that come and go, errors, timeouts and snapshots, and servers that start and stop: after any number of rounds
 * the process holds what it held after the first few. {@code -Dmagpie.soak.rounds=200} for a longer run. Lost buffers are
 * found beside that, by Netty's detector.
 */
@Timeout(value = 60, unit = TimeUnit.MINUTES)
class LeakSoakTest {
    private static final Logger LOG = LoggerFactory.getLogger(LeakSoakTest.class);
    private static final int ROUNDS = Integer.getInteger("magpie.soak.rounds", 1);
    /** Until pools, caches of threads and classes are there that stay. */
    private static final int FIRST_ROUNDS = 3;

    @TempDir
    private Path directory;

    @BeforeEach
    void requireLeakDetection() {
        assertThat(ResourceLeakDetector.getLevel()).isEqualTo(ResourceLeakDetector.Level.PARANOID);
    }

    private MagpieServer start() throws IOException, ServerStartException {
        return TestServers.start(
                Files.createDirectories(directory.resolve("data")),
                "snapshot.dir",
                directory.resolve("snapshots").toString(),
                "limits.frame-size",
                "64KiB",
                "limits.frame-timeout",
                "100ms",
                "limits.stall-timeout",
                "200ms",
                "limits.unwritten-size",
                "64KiB",
                "limits.connections",
                "20",
                "audit.file-size",
                "4KiB");
    }

    @Test
    void shouldHoldNoMoreWhenConnectionsComeAndGo() throws Exception {
        try (MagpieServer server = start()) {
            BadClients clients = new BadClients(server, directory.resolve("snapshots"));
            HeldResources before = null;
            for (int round = 0; round < FIRST_ROUNDS + ROUNDS; round++) {
                clients.round(round);
                Awaitility.await()
                        .atMost(Duration.ofSeconds(30))
                        .until(() -> server.metrics().connections() == 0);
                before = compare(before, round);
            }
            assertThat(clients.failures()).as("each kind of trouble was met").isEmpty();
        }
    }

    @Test
    void shouldHoldNoMoreWhenServersComeAndGo() throws Exception {
        HeldResources before = null;
        for (int round = 0; round < FIRST_ROUNDS + ROUNDS; round++) {
            try (MagpieServer server = start()) {
                BadClients clients = new BadClients(server, directory.resolve("snapshots"));
                clients.round(round);
            }
            before = compare(before, round);
        }
    }

    /** Returns what later rounds are compared with. */
    private static HeldResources compare(HeldResources before, int round) throws IOException {
        if (round < FIRST_ROUNDS) {
            HeldResources held = HeldResources.now();
            LOG.info("round={} {}", round, held);
            return held;
        }
        // What ends by itself may take a moment: threads, and memory that is given back by a cleaner.
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        HeldResources held = HeldResources.now();
        while (!held.moreThan(before).isEmpty() && System.nanoTime() < until) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
            held = HeldResources.now();
        }
        assertThat(held.moreThan(before)).as("round=%d", round).isEmpty();
        LOG.info("round={} {}", round, held);
        return before;
    }
}
