package io.magpie.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.magpie.protocol.FrameHeader;
import io.magpie.protocol.GetProfileRequestDecoder;
import io.magpie.protocol.GetProfileRequestEncoder;
import io.magpie.protocol.HelloReplyDecoder;
import io.magpie.protocol.HelloRequestEncoder;
import io.magpie.protocol.MessageType;
import io.magpie.protocol.PingRequestEncoder;
import io.magpie.protocol.RecommendReplyDecoder;
import io.magpie.protocol.RecommendRequestEncoder;
import io.magpie.protocol.RemoveItemsRequestEncoder;
import io.magpie.protocol.StatisticsRequestEncoder;
import io.magpie.protocol.Status;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Start, stop, limits and the admin port of a server in this JVM. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ServerLifeTest {
    @TempDir
    private Path directory;

    @Test
    void shouldSayWhatItIsWhenGreeted() throws Exception {
        try (MagpieServer server = TestServers.start(directory);
                RawClient client = new RawClient(server.address())) {
            new HelloRequestEncoder()
                    .wrap(client.request(), 1, 0)
                    .minVersion(1)
                    .maxVersion(7)
                    .finish();
            client.send();
            ByteBuf reply = client.expect();
            HelloReplyDecoder hello = new HelloReplyDecoder();
            assertThat(hello.wrap(reply, 0, reply.readableBytes())).isEqualTo(Status.OK);
            assertThat(hello.version()).isEqualTo(1);
            assertThat(hello.dimension()).isEqualTo(TestServers.DIMENSION);
            assertThat(hello.sourceCount()).isEqualTo(3);
            assertThat(hello.sourceName(1)).isEqualTo("payment");
            assertThat(hello.sourceWeight(1)).isEqualTo(2.0);
            new HelloRequestEncoder()
                    .wrap(client.request(), 2, 0)
                    .minVersion(2)
                    .maxVersion(7)
                    .finish();
            client.send();
            reply = client.expect();
            assertThat(RawClient.status(reply)).isEqualTo(Status.UNSUPPORTED_VERSION);
            assertThat(RawClient.message(reply)).contains("client=2..7").contains("server=1..1");
        }
    }

    @Test
    void shouldAnswerEverythingThatArrivedBeforeTheStop() throws Exception {
        MagpieServer server = TestServers.start(directory);
        try (RawClient client = new RawClient(server.address())) {
            client.putItems(200, TestServers.DIMENSION, 1);
            client.putSlots(50, TestServers.DIMENSION, 2);
            ByteBuf requests = client.request();
            int sent = 500;
            for (int i = 1; i <= sent; i++) {
                new RecommendRequestEncoder()
                        .wrap(requests, 1_000 + i, 0)
                        .limit(10)
                        .profileId(1 + i % 50)
                        .priceMinorTo(Long.MAX_VALUE)
                        .finish();
            }
            new StatisticsRequestEncoder().wrap(requests, 1_000, 0).finish();
            client.send();
            Thread stopper = new Thread(server::close);
            stopper.start();
            Set<Long> answered = new HashSet<>();
            for (ByteBuf reply = client.read(); reply != null; reply = client.read()) {
                assertThat(RawClient.status(reply)).isEqualTo(Status.OK);
                answered.add(FrameHeader.correlationId(reply, 0));
            }
            assertThat(answered).hasSize(sent + 1);
            stopper.join();
        }
        server.close();
    }

    /** Without an end to it, this would take until the client reads on. */
    @Test
    void shouldEndAllTheSameWhenAClientTakesNoReplies() throws Exception {
        // Nothing but the end of the drain ends it.
        MagpieServer server = TestServers.start(
                directory, "drain-timeout", "300ms", "limits.unwritten-size", "64KiB", "limits.stall-timeout", "9m");
        try (RawClient slow = new RawClient(server.address(), RawClient.LITTLE)) {
            slow.flood(2_000, TestServers.DIMENSION);
            slow.expect();
            server.close();
        }
        // And cleanly: the next one finds nothing to recover.
        try (MagpieServer next = TestServers.start(directory);
                RawClient client = new RawClient(next.address())) {
            assertThat(client.ping()).isTrue();
        }
    }

    @Test
    void shouldKeepWhatWasWrittenWhenStartedAgain() throws Exception {
        try (MagpieServer server = TestServers.start(directory);
                RawClient client = new RawClient(server.address())) {
            client.putItems(100, TestServers.DIMENSION, 1);
            client.putSlots(10, TestServers.DIMENSION, 2);
        }
        try (MagpieServer server = TestServers.start(directory);
                RawClient client = new RawClient(server.address())) {
            new GetProfileRequestEncoder()
                    .wrap(client.request(), 1, 0)
                    .profileId(7)
                    .parts(GetProfileRequestDecoder.PART_ALL)
                    .finish();
            client.send();
            assertThat(RawClient.status(client.expect())).isEqualTo(Status.OK);
            assertThat(recommend(client, 7, 10).itemCount()).isEqualTo(10);
        }
    }

    @Test
    void shouldApplyAWriteAfterTheRecommendsThatWereSentBeforeIt() throws Exception {
        try (MagpieServer server = TestServers.start(directory);
                RawClient client = new RawClient(server.address())) {
            client.putItems(5, TestServers.DIMENSION, 1);
            client.putSlots(1, TestServers.DIMENSION, 2);
            ByteBuf requests = client.request();
            new RecommendRequestEncoder()
                    .wrap(requests, 1, 0)
                    .limit(10)
                    .profileId(1)
                    .priceMinorTo(Long.MAX_VALUE)
                    .finish();
            new RemoveItemsRequestEncoder()
                    .wrap(requests, 2, 0)
                    .beginItemIds(1)
                    .addItemId(3)
                    .finish();
            new RecommendRequestEncoder()
                    .wrap(requests, 3, 0)
                    .limit(10)
                    .profileId(1)
                    .priceMinorTo(Long.MAX_VALUE)
                    .finish();
            client.send();
            int[] items = new int[4];
            RecommendReplyDecoder decoder = new RecommendReplyDecoder();
            for (int i = 0; i < 3; i++) {
                ByteBuf reply = client.expect();
                if (FrameHeader.messageType(reply, 0) == MessageType.RECOMMEND) {
                    assertThat(decoder.wrap(reply, 0, reply.readableBytes())).isEqualTo(Status.OK);
                    items[(int) FrameHeader.correlationId(reply, 0)] = decoder.itemCount();
                }
            }
            assertThat(items[1]).isEqualTo(5);
            assertThat(items[3]).isEqualTo(4);
        }
    }

    @Test
    void shouldScoreTogetherWhatArrivesTogether() throws Exception {
        try (MagpieServer server = TestServers.start(directory, "batch", "64");
                RawClient client = new RawClient(server.address())) {
            client.putItems(5, TestServers.DIMENSION, 1);
            client.putSlots(1, TestServers.DIMENSION, 2);
            ByteBuf requests = client.request();
            for (int i = 1; i <= 64; i++) {
                new RecommendRequestEncoder()
                        .wrap(requests, i, 0)
                        .limit(1)
                        .profileId(1)
                        .priceMinorTo(Long.MAX_VALUE)
                        .finish();
            }
            client.send();
            for (int i = 1; i <= 64; i++) {
                assertThat(RawClient.status(client.expect())).isEqualTo(Status.OK);
            }
            assertThat(server.metrics().batchedRequests()).isEqualTo(64);
            assertThat(server.metrics().batches()).isLessThan(8);
        }
    }

    @Test
    void shouldRefuseASecondServerOnTheSameDirectory() throws Exception {
        try (MagpieServer server = TestServers.start(directory);
                RawClient client = new RawClient(server.address())) {
            assertThatThrownBy(() -> TestServers.start(directory).close())
                    .isInstanceOf(ServerStartException.class)
                    .hasMessageNotContaining("\n");
            assertThat(client.ping()).isTrue();
        }
    }

    @Test
    void shouldRefuseAPortThatIsTaken() throws Exception {
        try (MagpieServer server = TestServers.start(directory.resolve("a"))) {
            String port = Integer.toString(server.address().getPort());
            assertThatThrownBy(() -> TestServers.start(directory.resolve("b"), "port", port))
                    .isInstanceOf(ServerStartException.class)
                    .hasMessageContaining("cannot listen on 127.0.0.1:" + port)
                    .hasMessageContaining("--port")
                    .hasMessageNotContaining("\n");
            assertThatThrownBy(() -> TestServers.start(directory.resolve("c"), "admin-port", port))
                    .isInstanceOf(ServerStartException.class)
                    .hasMessageContaining("--admin-port");
        }
    }

    @Test
    void shouldRefuseOneConnectionTooManyAndServeTheRest() throws Exception {
        try (MagpieServer server = TestServers.start(directory, "limits.connections", "2");
                RawClient first = new RawClient(server.address());
                RawClient second = new RawClient(server.address())) {
            assertThat(first.ping()).isTrue();
            assertThat(second.ping()).isTrue();
            try (RawClient third = new RawClient(server.address())) {
                ByteBuf reply = third.expect();
                assertThat(RawClient.status(reply)).isEqualTo(Status.OVERLOADED);
                assertThat(RawClient.message(reply)).contains("most=2").contains("limits.connections");
                assertThat(third.read()).isNull();
            }
            assertThat(first.ping()).isTrue();
            assertThat(server.metrics().connectionsRefused()).isOne();
        }
    }

    @Test
    void shouldStopReadingAClientThatTakesNoReplies() throws Exception {
        int asked = 2_000;
        try (MagpieServer server = TestServers.start(directory, "limits.unwritten-size", "64KiB");
                RawClient slow = new RawClient(server.address());
                RawClient other = new RawClient(server.address())) {
            slow.flood(asked, TestServers.DIMENSION);
            // 12 KB each, 24 MB in all: more than the kernel keeps. Once the server has stopped reading, the count of
            // answers stands still while others are served.
            long before = -1;
            for (long now = server.metrics().batchedRequests(); now != before; ) {
                before = now;
                for (int i = 0; i < 100; i++) {
                    assertThat(other.ping()).isTrue();
                }
                now = server.metrics().batchedRequests();
            }
            assertThat(before).isPositive().isLessThan(asked);
            for (int i = 1; i <= asked; i++) {
                assertThat(RawClient.status(slow.expect())).isEqualTo(Status.OK);
            }
            assertThat(slow.ping()).isTrue();
        }
    }

    @Test
    void shouldCloseAClientThatOwesTooMuch() throws Exception {
        // Nothing but what it owes ends it.
        try (MagpieServer server = TestServers.start(
                        directory,
                        "limits.unwritten-size",
                        "64KiB",
                        "limits.unwritten-hard-size",
                        "64KiB",
                        "limits.stall-timeout",
                        "9m");
                RawClient slow = new RawClient(server.address());
                RawClient other = new RawClient(server.address())) {
            slow.flood(2_000, TestServers.DIMENSION);
            while (server.metrics().connections() > 1) {
                assertThat(other.ping()).isTrue();
            }
            assertThat(other.ping()).isTrue();
        }
    }

    @Test
    void shouldRefuseWhatComesTooLate() throws Exception {
        try (MagpieServer server = TestServers.start(directory);
                RawClient client = new RawClient(server.address())) {
            ByteBuf requests = client.request();
            // In one write, so that the last one waits for the others.
            for (int i = 1; i <= 400; i++) {
                new PingRequestEncoder().wrap(requests, i, 1).payload(i).finish();
            }
            client.send();
            int late = 0;
            for (int i = 1; i <= 400; i++) {
                ByteBuf reply = client.expect();
                if (RawClient.status(reply) == Status.DEADLINE_EXCEEDED) {
                    late++;
                    assertThat(RawClient.message(reply)).contains("budgetMicros=1");
                }
            }
            assertThat(late).isPositive();
        }
    }

    @Test
    void shouldShowItsFiguresOnTheAdminPort() throws Exception {
        HttpClient http = HttpClient.newHttpClient();
        InetSocketAddress admin;
        try (MagpieServer server = TestServers.start(directory);
                RawClient client = new RawClient(server.address())) {
            client.putItems(20, TestServers.DIMENSION, 1);
            assertThat(client.ping()).isTrue();
            admin = server.adminAddress();
            assertThat(get(http, admin, "/livez").statusCode()).isEqualTo(200);
            assertThat(get(http, admin, "/readyz").body()).isEqualTo("ready\n");
            assertThat(get(http, admin, "/version").body()).contains("\"version\":\"0.1.0\"");
            assertThat(get(http, admin, "/nothing").statusCode()).isEqualTo(404);
            String metrics = get(http, admin, "/metrics").body();
            assertThat(metrics)
                    .contains("magpie_items 20\n")
                    .contains("magpie_request_seconds_count{verb=\"ping\"} 1\n")
                    .contains("magpie_connections 1\n")
                    .endsWith("\n");
            assertThat(metrics.lines().filter(line -> !line.startsWith("#")))
                    .allMatch(line -> line.matches("[a-z_]+(\\{[^}]+})? [-+0-9.eE]+"));
        }
        // A plain connection: the HTTP client may wait for ever on one that it kept and that is being closed.
        assertThatThrownBy(() -> new Socket(admin.getAddress(), admin.getPort()).close())
                .isInstanceOf(IOException.class);
    }

    private static HttpResponse<String> get(HttpClient http, InetSocketAddress admin, String path) throws Exception {
        return http.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + admin.getPort() + path))
                        .timeout(Duration.ofSeconds(20))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static RecommendReplyDecoder recommend(RawClient client, long profileId, int limit) throws IOException {
        new RecommendRequestEncoder()
                .wrap(client.request(), client.nextId(), 0)
                .limit(limit)
                .profileId(profileId)
                .priceMinorTo(Long.MAX_VALUE)
                .finish();
        client.send();
        ByteBuf reply = client.expect();
        RecommendReplyDecoder decoder = new RecommendReplyDecoder();
        assertThat(decoder.wrap(reply, 0, reply.readableBytes())).isEqualTo(Status.OK);
        return decoder;
    }
}
