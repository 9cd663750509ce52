package io.magpie.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.protocol.BatchReplyDecoder;
import io.magpie.protocol.BatchRequestEncoder;
import io.magpie.protocol.EraseProfileRequestEncoder;
import io.magpie.protocol.FrameHeader;
import io.magpie.protocol.GetItemRequestEncoder;
import io.magpie.protocol.HelloRequestEncoder;
import io.magpie.protocol.PingRequestEncoder;
import io.magpie.protocol.RecommendRequestDecoder;
import io.magpie.protocol.RecommendRequestEncoder;
import io.magpie.protocol.RemoveItemsRequestEncoder;
import io.magpie.protocol.Status;
import io.magpie.server.metrics.Ending;
import io.magpie.server.security.Scope;
import io.magpie.server.security.Token;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import javax.net.SocketFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Tokens on the wire: nothing before hello, nothing beyond the scopes, and revocation of what is connected. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class TokenServerTest {
    @TempDir
    private Path directory;

    private Path file;
    private final Token.Issued reader = Token.issue("reader", Scope.READ.bit(), null);
    private final Token.Issued writer = Token.issue("writer", Scope.READ.bit() | Scope.WRITE.bit(), null);

    @BeforeEach
    void writeTokens() throws Exception {
        file = directory.resolve("tokens");
        write(reader.token().line(), writer.token().line());
    }

    private void write(String... lines) throws Exception {
        Files.writeString(file, "# tokens\n\n" + String.join("\n", lines) + "\n");
    }

    private MagpieServer start(String... more) throws Exception {
        String[] options = {"auth.tokens", file.toString(), "reload-interval", "20ms"};
        String[] all = Arrays.copyOf(options, options.length + more.length);
        System.arraycopy(more, 0, all, options.length, more.length);
        return TestServers.start(directory.resolve("data"), all);
    }

    private static Status hello(RawClient client, String token) throws Exception {
        new HelloRequestEncoder()
                .wrap(client.request(), client.nextId(), 0)
                .minVersion(1)
                .maxVersion(1)
                .token(token)
                .finish();
        client.send();
        return RawClient.status(client.expect());
    }

    private static Status removeItem(RawClient client) throws Exception {
        new RemoveItemsRequestEncoder()
                .wrap(client.request(), client.nextId(), 0)
                .beginItemIds(1)
                .addItemId(1)
                .finish();
        client.send();
        return RawClient.status(client.expect());
    }

    private static Status recommend(RawClient client, int flags) throws Exception {
        new RecommendRequestEncoder()
                .wrap(client.request(), client.nextId(), 0)
                .kind(RecommendRequestDecoder.KIND_PROFILE)
                .flags(flags)
                .limit(1)
                .profileId(1)
                .finish();
        client.send();
        return RawClient.status(client.expect());
    }

    private static Status getItem(RawClient client) throws Exception {
        new GetItemRequestEncoder()
                .wrap(client.request(), client.nextId(), 0)
                .itemId(1)
                .finish();
        client.send();
        return RawClient.status(client.expect());
    }

    @Test
    void shouldAnswerNothingBeforeHello() throws Exception {
        try (MagpieServer server = start();
                RawClient client = new RawClient(server.address())) {
            // Two in one write: the second is not looked at.
            new PingRequestEncoder().wrap(client.request(), 5, 0).payload(1).finish();
            new PingRequestEncoder().wrap(client.request, 6, 0).payload(1).finish();
            client.send();
            ByteBuf reply = client.expect();
            assertThat(RawClient.status(reply)).isEqualTo(Status.UNAUTHENTICATED);
            assertThat(FrameHeader.correlationId(reply, 0)).isEqualTo(5);
            assertThat(client.read()).isNull();
            assertThat(server.metrics().endings().of(Ending.UNAUTHENTICATED)).isOne();
        }
    }

    @Test
    void shouldRefuseATokenThatIsNotRightAndEndTheConnection() throws Exception {
        String right = reader.secret();
        int middle = right.length() - 5;
        String[] wrong = {
            "",
            "magpie.reader.",
            "magpie.nobody.AAAA",
            right.substring(0, middle) + (right.charAt(middle) == 'A' ? 'B' : 'A') + right.substring(middle + 1),
            right + "x",
            right.replace("reader", "writer"),
            reader.token().line().split(" ")[1],
        };
        try (MagpieServer server = start()) {
            for (String token : wrong) {
                try (RawClient client = new RawClient(server.address())) {
                    assertThat(hello(client, token)).as(token).isEqualTo(Status.UNAUTHENTICATED);
                    assertThat(client.read()).isNull();
                }
            }
            try (RawClient client = new RawClient(server.address())) {
                assertThat(hello(client, right)).isEqualTo(Status.OK);
            }
        }
    }

    @Test
    void shouldForbidWhatTheScopesDoNotHoldAndGoOn() throws Exception {
        try (MagpieServer server = start();
                RawClient reads = new RawClient(server.address());
                RawClient writes = new RawClient(server.address())) {
            assertThat(hello(reads, reader.secret())).isEqualTo(Status.OK);
            assertThat(hello(writes, writer.secret())).isEqualTo(Status.OK);
            writes.putItems(1, TestServers.DIMENSION, 1);
            assertThat(removeItem(reads)).isEqualTo(Status.FORBIDDEN);
            assertThat(getItem(reads)).isEqualTo(Status.OK);
            new EraseProfileRequestEncoder()
                    .wrap(writes.request(), 9, 0)
                    .profileId(1)
                    .finish();
            writes.send();
            ByteBuf reply = writes.expect();
            assertThat(RawClient.status(reply)).isEqualTo(Status.FORBIDDEN);
            assertThat(RawClient.message(reply))
                    .contains("verb=erase-profile")
                    .contains("asks=erase")
                    .contains("holds=read,write");
            assertThat(removeItem(writes)).isEqualTo(Status.OK);
        }
    }

    @Test
    void shouldForbidToRecordWhatIsShownWithoutTheScopeToWrite() throws Exception {
        try (MagpieServer server = start();
                RawClient reads = new RawClient(server.address());
                RawClient writes = new RawClient(server.address())) {
            assertThat(hello(reads, reader.secret())).isEqualTo(Status.OK);
            assertThat(hello(writes, writer.secret())).isEqualTo(Status.OK);
            assertThat(recommend(reads, 0)).isEqualTo(Status.OK);
            assertThat(recommend(reads, RecommendRequestDecoder.FLAG_RECORD_SHOWN))
                    .isEqualTo(Status.FORBIDDEN);
            assertThat(recommend(writes, RecommendRequestDecoder.FLAG_RECORD_SHOWN))
                    .isEqualTo(Status.OK);
        }
    }

    @Test
    void shouldForbidInsideABatchWhatIsForbiddenAlone() throws Exception {
        try (MagpieServer server = start();
                RawClient reads = new RawClient(server.address())) {
            assertThat(hello(reads, reader.secret())).isEqualTo(Status.OK);
            ByteBuf inner = Unpooled.buffer();
            new RemoveItemsRequestEncoder()
                    .wrap(inner, 70, 0)
                    .beginItemIds(1)
                    .addItemId(1)
                    .finish();
            new BatchRequestEncoder()
                    .wrap(reads.request(), 7, 0)
                    .requests(inner, 0, inner.readableBytes())
                    .finish();
            reads.send();
            ByteBuf reply = reads.expect();
            assertThat(RawClient.status(reply)).isEqualTo(Status.OK);
            BatchReplyDecoder decoder = new BatchReplyDecoder();
            assertThat(decoder.wrap(reply, 0, reply.readableBytes())).isEqualTo(Status.OK);
            int[] codes = new int[1];
            decoder.answers((buffer, offset, length) -> codes[0] = FrameHeader.statusCode(buffer, offset));
            assertThat(Status.of(codes[0])).isEqualTo(Status.FORBIDDEN);
        }
    }

    @Test
    void shouldEndConnectionsOfARevokedTokenAndChangeScopesOfTheOthers() throws Exception {
        try (MagpieServer server = start("limits.hello-timeout", "2s", "limits.frame-timeout", "40ms");
                RawClient reads = new RawClient(server.address());
                RawClient writes = new RawClient(server.address())) {
            assertThat(hello(reads, reader.secret())).isEqualTo(Status.OK);
            assertThat(hello(writes, writer.secret())).isEqualTo(Status.OK);
            write(writer.token().line().replace("read,write", "read"));
            ByteBuf said = reads.expect();
            assertThat(RawClient.status(said)).isEqualTo(Status.UNAUTHENTICATED);
            assertThat(FrameHeader.correlationId(said, 0)).isZero();
            assertThat(reads.read()).isNull();
            assertThat(removeItem(writes)).isEqualTo(Status.FORBIDDEN);
            assertThat(getItem(writes)).isEqualTo(Status.UNKNOWN_ITEM);
            try (RawClient again = new RawClient(server.address())) {
                assertThat(hello(again, reader.secret())).isEqualTo(Status.UNAUTHENTICATED);
            }
        }
    }

    @Test
    void shouldKeepTheOldTokensWhenTheNewFileIsBad() throws Exception {
        try (MagpieServer server = start()) {
            write("reader " + reader.secret() + " read");
            long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(150);
            while (System.nanoTime() < end) {
                try (RawClient client = new RawClient(server.address())) {
                    assertThat(hello(client, reader.secret())).isEqualTo(Status.OK);
                }
            }
        }
    }

    @Test
    void shouldEndATokenAtItsTime() throws Exception {
        Token.Issued past = Token.issue("past", Scope.ALL, Instant.now().minusSeconds(1));
        Token.Issued later = Token.issue("later", Scope.ALL, Instant.now().plusSeconds(3_600));
        write(past.token().line(), later.token().line());
        try (MagpieServer server = start();
                RawClient one = new RawClient(server.address());
                RawClient two = new RawClient(server.address())) {
            assertThat(hello(one, past.secret())).isEqualTo(Status.UNAUTHENTICATED);
            assertThat(hello(two, later.secret())).isEqualTo(Status.OK);
        }
    }

    @Test
    void shouldTakeNoLargeFrameOfAStranger() throws Exception {
        try (MagpieServer server = start();
                RawClient client = new RawClient(server.address())) {
            ByteBuf large = Unpooled.buffer();
            new PingRequestEncoder().wrap(large, 77, 0).payload(1).finish();
            large.setIntLE(0, 100_000);
            client.send(large);
            assertThat(RawClient.status(client.expect())).isEqualTo(Status.FRAME_TOO_LARGE);
        }
    }

    @Test
    void shouldShowFiguresOnlyToReadersWhenTheAdminPortIsNotLoopback() throws Exception {
        TestCertificates pki = new TestCertificates(directory.resolve("pki"));
        pki.issue("server", "CN=server");
        Token.Issued eraser = Token.issue("eraser", Scope.ERASE.bit(), null);
        write(reader.token().line(), eraser.token().line());
        try (MagpieServer server = start(
                // Certificates are asked for on the wire; a probe has none.
                "tls.client-ca",
                pki.authority().toString(),
                "tls.certificate",
                pki.certificate("server").toString(),
                "tls.key",
                pki.key("server").toString(),
                "admin-bind",
                "0.0.0.0")) {
            int port = server.adminAddress().getPort();
            SocketFactory tls = TestCertificates.trusting(pki.authority()).getSocketFactory();
            assertThat(get(tls, port, "/readyz", "")).startsWith("HTTP/1.1 200");
            assertThat(get(tls, port, "/metrics", "")).startsWith("HTTP/1.1 401");
            assertThat(get(tls, port, "/metrics", "magpie.x.y")).startsWith("HTTP/1.1 401");
            assertThat(get(tls, port, "/metrics", eraser.secret())).startsWith("HTTP/1.1 401");
            assertThat(get(tls, port, "/metrics", reader.secret())).startsWith("HTTP/1.1 200");
        }
    }

    private static String get(SocketFactory sockets, int port, String path, String token) throws Exception {
        try (Socket socket = sockets.createSocket("127.0.0.1", port)) {
            String request = "GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer "
                    + token + "\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
