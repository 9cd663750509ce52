package io.magpie.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.protocol.GetItemRequestEncoder;
import io.magpie.protocol.HelloRequestEncoder;
import io.magpie.protocol.PingRequestEncoder;
import io.magpie.protocol.StatisticsRequestEncoder;
import io.magpie.protocol.Status;
import io.magpie.server.metrics.Ending;
import io.magpie.server.security.Scope;
import io.magpie.server.security.Token;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Connections that take too long for something, and ones that ask for too much, with real sockets. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ConnectionPatienceTest {
    private static final int LONG_FRAME = 8_000;

    @TempDir
    private Path directory;

    @Test
    void shouldEndAConnectionWhoseFrameIsNotFinishedInTimeAndNoOther() throws Exception {
        try (MagpieServer server = TestServers.start(directory, "limits.frame-timeout", "200ms");
                RawClient slow = new RawClient(server.address());
                RawClient other = new RawClient(server.address())) {
            assertThat(slow.ping()).isTrue();
            new PingRequestEncoder().wrap(slow.request(), 1, 0).payload(1).finish();
            // Far longer than it is waited for.
            slow.request.setIntLE(0, LONG_FRAME).writeZero(LONG_FRAME);
            // A byte now and then, as long as it is taken: what comes does not make it younger.
            int sent = 0;
            long begun = System.nanoTime();
            while (server.metrics().endings().of(Ending.SLOW_FRAME) == 0) {
                if (sent < slow.request.readableBytes() - 1
                        && System.nanoTime() - begun > TimeUnit.MILLISECONDS.toNanos(15L * sent)) {
                    try {
                        slow.send(slow.request.copy(sent++, 1));
                    } catch (IOException e) {
                        break;
                    }
                }
                assertThat(other.ping()).isTrue();
            }
            ByteBuf reply = slow.read();
            if (reply != null) {
                assertThat(RawClient.status(reply)).isEqualTo(Status.DEADLINE_EXCEEDED);
                assertThat(RawClient.message(reply)).contains("limits.frame-timeout");
            }
            assertThat(other.ping()).isTrue();
        }
    }

    @Test
    void shouldEndAnIdleConnection() throws Exception {
        try (MagpieServer server = TestServers.start(directory, "limits.idle-timeout", "150ms");
                RawClient idle = new RawClient(server.address())) {
            assertThat(idle.ping()).isTrue();
            ByteBuf reply = idle.expect();
            assertThat(RawClient.message(reply)).contains("limits.idle-timeout");
            assertThat(idle.read()).isNull();
            assertThat(server.metrics().endings().of(Ending.IDLE)).isOne();
        }
    }

    /** As one whose machine lost its power: nothing comes from it any more, not even its own end. */
    @Test
    void shouldFreeAnIdleConnectionWhenTheOtherSideIsGone() throws Exception {
        try (MagpieServer server = TestServers.start(directory, "limits.idle-timeout", "150ms");
                RawClient gone = new RawClient(server.address())) {
            assertThat(gone.ping()).isTrue();
            Awaitility.await().until(() -> server.metrics().connections() == 0);
            assertThat(server.metrics().endings().of(Ending.IDLE)).isOne();
            assertThat(gone.socket().isClosed()).isFalse();
        }
    }

    @Test
    void shouldFreeAConnectionThatIsBeingEndedWhenItTakesNoReplies() throws Exception {
        Path tokens = directory.resolve("tokens");
        Token.Issued token = Token.issue("a", Scope.ALL, null);
        Files.writeString(tokens, token.token().line());
        try (MagpieServer server = TestServers.start(
                        directory.resolve("data"),
                        "auth.tokens",
                        tokens.toString(),
                        "reload-interval",
                        "20ms",
                        "limits.stall-timeout",
                        "2s",
                        "limits.unwritten-size",
                        "64KiB");
                RawClient slow = new RawClient(server.address(), RawClient.LITTLE)) {
            new HelloRequestEncoder()
                    .wrap(slow.request(), slow.nextId(), 0)
                    .minVersion(1)
                    .maxVersion(1)
                    .token(token.secret())
                    .finish();
            slow.send();
            assertThat(RawClient.status(slow.expect())).isEqualTo(Status.OK);
            slow.flood(2_000, TestServers.DIMENSION);
            // From now on it is ended, which waits for its last reply, which waits for all before it.
            Files.writeString(
                    tokens, Token.issue("other", Scope.ALL, null).token().line());
            Awaitility.await()
                    .atMost(30, TimeUnit.SECONDS)
                    .until(() -> server.metrics().connections() == 0);
        }
    }

    @Test
    void shouldEndAStrangerThatSaysNothing() throws Exception {
        Path tokens = directory.resolve("tokens");
        Files.writeString(tokens, Token.issue("a", Scope.ALL, null).token().line());
        try (MagpieServer server = TestServers.start(
                        directory.resolve("data"), "auth.tokens", tokens.toString(), "limits.hello-timeout", "50ms");
                RawClient silent = new RawClient(server.address())) {
            assertThat(RawClient.message(silent.expect())).contains("limits.hello-timeout");
            assertThat(silent.read()).isNull();
        }
    }

    @Test
    void shouldEndAConnectionThatTakesNoReplies() throws Exception {
        try (MagpieServer server = TestServers.start(
                        directory, "limits.stall-timeout", "300ms", "limits.unwritten-size", "64KiB");
                RawClient slow = new RawClient(server.address());
                RawClient other = new RawClient(server.address())) {
            slow.flood(2_000, TestServers.DIMENSION);
            Awaitility.await().until(() -> server.metrics().endings().of(Ending.STALLED) == 1);
            assertThat(other.ping()).isTrue();
            assertThat(server.metrics().connections()).isOne();
        }
    }

    /** As much as may be owed: the server would go on reading, but nothing is taken of what it has sent. */
    @Test
    void shouldEndAConnectionThatTakesNothingOfLittle() throws Exception {
        try (MagpieServer server = TestServers.start(
                        directory,
                        "limits.stall-timeout",
                        "300ms",
                        "limits.unwritten-size",
                        "64MiB",
                        "limits.unwritten-hard-size",
                        "128MiB");
                RawClient slow = new RawClient(server.address(), RawClient.LITTLE)) {
            slow.flood(500, TestServers.DIMENSION);
            awaitStalled(server, () -> 0);
        }
    }

    /** It takes a little again and again, but never so much that the server may read on. */
    @Test
    void shouldEndAConnectionThatTakesItsRepliesTooSlowly() throws Exception {
        try (MagpieServer server = TestServers.start(
                        directory,
                        "limits.stall-timeout",
                        "1s",
                        "limits.unwritten-size",
                        "64KiB",
                        "limits.turn-requests",
                        "10000",
                        "batch",
                        "1024");
                RawClient slow = new RawClient(server.address(), 8 * RawClient.LITTLE)) {
            slow.flood(1_024, TestServers.DIMENSION);
            byte[] some = new byte[8 * RawClient.LITTLE];
            awaitStalled(server, () -> slow.socket().getInputStream().read(some));
        }
    }

    private static void awaitStalled(MagpieServer server, Callable<Integer> meanwhile) {
        Awaitility.await()
                .pollInterval(20, TimeUnit.MILLISECONDS)
                .atMost(40, TimeUnit.SECONDS)
                .until(() -> {
                    meanwhile.call();
                    return server.metrics().endings().of(Ending.STALLED) == 1;
                });
    }

    /** Where more than these few are held at a time, the pool's queue is too short and some are refused. */
    @Test
    void shouldHoldNoMoreRequestsThanMayBeInFlightWhenMoreAreSent() throws Exception {
        int asked = 500;
        try (MagpieServer server =
                        TestServers.start(directory, "pool.threads", "1", "pool.queue", "8", "limits.in-flight", "4");
                RawClient client = new RawClient(server.address())) {
            ByteBuf requests = client.request();
            for (int i = 1; i <= asked; i++) {
                new StatisticsRequestEncoder().wrap(requests, i, 0).finish();
            }
            client.send();
            for (int i = 1; i <= asked; i++) {
                assertThat(RawClient.status(client.expect())).isEqualTo(Status.OK);
            }
        }
    }

    @Test
    void shouldTakeTurnsWhenOneConnectionAsksForMuchMoreThanAnother() throws Exception {
        int flood = 20_000;
        try (MagpieServer server = TestServers.start(directory, "limits.turn-requests", "16");
                RawClient flooder = new RawClient(server.address());
                RawClient other = new RawClient(server.address())) {
            flooder.putItems(50, TestServers.DIMENSION, 1);
            assertThat(other.ping()).isTrue();
            ByteBuf requests = flooder.request();
            for (int i = 1; i <= flood; i++) {
                new GetItemRequestEncoder().wrap(requests, i, 0).itemId(7).finish();
            }
            Thread reader = new Thread(() -> {
                try {
                    for (int i = 0; i < flood; i++) {
                        flooder.expect();
                    }
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            });
            Thread sender = new Thread(() -> {
                try {
                    flooder.send();
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            });
            reader.start();
            sender.start();
            // As long as the flood runs, each answer to the other waits for a few turns at most, not for the flood.
            long most = 0;
            int answers = 0;
            while (reader.isAlive()) {
                long before = server.metrics()
                        .latencies()[io.magpie.server.metrics.Verb.GET_ITEM.ordinal()]
                        .count();
                assertThat(other.ping()).isTrue();
                long after = server.metrics()
                        .latencies()[io.magpie.server.metrics.Verb.GET_ITEM.ordinal()]
                        .count();
                if (before > 0 && after < flood) {
                    most = Math.max(most, after - before);
                    answers++;
                }
            }
            sender.join();
            reader.join();
            assertThat(answers).isPositive();
            assertThat(most).isLessThan(flood / 2);
        }
    }
}
