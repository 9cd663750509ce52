package io.magpie.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.protocol.FrameHeader;
import io.magpie.protocol.FrameHeaderDescriptor;
import io.magpie.protocol.GetProfileRequestEncoder;
import io.magpie.protocol.PingRequestEncoder;
import io.magpie.protocol.RecommendRequestEncoder;
import io.magpie.protocol.RecordEventsRequestEncoder;
import io.magpie.protocol.Status;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What no client of ours sends. After each test the server answers, on a connection that stood all the while. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class HostileInputTest {
    private static final int FRAME_LIMIT = 64 * 1024;

    @TempDir
    private static Path directory;

    private static MagpieServer server;
    private static RawClient bystander;

    private RawClient client;

    @BeforeAll
    static void start() throws Exception {
        server = TestServers.start(
                directory, "limits.frame-size", "64KiB", "limits.top", "50", "limits.list-length", "100");
        bystander = new RawClient(server.address());
        bystander.putItems(50, TestServers.DIMENSION, 1);
    }

    @AfterAll
    static void stop() throws Exception {
        bystander.close();
        server.close();
    }

    @BeforeEach
    void connect() throws Exception {
        client = new RawClient(server.address());
    }

    @AfterEach
    void bystanderIsServed() throws Exception {
        client.close();
        assertThat(bystander.ping()).isTrue();
    }

    @Test
    void shouldAnswerAndCloseWhenFedNoise() throws Exception {
        Random random = new Random(3);
        for (int i = 0; i < 200; i++) {
            byte[] noise = new byte[1 + random.nextInt(300)];
            random.nextBytes(noise);
            try (RawClient noisy = new RawClient(server.address())) {
                noisy.send(noise);
                noisy.socket().shutdownOutput();
                for (ByteBuf reply = noisy.read(); reply != null; reply = noisy.read()) {
                    assertThat(RawClient.status(reply)).isNotEqualTo(Status.OK);
                }
            }
        }
    }

    @Test
    void shouldAnswerAndCloseWhenSpokenToInHttp() throws Exception {
        client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        ByteBuf reply = client.expect();
        assertThat(RawClient.status(reply)).isEqualTo(Status.FRAME_TOO_LARGE);
        assertThat(FrameHeader.correlationId(reply, 0)).isZero();
        assertThat(RawClient.message(reply)).contains("frameLength=542393671").contains("most=65536");
        assertThat(client.read()).isNull();
    }

    @Test
    void shouldAnswerAndCloseWhenAFrameIsTooShort() throws Exception {
        client.send(new byte[] {3, 0, 0, 0, 1, 2, 3});
        ByteBuf reply = client.expect();
        assertThat(RawClient.status(reply)).isEqualTo(Status.MALFORMED);
        assertThat(RawClient.message(reply)).contains("frameLength=3").contains("least=20");
        assertThat(client.read()).isNull();
    }

    @Test
    void shouldRefuseTooLongAFrameAndGoOn() throws Exception {
        ByteBuf large = Unpooled.buffer();
        new PingRequestEncoder().wrap(large, 77, 0).payload(1).finish();
        large.setIntLE(0, FRAME_LIMIT + 1);
        large.writeZero(4 + FRAME_LIMIT + 1 - large.readableBytes());
        client.send(large);
        ByteBuf reply = client.expect();
        assertThat(RawClient.status(reply)).isEqualTo(Status.FRAME_TOO_LARGE);
        assertThat(FrameHeader.correlationId(reply, 0)).isEqualTo(77);
        assertThat(RawClient.message(reply)).contains("frameLength=65537").contains("most=65536");
        assertThat(client.ping()).isTrue();
    }

    @Test
    void shouldRefuseAnotherVersionAndGoOn() throws Exception {
        new PingRequestEncoder().wrap(client.request(), 5, 0).payload(1).finish();
        client.request.setByte(FrameHeaderDescriptor.VERSION_OFFSET, 9);
        client.send();
        ByteBuf reply = client.expect();
        assertThat(RawClient.status(reply)).isEqualTo(Status.UNSUPPORTED_VERSION);
        assertThat(FrameHeader.correlationId(reply, 0)).isEqualTo(5);
        assertThat(RawClient.message(reply)).contains("version=9").contains("1..1");
        assertThat(client.ping()).isTrue();
    }

    @Test
    void shouldRefuseAnUnknownVerbAndGoOn() throws Exception {
        new PingRequestEncoder().wrap(client.request(), 6, 0).payload(1).finish();
        client.request.setShortLE(FrameHeaderDescriptor.MESSAGE_TYPE_OFFSET, 0x7777);
        client.send();
        ByteBuf reply = client.expect();
        assertThat(RawClient.status(reply)).isEqualTo(Status.UNKNOWN_VERB);
        assertThat(RawClient.message(reply)).contains("messageType=" + 0x7777);
        assertThat(client.ping()).isTrue();
    }

    @Test
    void shouldRefuseAReplyAndGoOn() throws Exception {
        new PingRequestEncoder().wrap(client.request(), 6, 0).payload(1).finish();
        client.request.setByte(FrameHeaderDescriptor.FLAGS_OFFSET, FrameHeaderDescriptor.FLAG_REPLY);
        client.send();
        assertThat(RawClient.status(client.expect())).isEqualTo(Status.MALFORMED);
        assertThat(client.ping()).isTrue();
    }

    @Test
    void shouldRefuseEveryTruncationInsideAFrameAndGoOn() throws Exception {
        ByteBuf whole = Unpooled.buffer();
        float[] vector = new float[TestServers.DIMENSION];
        new RecommendRequestEncoder()
                .wrap(whole, 8, 0)
                .kind(1)
                .limit(5)
                .spaceId(1)
                .priceMinorTo(Long.MAX_VALUE)
                .beginVectors(1, vector.length)
                .addVector(vector, 0, vector.length)
                .beginExcludedIds(3)
                .addExcludedId(1)
                .addExcludedId(2)
                .addExcludedId(3)
                .finish();
        int length = whole.readableBytes();
        for (int cut = FrameHeaderDescriptor.HEADER_LENGTH; cut < length; cut++) {
            ByteBuf part = whole.copy(0, cut);
            part.setIntLE(0, cut - FrameHeaderDescriptor.LENGTH_FIELD_LENGTH);
            client.send(part);
            ByteBuf reply = client.expect();
            assertThat(FrameHeader.correlationId(reply, 0)).isEqualTo(8);
            // Cut between two groups it is a whole request again, with an empty list at its end.
            if (RawClient.status(reply) != Status.OK) {
                assertThat(RawClient.status(reply)).as("cut at %d", cut).isEqualTo(Status.MALFORMED);
            }
        }
        assertThat(client.ping()).isTrue();
    }

    @Test
    void shouldSurviveFlippedBytesInEveryPlace() throws Exception {
        Random random = new Random(5);
        ByteBuf whole = Unpooled.buffer();
        new RecordEventsRequestEncoder()
                .wrap(whole, 8, 0)
                .beginEvents(2)
                .addEvent(1, 2, 1_700_000_000_000L, 0, 1.0, 0)
                .addEvent(1, 3, 1_700_000_000_000L, 0, 1.0, 1)
                .finish();
        for (int at = FrameHeaderDescriptor.LENGTH_FIELD_LENGTH; at < whole.readableBytes(); at++) {
            ByteBuf changed = whole.copy();
            changed.setByte(at, random.nextInt(256));
            client.send(changed);
            assertThat(client.expect().readableBytes()).isPositive();
        }
        assertThat(client.ping()).isTrue();
    }

    @Test
    void shouldGoOnWhenAConnectionIsCutInsideAFrame() throws Exception {
        for (int i = 0; i < 50; i++) {
            try (RawClient cut = new RawClient(server.address())) {
                new PingRequestEncoder().wrap(cut.request(), 1, 0).payload(1).finish();
                cut.send(cut.request.copy(0, 1 + i % 30));
                cut.socket().setSoLinger(true, 0);
            }
        }
    }

    @Test
    void shouldNameLimitAndOptionWhenTooMuchIsAskedFor() throws Exception {
        new RecommendRequestEncoder()
                .wrap(client.request(), 1, 0)
                .limit(51)
                .profileId(1)
                .finish();
        client.send();
        ByteBuf reply = client.expect();
        assertThat(RawClient.status(reply)).isEqualTo(Status.OUT_OF_RANGE);
        assertThat(RawClient.message(reply))
                .contains("limit=51")
                .contains("most=50")
                .contains("limits.top");
    }

    @Test
    void shouldNameTheListWhenItIsTooLong() throws Exception {
        RecommendRequestEncoder encoder = new RecommendRequestEncoder()
                .wrap(client.request(), 1, 0)
                .limit(1)
                .profileId(1);
        encoder.beginExcludedIds(101);
        for (int i = 0; i < 101; i++) {
            encoder.addExcludedId(i);
        }
        encoder.finish();
        client.send();
        ByteBuf reply = client.expect();
        assertThat(RawClient.status(reply)).isEqualTo(Status.OUT_OF_RANGE);
        assertThat(RawClient.message(reply)).contains("excludedIds=101").contains("limits.list-length");
    }

    @Test
    void shouldSayWhichProfileIsUnknown() throws Exception {
        new GetProfileRequestEncoder()
                .wrap(client.request(), 1, 0)
                .profileId(-2)
                .parts(1)
                .finish();
        client.send();
        ByteBuf reply = client.expect();
        assertThat(RawClient.status(reply)).isEqualTo(Status.UNKNOWN_PROFILE);
        assertThat(RawClient.message(reply)).contains("profileId=18446744073709551614");
    }

    @Test
    void shouldRefuseVectorsOfAnotherDimensionAndSpace() throws Exception {
        recommendByVector(new float[TestServers.DIMENSION + 1], 1);
        ByteBuf reply = client.expect();
        assertThat(RawClient.status(reply)).isEqualTo(Status.WRONG_DIMENSION);
        assertThat(RawClient.message(reply)).contains("dimension=17").contains("server=16");
        recommendByVector(new float[TestServers.DIMENSION], 2);
        assertThat(RawClient.status(client.expect())).isEqualTo(Status.WRONG_SPACE);
        float[] notFinite = new float[TestServers.DIMENSION];
        notFinite[3] = Float.NaN;
        recommendByVector(notFinite, 1);
        assertThat(RawClient.status(client.expect())).isEqualTo(Status.NOT_FINITE);
        recommendByVector(new float[TestServers.DIMENSION], 1);
        assertThat(RawClient.status(client.expect())).isEqualTo(Status.OK);
    }

    private void recommendByVector(float[] vector, int spaceId) throws Exception {
        new RecommendRequestEncoder()
                .wrap(client.request(), client.nextId(), 0)
                .kind(1)
                .limit(5)
                .profileId(-1)
                .spaceId(spaceId)
                .priceMinorTo(Long.MAX_VALUE)
                .beginVectors(1, vector.length)
                .addVector(vector, 0, vector.length)
                .finish();
        client.send();
    }
}
