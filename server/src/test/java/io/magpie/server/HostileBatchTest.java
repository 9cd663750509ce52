package io.magpie.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.protocol.BatchReplyDecoder;
import io.magpie.protocol.BatchRequestEncoder;
import io.magpie.protocol.FrameHeader;
import io.magpie.protocol.GetItemRequestEncoder;
import io.magpie.protocol.HelloRequestEncoder;
import io.magpie.protocol.MessageType;
import io.magpie.protocol.PingRequestEncoder;
import io.magpie.protocol.ProtocolLimits;
import io.magpie.protocol.StatisticsRequestEncoder;
import io.magpie.protocol.Status;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Batches that lie, nest, ask too much or go away. */
@Timeout(120)
class HostileBatchTest {
    @TempDir
    private static Path directory;

    private static MagpieServer server;

    private RawClient client;
    private final ByteBuf inner = Unpooled.buffer();

    @BeforeAll
    static void start() throws Exception {
        server = TestServers.start(
                directory,
                "dimension",
                "256",
                "limits.frame-size",
                "256KiB",
                "limits.unwritten-size",
                "64KiB",
                "limits.unwritten-hard-size",
                "1MiB");
        try (RawClient client = new RawClient(server.address())) {
            client.putItems(50, 256, 1);
        }
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void connect() throws Exception {
        client = new RawClient(server.address());
    }

    @AfterEach
    void isServed() throws Exception {
        client.close();
        try (RawClient next = new RawClient(server.address())) {
            assertThat(next.ping()).isTrue();
        }
    }

    private ByteBuf ask() throws Exception {
        new BatchRequestEncoder()
                .wrap(client.request(), client.nextId(), 0)
                .requests(inner, 0, inner.readableBytes())
                .finish();
        client.send();
        return client.expect();
    }

    private static List<ByteBuf> answers(ByteBuf reply) {
        assertThat(RawClient.status(reply)).isEqualTo(Status.OK);
        assertThat(FrameHeader.messageType(reply, 0)).isEqualTo(MessageType.BATCH);
        BatchReplyDecoder decoder = new BatchReplyDecoder();
        assertThat(decoder.wrap(reply, 0, reply.readableBytes())).isEqualTo(Status.OK);
        List<ByteBuf> answers = new ArrayList<>();
        decoder.answers((buffer, offset, length) -> answers.add(buffer.slice(offset, length)));
        return answers;
    }

    private void pingInside(long id) {
        new PingRequestEncoder().wrap(inner, id, 0).payload(id).finish();
    }

    @Test
    void shouldRefuseTheWholeBatchWhenItsBytesAreNoFrames() throws Exception {
        pingInside(1);
        int whole = inner.readableBytes();
        for (int length = 1; length < whole; length++) {
            inner.writerIndex(length);
            assertThat(RawClient.status(ask())).isEqualTo(Status.MALFORMED);
        }
        inner.writerIndex(whole);
        for (int claimed : new int[] {0, 19, whole, whole * 2, Integer.MAX_VALUE, -1}) {
            inner.setIntLE(0, claimed);
            assertThat(RawClient.status(ask())).as("claimed=" + claimed).isEqualTo(Status.MALFORMED);
        }
    }

    @Test
    void shouldRefuseHelloAndBatchesInsideAndAnswerTheRest() throws Exception {
        pingInside(7);
        new HelloRequestEncoder().wrap(inner, 8, 0).minVersion(1).maxVersion(1).finish();
        ByteBuf nested = Unpooled.buffer();
        new PingRequestEncoder().wrap(nested, 1, 0).finish();
        new BatchRequestEncoder()
                .wrap(inner, 9, 0)
                .requests(nested, 0, nested.readableBytes())
                .finish();
        int versionAt = inner.writerIndex() + 4;
        pingInside(10);
        inner.setByte(versionAt, 99);
        int typeAt = inner.writerIndex() + 6;
        pingInside(11);
        inner.setShortLE(typeAt, 999);
        pingInside(7);
        List<ByteBuf> answers = answers(ask());
        assertThat(answers)
                .extracting(RawClient::status)
                .containsExactly(
                        Status.OK,
                        Status.MALFORMED,
                        Status.MALFORMED,
                        Status.UNSUPPORTED_VERSION,
                        Status.UNKNOWN_VERB,
                        Status.OK);
        assertThat(answers)
                .extracting(each -> FrameHeader.correlationId(each, 0))
                .containsExactly(7L, 8L, 9L, 10L, 11L, 7L);
    }

    @Test
    void shouldRefuseABatchOfTooManyRequests() throws Exception {
        for (int i = 0; i < ProtocolLimits.MAX_BATCH_REQUESTS; i++) {
            pingInside(i);
        }
        assertThat(answers(ask())).hasSize(ProtocolLimits.MAX_BATCH_REQUESTS);
        pingInside(0);
        assertThat(RawClient.status(ask())).isEqualTo(Status.OUT_OF_RANGE);
    }

    @Test
    void shouldBoundTheAnswersOfABatchAndSayWhichWereLeftOut() throws Exception {
        for (int i = 0; i < 1_000; i++) {
            new GetItemRequestEncoder().wrap(inner, i, 0).itemId(1 + i % 50).finish();
        }
        ByteBuf reply = ask();
        assertThat(reply.readableBytes()).isLessThan(1 << 20);
        List<ByteBuf> answers = answers(reply);
        assertThat(answers).hasSize(1_000);
        assertThat(RawClient.status(answers.get(0))).isEqualTo(Status.OK);
        assertThat(RawClient.status(answers.get(999))).isEqualTo(Status.OVERLOADED);
        for (int i = 0; i < 1_000; i++) {
            assertThat(FrameHeader.correlationId(answers.get(i), 0)).isEqualTo(i);
        }
        // What was held is given back: the same again ends the same way.
        assertThat(ask().readableBytes()).isEqualTo(reply.readableBytes());
    }

    @Test
    void shouldAnswerOrRefuseWhateverBytesOfAGoodBatchAreChanged() throws Exception {
        pingInside(1);
        new StatisticsRequestEncoder().wrap(inner, 2, 0).finish();
        new GetItemRequestEncoder().wrap(inner, 3, 0).itemId(1).finish();
        byte[] good = new byte[inner.readableBytes()];
        inner.getBytes(0, good);
        Random random = new Random(5);
        for (int i = 0; i < 300; i++) {
            inner.clear().writeBytes(good);
            for (int j = 0; j < 3; j++) {
                inner.setByte(random.nextInt(good.length), random.nextInt(256));
            }
            ByteBuf reply = ask();
            assertThat(FrameHeader.messageType(reply, 0)).isEqualTo(MessageType.BATCH);
        }
    }

    @Test
    void shouldForgetABatchWhoseAskerHasGone() throws Exception {
        for (int i = 0; i < 20; i++) {
            inner.clear();
            new StatisticsRequestEncoder().wrap(inner, 2, 0).finish();
            pingInside(1);
            try (RawClient leaving = new RawClient(server.address())) {
                new BatchRequestEncoder()
                        .wrap(leaving.request(), 1, 0)
                        .requests(inner, 0, inner.readableBytes())
                        .finish();
                leaving.send();
            }
        }
        inner.clear();
        pingInside(1);
        assertThat(answers(ask())).hasSize(1);
    }
}
