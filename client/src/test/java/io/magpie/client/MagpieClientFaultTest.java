package io.magpie.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.magpie.protocol.ErrorReplyEncoder;
import io.magpie.protocol.MessageType;
import io.magpie.protocol.RecommendReplyEncoder;
import io.magpie.protocol.RecommendRequestDecoder;
import io.magpie.protocol.Status;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The client against a server that reorders, stalls, drops, cuts and lies. */
@Timeout(60)
class MagpieClientFaultTest {
    private static final Event EVENT = new Event(1, 0, 2, 1.0, 3);

    private final FakeServer server = new FakeServer();

    @AfterEach
    void stop() {
        server.close();
    }

    /** Answers a recommend for profile p with the single item p+1, so that a mixed-up answer is seen. */
    static ByteBuf recommendReply(FakeServer.Request request) {
        RecommendRequestDecoder in = new RecommendRequestDecoder();
        assertThat(in.wrap(request.frame(), 0, request.length())).isEqualTo(Status.OK);
        ByteBuf out = Unpooled.buffer();
        new RecommendReplyEncoder()
                .wrap(out, request.correlationId())
                .profileId(in.profileId())
                .unseenBound(Float.NEGATIVE_INFINITY)
                .beginItems(1)
                .addItem(in.profileId() + 1, 0.5f)
                .finish();
        return out;
    }

    @Test
    void shouldMatchAnswersWhenTheyComeInAnyOrder() throws Exception {
        List<Runnable> answers = Collections.synchronizedList(new ArrayList<>());
        int calls = 500;
        server.onRequest((peer, request) -> {
            answers.add(() -> peer.send(recommendReply(request)));
            if (answers.size() == calls) {
                Collections.shuffle(answers, new java.util.Random(1));
                answers.forEach(Runnable::run);
            }
        });
        try (MagpieClient client = server.client().connect()) {
            List<CompletableFuture<Recommendations>> futures = new ArrayList<>();
            for (int i = 0; i < calls; i++) {
                futures.add(client.async().recommend(i, 1));
            }
            for (int i = 0; i < calls; i++) {
                Recommendations answer = futures.get(i).get();
                assertThat(answer.profileId()).isEqualTo(i);
                assertThat(answer.items().get(0).itemId()).isEqualTo(i + 1);
            }
        }
    }

    @Test
    void shouldNotSendWhatIsTooLateAlready() throws Exception {
        List<Integer> asked = Collections.synchronizedList(new ArrayList<>());
        server.onRequest((peer, request) -> {
            asked.add(request.messageType());
            peer.pong(request);
        });
        try (MagpieClient client = server.client().connect()) {
            MagpieTimeoutException late = catchThrowableOfType(
                    MagpieTimeoutException.class,
                    () -> client.withTimeout(Duration.ofNanos(1)).recordEvent(EVENT));
            assertThat(late.mayHaveBeenApplied()).isFalse();
            client.ping();
            assertThat(asked).containsExactly(MessageType.PING);
            assertThat(client.clientStatistics().timeouts()).isOne();
        }
    }

    @Test
    void shouldTimeOutAndDropLateAnswerWhenServerStalls() throws Exception {
        List<Runnable> late = Collections.synchronizedList(new ArrayList<>());
        server.onRequest((peer, request) -> late.add(() -> peer.pong(request)));
        try (MagpieClient client = server.client().connect()) {
            assertThatThrownBy(() -> client.withTimeout(Duration.ofMillis(20)).ping())
                    .isInstanceOf(MagpieTimeoutException.class)
                    .hasMessageContaining("ping got no answer in time: timeoutMicros=20000");
            MagpieTimeoutException write = catchThrowableOfType(
                    MagpieTimeoutException.class,
                    () -> client.withTimeout(Duration.ofMillis(20)).recordEvent(EVENT));
            assertThat(write.mayHaveBeenApplied()).isTrue();

            server.onRequest((peer, request) -> {
                late.forEach(Runnable::run);
                peer.pong(request);
            });
            client.ping();
            assertThat(client.clientStatistics().lateReplies()).isEqualTo(2);
            assertThat(client.clientStatistics().timeouts()).isEqualTo(2);
        }
    }

    @Test
    void shouldSendRemainingTimeAsBudgetWhenTimeoutIsGiven() {
        List<Long> budgets = Collections.synchronizedList(new ArrayList<>());
        server.onRequest((peer, request) -> {
            budgets.add(request.budgetMicros());
            peer.pong(request);
        });
        try (MagpieClient client = server.client().connect()) {
            client.withTimeout(Duration.ofSeconds(5)).ping();
        }
        assertThat(budgets).hasSize(1);
        assertThat(budgets.get(0)).isBetween(1L, 5_000_000L);
    }

    @Test
    void shouldFailAtOnceAndSayWhatMayBeAppliedWhenConnectionIsCutInsideAFrame() {
        server.onRequest((peer, request) -> {
            ByteBuf whole = FakeServer.pingReply(request);
            peer.sendAndClose(whole.slice(0, whole.readableBytes() - 3));
        });
        try (MagpieClient client = server.client().retries(0).connect()) {
            MagpieConnectionException read =
                    catchThrowableOfType(MagpieConnectionException.class, () -> client.getItem(1));
            assertThat(read.mayHaveBeenApplied()).isFalse();
        }
        try (MagpieClient client = server.client().retries(0).connect()) {
            MagpieConnectionException write =
                    catchThrowableOfType(MagpieConnectionException.class, () -> client.recordEvent(EVENT));
            assertThat(write).hasMessageContaining("record-events");
            assertThat(write.mayHaveBeenApplied()).isTrue();
        }
    }

    @Test
    void shouldAskAgainWhenConnectionIsLostDuringARead() {
        AtomicInteger requests = new AtomicInteger();
        server.onRequest((peer, request) -> {
            if (requests.incrementAndGet() == 1) {
                peer.close();
            } else {
                peer.pong(request);
            }
        });
        try (MagpieClient client = server.client().connections(2).connect()) {
            client.ping();
            assertThat(client.clientStatistics().retries()).isPositive();
        }
        assertThat(requests).hasValueGreaterThanOrEqualTo(2);
    }

    @Test
    void shouldNotAskAgainWhenConnectionIsLostDuringAChange() {
        AtomicInteger requests = new AtomicInteger();
        server.onRequest((peer, request) -> {
            requests.incrementAndGet();
            peer.close();
        });
        try (MagpieClient client = server.client().connections(2).connect()) {
            assertThatThrownBy(() -> client.recordEvent(EVENT)).isInstanceOf(MagpieConnectionException.class);
        }
        assertThat(requests).hasValue(1);
    }

    @Test
    void shouldConnectAgainWhenConnectionIsLost() throws Exception {
        try (MagpieClient client = server.client().connect()) {
            for (int round = 1; round <= 5; round++) {
                client.ping();
                long lost = client.clientStatistics().lostConnections();
                server.closeConnections();
                // Until this loss is noticed, too, it looks connected.
                awaitTrue(() -> client.clientStatistics().lostConnections() > lost && client.isConnected());
            }
            client.ping();
        }
        assertThat(server.accepted()).isGreaterThanOrEqualTo(2);
    }

    @Test
    void shouldEndCallsAndConnectAgainWhenGarbageComes() throws Exception {
        AtomicInteger requests = new AtomicInteger();
        server.onRequest((peer, request) -> {
            if (requests.incrementAndGet() == 1) {
                peer.send(Unpooled.wrappedBuffer(new byte[] {(byte) 0xFF, 1, 2, (byte) 0xFF, 5, 6, 7, 8, 9}));
            } else {
                peer.pong(request);
            }
        });
        try (MagpieClient client = server.client().retries(0).connect()) {
            assertThatThrownBy(client::ping)
                    .isInstanceOf(MagpieConnectionException.class)
                    .hasRootCauseInstanceOf(MagpieProtocolException.class);
            awaitTrue(client::isConnected);
            client.ping();
        }
    }

    @Test
    void shouldFailWithProtocolErrorWhenAnswerIsOfAnotherType() {
        server.onRequest((peer, request) -> peer.pong(request));
        try (MagpieClient client = server.client().connect()) {
            assertThatThrownBy(() -> client.getItem(1))
                    .isInstanceOf(MagpieProtocolException.class)
                    .hasMessage("an answer of another type came: asked=get-item came=ping");
        }
    }

    @Test
    void shouldFailWithProtocolErrorWhenAnswerIsMalformed() {
        server.onRequest((peer, request) -> {
            ByteBuf reply = recommendReply(request);
            reply.setIntLE(24 + 56 + 4, Integer.MAX_VALUE); // the count of items
            peer.send(reply);
        });
        try (MagpieClient client = server.client().retries(0).connect()) {
            assertThatThrownBy(() -> client.recommend(1, 1))
                    .isInstanceOf(MagpieProtocolException.class)
                    .hasMessageContaining("MALFORMED");
        }
    }

    @Test
    void shouldFailFastWhenTooMuchIsInFlight() {
        server.onRequest((peer, request) -> {});
        MagpieClient client = server.client().maxInFlight(4).connect();
        List<CompletableFuture<Long>> stuck = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            stuck.add(client.async().ping());
        }

        assertThatThrownBy(client::ping)
                .isInstanceOf(MagpieOverloadedException.class)
                .hasMessage("too much in flight on every connection: maxInFlight=4");
        assertThat(client.clientStatistics().overloads()).isEqualTo(1);

        client.close();
        for (CompletableFuture<Long> future : stuck) {
            assertThatThrownBy(future::get)
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(MagpieConnectionException.class);
        }
    }

    @Test
    void shouldBoundBytesInFlightWhenServerDoesNotAnswer() {
        server.onRequest((peer, request) -> {});
        try (MagpieClient client = server.client().maxInFlightBytes(100).connect()) {
            client.async().ping();
            client.async().ping();
            client.async().ping();
            assertThatThrownBy(client::ping).isInstanceOf(MagpieOverloadedException.class);
        }
    }

    @Test
    void shouldLeaveNoThreadWhenClosed() throws Exception {
        server.onRequest((peer, request) -> {});
        MagpieClient client = server.client().connections(3).eventLoops(2).connect();
        List<Thread> threads = Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("magpie-client"))
                .toList();
        CompletableFuture<WriteReceipt> write = client.async().recordEvent(EVENT);
        assertThat(threads).isNotEmpty();

        client.close();

        for (Thread thread : threads) {
            thread.join(TimeUnit.SECONDS.toMillis(10));
            assertThat(thread.isAlive()).isFalse();
        }
        assertThatThrownBy(write::get).hasCauseInstanceOf(MagpieConnectionException.class);
        assertThatThrownBy(client::ping)
                .isInstanceOf(MagpieConnectionException.class)
                .hasMessage("the client is closed");
        client.close();
    }

    @Test
    void shouldSayWhyWhenServerRefusesHello() {
        server.onHello((peer, request) ->
                peer.sendAndClose(FakeServer.error(request, Status.UNAUTHENTICATED, "no such token")));

        assertThatThrownBy(() -> server.client().token("secret").connect())
                .isInstanceOfSatisfying(
                        MagpieServerException.class,
                        said -> assertThat(said.status()).isEqualTo(Status.UNAUTHENTICATED))
                .hasMessage("hello failed: UNAUTHENTICATED: no such token");
    }

    @Test
    void shouldFailWhenNobodyListens() throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        assertThatThrownBy(() -> MagpieClient.builder("127.0.0.1", port).connect())
                .isInstanceOf(MagpieConnectionException.class)
                .hasMessageContaining("is the server running?");
        try (MagpieClient client = MagpieClient.builder("127.0.0.1", port).connectInBackground()) {
            assertThatThrownBy(() -> client.recordEvent(EVENT))
                    .isInstanceOfSatisfying(
                            MagpieConnectionException.class,
                            failure -> assertThat(failure.mayHaveBeenApplied()).isFalse());
        }
    }

    @Test
    void shouldCarryCodeWhenServerRefuses() {
        server.onRequest((peer, request) -> {
            ByteBuf reply = FakeServer.error(request, Status.FORBIDDEN, "needs scope write");
            if (request.messageType() == MessageType.GET_ITEM) {
                reply.setShortLE(10, 999);
            }
            peer.send(reply);
        });
        try (MagpieClient client = server.client().connect()) {
            assertThatThrownBy(() -> client.recordEvent(EVENT))
                    .isInstanceOfSatisfying(MagpieServerException.class, said -> {
                        assertThat(said.status()).isEqualTo(Status.FORBIDDEN);
                        assertThat(said.mayHaveBeenApplied()).isFalse();
                    })
                    .hasMessage("record-events failed: FORBIDDEN: needs scope write");
            assertThatThrownBy(() -> client.getItem(1)).isInstanceOfSatisfying(MagpieServerException.class, said -> {
                assertThat(said.status()).isEqualTo(Status.UNRECOGNISED);
                assertThat(said.code()).isEqualTo(999);
            });
        }
    }

    @Test
    void shouldSayOverloadedWhenServerDoes() {
        server.onRequest((peer, request) -> {
            ByteBuf out = Unpooled.buffer();
            new ErrorReplyEncoder()
                    .wrap(out, request.messageType(), request.correlationId(), Status.OVERLOADED)
                    .retryAfterMicros(1_500)
                    .finish();
            peer.send(out);
        });
        try (MagpieClient client = server.client().connect()) {
            assertThatThrownBy(client::ping)
                    .isInstanceOfSatisfying(
                            MagpieOverloadedException.class,
                            said -> assertThat(said.retryAfterMicros()).isEqualTo(1_500));
        }
    }

    @Test
    void shouldEndConnectionWhenIdlePingGetsNoAnswer() throws Exception {
        AtomicInteger pings = new AtomicInteger();
        server.onRequest((peer, request) -> pings.incrementAndGet());
        try (MagpieClient client = server.client()
                .keepAlive(Duration.ofMillis(20))
                .requestTimeout(Duration.ofMillis(50))
                .connect()) {
            awaitTrue(() -> client.clientStatistics().lostConnections() > 0);
        }
        assertThat(pings).hasPositiveValue();
    }

    @Test
    void shouldRefuseToWaitWhenOnEventLoop() throws Exception {
        try (MagpieClient client = server.client().connect()) {
            CountDownLatch tried = new CountDownLatch(1);
            CompletableFuture<Object> refused = new CompletableFuture<>();
            // Chained before the answer can be there, so that it runs on the event loop.
            server.onRequest((peer, request) -> {
                awaitUnchecked(tried);
                peer.pong(request);
            });
            client.async().ping().thenAccept(time -> {
                try {
                    refused.complete(client.ping());
                } catch (IllegalStateException e) {
                    refused.complete(e);
                }
            });
            tried.countDown();
            assertThat(refused.get(10, TimeUnit.SECONDS)).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void shouldRefuseBeforeSendingWhenRequestIsLongerThanServerTakes() {
        try (MagpieClient client = server.client().connect()) {
            assertThatThrownBy(() -> client.removeItems(new long[200_000]))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("maxFrameLength=1048576; split the list");
            client.ping();
        }
    }

    private static void awaitUnchecked(CountDownLatch latch) {
        try {
            latch.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void awaitTrue(java.util.function.BooleanSupplier condition) {
        long bound = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited too long").isLessThan(bound);
            java.util.concurrent.locks.LockSupport.parkNanos(1_000_000);
        }
    }
}
