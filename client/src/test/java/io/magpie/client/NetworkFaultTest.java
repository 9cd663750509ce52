package io.magpie.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.magpie.protocol.MessageType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The client behind a network that delays, breaks off, closes one side and swallows. {@code -Dmagpie.faults=N} makes the
 * stress as many calls long.
 */
@Timeout(300)
class NetworkFaultTest {
    private static final int CALLS = Integer.getInteger("magpie.faults", 4_000);
    private static final int AT_ONCE = 50;

    private final FakeServer server = new FakeServer();
    private final FaultyProxy proxy = new FaultyProxy(server.port(), 7);

    @AfterEach
    void stop() {
        proxy.close();
        server.close();
    }

    private MagpieClientBuilder client() {
        return MagpieClient.builder("127.0.0.1", proxy.port())
                .connections(3)
                .requestTimeout(Duration.ofMillis(300))
                .connectTimeout(Duration.ofMillis(300))
                .keepAlive(Duration.ofMillis(100))
                .reconnectBackoff(Duration.ofMillis(1), Duration.ofMillis(20));
    }

    @Test
    void shouldEndEveryCallAndMixUpNoReplyWhenTheNetworkFailsAtRandom() throws Exception {
        server.onRequest((peer, request) -> {
            if (request.messageType() == MessageType.RECOMMEND) {
                peer.send(MagpieClientFaultTest.recommendReply(request));
            } else {
                peer.pong(request);
            }
        });
        int answered = 0;
        int failed = 0;
        try (MagpieClient client = client().connect()) {
            proxy.faults(30);
            List<CompletableFuture<Recommendations>> calls = new ArrayList<>();
            for (int done = 0; done < CALLS; done += AT_ONCE) {
                calls.clear();
                for (int i = 0; i < AT_ONCE; i++) {
                    calls.add(client.async().recommend(done + i, 1));
                }
                for (int i = 0; i < AT_ONCE; i++) {
                    try {
                        // Far beyond the deadline: a call that is lost fails the test here.
                        Recommendations answer = calls.get(i).get(60, TimeUnit.SECONDS);
                        assertThat(answer.profileId()).isEqualTo(done + i);
                        assertThat(answer.items().get(0).itemId()).isEqualTo(done + i + 1);
                        answered++;
                    } catch (ExecutionException e) {
                        assertThat(e.getCause()).isInstanceOf(MagpieException.class);
                        failed++;
                    }
                }
            }
            proxy.faults(0);
            awaitAnswer(client);
            assertThat(client.clientStatistics().lostConnections()).isPositive();
            // Retries never ask for more than a tenth beside the reserve.
            assertThat(client.clientStatistics().retries()).isLessThanOrEqualTo(100 + answered / 10 + 1);
        }
        assertThat(answered).isPositive();
        assertThat(failed).isPositive();
    }

    @Test
    void shouldEndCallsByTheirDeadlineAndComeBackWhenTheNetworkStalls() throws Exception {
        try (MagpieClient client = client().connections(1).connect()) {
            client.ping();
            proxy.stall(true);
            assertThatThrownBy(client::ping).isInstanceOf(MagpieException.class);
            proxy.stall(false);
            awaitAnswer(client);
        }
    }

    @Test
    void shouldComeBackWhenTheServerWasGoneAndIsThereAgain() {
        try (MagpieClient client = client().connect()) {
            client.ping();
            server.close();
            assertThatThrownBy(client::ping).isInstanceOf(MagpieException.class);
            try (FakeServer next = new FakeServer()) {
                proxy.target(next.port());
                awaitAnswer(client);
                assertThat(next.accepted()).isPositive();
            }
        }
    }

    @Test
    void shouldSendAgainOnlyWhatMayBeWhenTheConnectionIsLost() {
        AtomicInteger requests = new AtomicInteger();
        server.onRequest((peer, request) -> {
            requests.incrementAndGet();
            peer.close();
        });
        Event named = new Event(1, 0, 2, 1.0, 3, 77);
        Event nameless = new Event(1, 0, 2, 1.0, 3);
        try (MagpieClient client = patient().retries(2).connections(4).connect()) {
            assertThatThrownBy(() -> client.recordEvent(nameless)).isInstanceOf(MagpieConnectionException.class);
            assertThat(requests).hasValue(1);
            assertThatThrownBy(() -> client.recordEvents(List.of(named, nameless)))
                    .isInstanceOf(MagpieConnectionException.class);
            assertThat(requests).hasValue(2);
            assertThatThrownBy(() -> client.recordEvent(named))
                    .isInstanceOfSatisfying(
                            MagpieConnectionException.class,
                            lost -> assertThat(client.clientStatistics().retries())
                                    .isPositive());
            assertThat(client.clientStatistics().retries()).isEqualTo(2);
        }
    }

    @Test
    void shouldNotStormWhenEveryConnectionIsLostAgainAndAgain() {
        AtomicInteger requests = new AtomicInteger();
        server.onRequest((peer, request) -> {
            if (request.messageType() == MessageType.RECOMMEND) {
                requests.incrementAndGet();
            }
            peer.close();
        });
        int calls = 600;
        try (MagpieClient client = patient().retries(10).connections(1).connect()) {
            List<CompletableFuture<Recommendations>> futures = new ArrayList<>();
            for (int i = 0; i < calls; i++) {
                futures.add(client.async().recommend(i, 1));
            }
            for (CompletableFuture<Recommendations> future : futures) {
                assertThatThrownBy(future::get).isInstanceOf(ExecutionException.class);
            }
            assertThat(client.clientStatistics().retries()).isLessThanOrEqualTo(100);
        }
        assertThat(requests).hasValueLessThanOrEqualTo(calls + 100);
    }

    private MagpieClientBuilder patient() {
        return server.client().requestTimeout(Duration.ofSeconds(5));
    }

    private static void awaitAnswer(MagpieClient client) {
        long bound = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (true) {
            try {
                client.ping();
                return;
            } catch (MagpieException e) {
                assertThat(System.nanoTime()).as("it did not come back: " + e).isLessThan(bound);
                java.util.concurrent.locks.LockSupport.parkNanos(1_000_000);
            }
        }
    }
}
