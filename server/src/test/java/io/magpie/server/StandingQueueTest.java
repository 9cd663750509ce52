package io.magpie.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.protocol.RecommendRequestEncoder;
import io.magpie.protocol.Status;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * One connection asks for more than can be served, by so little a turn that no turn is long: the queue stands where nobody
 * looks, in what was read and what the kernel holds. With real sockets; counted, not timed.
 */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class StandingQueueTest {
    private static final int FLOOD = 40_000;
    /** Until they are compiled a few requests are a long turn, which is noticed without looking at what it leaves. */
    private static final int POLITE = 3_000;

    @TempDir
    private Path directory;

    @Test
    void shouldShedWhenTurnsAreShortAndTheQueueIsLong() throws Exception {
        try (MagpieServer server = TestServers.start(
                        directory, "overload.wait", "5ms", "overload.burst", "5ms", "limits.turn-requests", "16");
                RawClient client = new RawClient(server.address())) {
            client.putItems(4_000, TestServers.DIMENSION, 1);
            client.putSlots(1, TestServers.DIMENSION, 2);
            for (int i = 1; i <= POLITE; i++) {
                ask(client.request(), i);
                client.send();
                client.expect();
            }
            ByteBuf requests = client.request();
            for (int i = 1; i <= FLOOD; i++) {
                ask(requests, i);
            }
            Thread sender = new Thread(() -> send(client));
            sender.start();
            int served = 0;
            int refused = 0;
            for (int i = 0; i < FLOOD; i++) {
                Status status = RawClient.status(client.expect());
                served += status == Status.OK ? 1 : 0;
                refused += status == Status.OVERLOADED ? 1 : 0;
            }
            sender.join();
            assertThat(served + refused).isEqualTo(FLOOD);
            assertThat(served).isPositive();
            assertThat(refused).isGreaterThan(FLOOD / 10);
        }
    }

    private static void ask(ByteBuf requests, long id) {
        new RecommendRequestEncoder()
                .wrap(requests, id, 0)
                .limit(20)
                .profileId(1)
                .priceMinorTo(Long.MAX_VALUE)
                .finish();
    }

    private static void send(RawClient client) {
        try {
            client.send();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
