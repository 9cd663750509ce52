package io.magpie.server.verb;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.core.engine.Engine;
import io.magpie.protocol.FrameHeader;
import io.magpie.protocol.PingRequestEncoder;
import io.magpie.protocol.StatisticsRequestEncoder;
import io.magpie.protocol.Status;
import io.magpie.server.TestServers;
import io.magpie.server.config.ServerConfiguration;
import io.magpie.server.metrics.ServerMetrics;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** As many dear requests as there is room for are held, one more is refused at once, and cheap ones do not notice. */
@Timeout(60)
class DearQueueTest {
    private static final int QUEUE = 3;

    @Test
    void shouldRefuseOneMoreAndAnswerTheOthersWhenThePoolIsHeldUp(@TempDir Path directory) throws Exception {
        ServerConfiguration configuration = TestServers.configuration(directory);
        FakeExchange dear = new FakeExchange();
        FakeExchange refused = new FakeExchange();
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        DearPool pool = new DearPool(1, QUEUE);
        try (Engine engine = TestServers.openEngine(configuration)) {
            VerbContext context = TestServers.verbContext(engine, configuration, new ServerMetrics());
            VerbDispatcher dispatcher = new VerbDispatcher(
                    context,
                    pool,
                    () -> {
                        begun.countDown();
                        awaitUninterruptibly(goOn);
                        return List.of();
                    },
                    null,
                    new FailureLog());
            send(dispatcher, dear, statistics(1));
            begun.await();
            for (int i = 0; i < QUEUE; i++) {
                send(dispatcher, dear, statistics(2 + i));
            }
            assertThat(dear.unanswered()).isEqualTo(1 + QUEUE);
            send(dispatcher, refused, statistics(77));
            ByteBuf ping = Unpooled.buffer();
            new PingRequestEncoder().wrap(ping, 78, 0).finish();
            send(dispatcher, refused, ping);
            assertThat(refused.statuses).containsExactly(Status.OVERLOADED, Status.OK);
            assertThat(FrameHeader.correlationId(refused.replies, 0)).isEqualTo(77);
            goOn.countDown();
            // Returns when all are answered.
            pool.close();
            assertThat(dear.statuses).hasSize(1 + QUEUE).containsOnly(Status.OK);
            assertThat(dear.unanswered()).isZero();
        } finally {
            goOn.countDown();
            pool.close();
        }
    }

    @Test
    void shouldNotMakeWhatExpiredWhileItWaited(@TempDir Path directory) throws Exception {
        ServerConfiguration configuration = TestServers.configuration(directory);
        FakeExchange peer = new FakeExchange();
        AtomicInteger made = new AtomicInteger();
        // When it is begun its half second is not over; when the pool comes to it, it is.
        long arrivalNanos = System.nanoTime() - 1_000_000_000L;
        DearPool pool = new DearPool(1, QUEUE);
        try (Engine engine = TestServers.openEngine(configuration)) {
            VerbDispatcher dispatcher = new VerbDispatcher(
                    TestServers.verbContext(engine, configuration, new ServerMetrics()),
                    pool,
                    () -> {
                        made.incrementAndGet();
                        return List.of();
                    },
                    null,
                    new FailureLog(),
                    () -> arrivalNanos);
            ByteBuf frame = Unpooled.buffer();
            new StatisticsRequestEncoder().wrap(frame, 1, 500_000).finish();
            dispatcher.dispatch(new Request().wrap(peer, frame, 0, frame.readableBytes(), arrivalNanos));
            // Returns when all are answered.
            pool.close();
        } finally {
            pool.close();
        }
        assertThat(peer.statuses).containsExactly(Status.DEADLINE_EXCEEDED);
        assertThat(made).hasValue(0);
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void send(VerbDispatcher dispatcher, FakeExchange peer, ByteBuf frame) {
        dispatcher.dispatch(new Request().wrap(peer, frame, 0, frame.readableBytes(), System.nanoTime()));
    }

    private static ByteBuf statistics(long correlationId) {
        ByteBuf frame = Unpooled.buffer();
        new StatisticsRequestEncoder().wrap(frame, correlationId, 0).finish();
        return frame;
    }
}
