package io.magpie.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.magpie.protocol.RecommendReplyDecoder;
import io.magpie.protocol.RecommendReplyEncoder;
import io.netty.buffer.ByteBuf;
import io.netty.util.ResourceLeakDetector;
import java.lang.management.ManagementFactory;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class RecommendCallTest {
    private final FakeServer server = new FakeServer();

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void shouldHearAnswerWhenItComes() throws Exception {
        server.onRequest((peer, request) -> peer.send(MagpieClientFaultTest.recommendReply(request)));
        CompletableFuture<Long> item = new CompletableFuture<>();
        try (MagpieClient client = server.client().connect()) {
            client.async()
                    .recommend(new RecommendCall(listener(item)).profileId(7).limit(1));
            assertThat(item.get()).isEqualTo(8);
        }
    }

    @Test
    void shouldHearFailureWhenConnectionIsLost() {
        server.onRequest((peer, request) -> peer.close());
        CompletableFuture<Long> item = new CompletableFuture<>();
        try (MagpieClient client = server.client().connect()) {
            client.async().recommend(new RecommendCall(listener(item)));
            assertThatThrownBy(item::get).hasCauseInstanceOf(MagpieConnectionException.class);
        }
    }

    @Test
    void shouldHearFailureWhenClientIsClosed() {
        MagpieClient client = server.client().connect();
        client.close();
        CompletableFuture<Long> item = new CompletableFuture<>();
        client.async().recommend(new RecommendCall(listener(item)));
        assertThat(item).isCompletedExceptionally();
    }

    @Test
    void shouldRefuseWhenCallIsInFlight() {
        server.onRequest((peer, request) -> {});
        try (MagpieClient client = server.client().connect()) {
            RecommendCall call = new RecommendCall(listener(new CompletableFuture<>()));
            client.async().recommend(call);
            assertThatThrownBy(() -> client.async().recommend(call)).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> call.profileId(1)).isInstanceOf(IllegalStateException.class);
        }
    }

    private static RecommendListener listener(CompletableFuture<Long> item) {
        return new RecommendListener() {
            @Override
            public void onAnswer(RecommendCall call, RecommendReplyDecoder answer) {
                item.complete(answer.itemId(0));
            }

            @Override
            public void onFailure(RecommendCall call, MagpieException failure) {
                item.completeExceptionally(failure);
            }
        };
    }

    /** Sends its call again from the listener, so that all happens on the client's event loop. */
    private static final class Looping implements RecommendListener {
        private static final int WINDOW = 10_000;
        private static final int WINDOWS = 6;

        private final com.sun.management.ThreadMXBean threads =
                (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        private final MagpieAsyncClient client;
        private final CompletableFuture<Long> leastBytes = new CompletableFuture<>();
        private long calls;
        private long windowStartBytes;
        private long least = Long.MAX_VALUE;
        private float sum;

        Looping(MagpieAsyncClient client) {
            this.client = client;
        }

        @Override
        public void onAnswer(RecommendCall call, RecommendReplyDecoder answer) {
            for (int i = 0; i < answer.itemCount(); i++) {
                sum += answer.itemScore(i) + answer.itemId(i);
            }
            if (++calls % WINDOW == 0) {
                long now = threads.getCurrentThreadAllocatedBytes();
                if (calls > WINDOW) {
                    least = Math.min(least, now - windowStartBytes);
                }
                windowStartBytes = threads.getCurrentThreadAllocatedBytes();
                if (calls == (long) WINDOW * WINDOWS) {
                    leastBytes.complete(least);
                    return;
                }
            }
            client.recommend(call.profileId(calls));
        }

        @Override
        public void onFailure(RecommendCall call, MagpieException failure) {
            leastBytes.completeExceptionally(failure);
        }
    }

    @Test
    void shouldAllocateNothingPerCallWhenUsedAgain() throws Exception {
        // The leak detector writes down a stack for every buffer, which is not what is measured here.
        ResourceLeakDetector.Level level = ResourceLeakDetector.getLevel();
        ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.DISABLED);
        try {
            assertThat(bytesPerCall()).as("bytes a call").isLessThan(1.0);
        } finally {
            ResourceLeakDetector.setLevel(level);
        }
    }

    private double bytesPerCall() throws Exception {
        server.onRequest(new Answering());
        try (MagpieClient client = server.client().connect()) {
            Looping looping = new Looping(client.async().withTimeout(java.time.Duration.ofSeconds(60)));
            client.async().recommend(new RecommendCall(looping));
            long bytes = looping.leastBytes.get(100, TimeUnit.SECONDS);
            assertThat(looping.sum).isNotZero();
            return (double) bytes / Looping.WINDOW;
        }
    }

    private static final class Answering implements FakeServer.Script {
        private final RecommendReplyEncoder encoder = new RecommendReplyEncoder();

        @Override
        public void onRequest(FakeServer.Peer peer, FakeServer.Request request) {
            ByteBuf out = io.netty.buffer.ByteBufAllocator.DEFAULT.buffer();
            encoder.wrap(out, request.correlationId())
                    .beginItems(2)
                    .addItem(1, 0.5f)
                    .addItem(2, 0.25f)
                    .finish();
            peer.send(out);
        }
    }
}
