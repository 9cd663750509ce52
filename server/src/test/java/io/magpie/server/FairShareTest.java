package io.magpie.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.protocol.RecommendRequestEncoder;
import io.magpie.protocol.Status;
import io.magpie.server.metrics.Verb;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One connection asks for far more than can be served, another for little, with real sockets; counted, not timed. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class FairShareTest {
    private static final int IN_A_WRITE = 2_000;
    private static final int POLITE = 51;
    /** Most requests of a connection that are looked at in a turn once a queue stands: sixteen times as many as in others. */
    private static final int TURN = 2_048;

    @TempDir
    private Path directory;

    @Test
    void shouldServeThePoliteWhenAnotherConnectionFloods() throws Exception {
        try (MagpieServer server = TestServers.start(
                        directory,
                        "overload.wait",
                        "1ms",
                        "overload.burst",
                        "1ms",
                        "limits.turn-requests",
                        Integer.toString(TURN / 16));
                RawClient flooder = new RawClient(server.address());
                RawClient polite = new RawClient(server.address())) {
            flooder.putItems(4_000, TestServers.DIMENSION, 1);
            flooder.putSlots(1, TestServers.DIMENSION, 2);
            AtomicInteger refused = new AtomicInteger();
            Thread reader = new Thread(() -> read(flooder, refused));
            Thread sender = new Thread(() -> flood(flooder));
            reader.start();
            sender.start();
            int served = 0;
            long[] waited = new long[POLITE];
            while (refused.get() == 0) {
                ask(polite); // until it is more than can be served
            }
            for (int i = 0; i < POLITE; i++) {
                long before = recommended(server);
                if (ask(polite) == Status.OK) {
                    served++;
                }
                waited[i] = recommended(server) - before;
            }
            int refusedInAll = refused.get();
            flooder.socket().close();
            sender.join();
            reader.join();
            assertThat(refusedInAll).isPositive();
            assertThat(served).isGreaterThanOrEqualTo(POLITE * 9 / 10);
            // It waits for the turn that it comes in and for its own; now and then this thread has no processor.
            Arrays.sort(waited);
            assertThat(waited[POLITE / 2]).isLessThan(4L * TURN);
        }
    }

    private static long recommended(MagpieServer server) {
        return server.metrics().latencies()[Verb.RECOMMEND.ordinal()].count();
    }

    private static Status ask(RawClient client) throws IOException {
        new RecommendRequestEncoder()
                .wrap(client.request(), client.nextId(), 0)
                .limit(10)
                .profileId(1)
                .finish();
        client.send();
        return RawClient.status(client.expect());
    }

    private static void flood(RawClient client) {
        ByteBuf requests = client.request();
        for (int i = 1; i <= IN_A_WRITE; i++) {
            new RecommendRequestEncoder()
                    .wrap(requests, i, 0)
                    .limit(200)
                    .profileId(1)
                    .priceMinorTo(Long.MAX_VALUE)
                    .finish();
        }
        try {
            while (true) {
                client.send();
            }
        } catch (IOException e) {
            // the test is over
        }
    }

    private static void read(RawClient client, AtomicInteger refused) {
        try {
            for (var reply = client.read(); reply != null; reply = client.read()) {
                if (RawClient.status(reply) == Status.OVERLOADED) {
                    refused.incrementAndGet();
                }
            }
        } catch (IOException e) {
            // the test is over
        }
    }
}
