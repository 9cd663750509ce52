package io.magpie.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.magpie.protocol.FrameHeader;
import io.magpie.protocol.PatchItemsRequestEncoder;
import io.magpie.protocol.PutItemsRequestEncoder;
import io.magpie.protocol.PutSlotsRequestEncoder;
import io.magpie.protocol.RecordEventsRequestEncoder;
import io.magpie.protocol.SetConsentsRequestEncoder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.util.ResourceLeakDetector;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Counts the bytes that an event loop allocates for writes over loopback, to profiles and items that are there. The
 * bounds are stated in docs/OPERATIONS.md.
 */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class WriteAllocationTest {
    private static final int WINDOWS = 5;
    private static final int ROUNDS = 200;
    private static final int WARM_UP_ROUNDS = 300;
    private static final int IN_A_ROW = 64;
    private static final long MILLIS = 1_700_000_000_000L;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private ResourceLeakDetector.Level level;

    @BeforeEach
    void stopLeakDetection() {
        level = ResourceLeakDetector.getLevel();
        ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.DISABLED);
    }

    @AfterEach
    void restoreLeakDetection() {
        ResourceLeakDetector.setLevel(level);
    }

    @ParameterizedTest
    @CsvSource({"slot, 8", "event, 8", "consent, 8", "patch, 2048", "item, 2048"})
    void shouldAllocateLittlePerWriteWhenWarm(String kind, int mostBytes, @TempDir Path directory) throws Exception {
        // A line of the audit log is text, and not what is counted here.
        try (MagpieServer server = TestServers.start(directory, "audit.enabled", "false");
                RawClient client = new RawClient(server.address())) {
            client.putItems(200, TestServers.DIMENSION, 1);
            client.putSlots(IN_A_ROW, TestServers.DIMENSION, 2);
            long loop = Thread.getAllStackTraces().keySet().stream()
                    .filter(each -> each.getName().startsWith("magpie-loop"))
                    .mapToLong(Thread::getId)
                    .findFirst()
                    .orElseThrow();
            ByteBuf frames = frames(kind);
            exchange(client, frames, WARM_UP_ROUNDS);
            double[] bytesPerWrite = new double[WINDOWS];
            for (int window = 0; window < WINDOWS; window++) {
                long before = threads.getThreadAllocatedBytes(loop);
                exchange(client, frames, ROUNDS);
                bytesPerWrite[window] = (double) (threads.getThreadAllocatedBytes(loop) - before) / (ROUNDS * IN_A_ROW);
            }
            assertThat(Arrays.stream(bytesPerWrite).min().orElseThrow())
                    .as(Arrays.toString(bytesPerWrite))
                    .isLessThanOrEqualTo(mostBytes);
        }
    }

    private static ByteBuf frames(String kind) {
        ByteBuf frames = Unpooled.buffer(1 << 14);
        float[] vector = new float[TestServers.DIMENSION];
        Arrays.fill(vector, 0.5f);
        for (int i = 1; i <= IN_A_ROW; i++) {
            switch (kind) {
                case "slot" ->
                    new PutSlotsRequestEncoder()
                            .wrap(frames, i, 0)
                            .beginSlots(1)
                            .addSlot(i, MILLIS, 3, 1, i % 3)
                            .beginVectors(1, vector.length)
                            .addVector(vector, 0, vector.length)
                            .finish();
                case "event" ->
                    new RecordEventsRequestEncoder()
                            .wrap(frames, i, 0)
                            .beginEvents(1)
                            .addEvent(i, 1 + i % 100, MILLIS, 0, 1.0, i % 3)
                            .finish();
                case "consent" ->
                    new SetConsentsRequestEncoder()
                            .wrap(frames, i, 0)
                            .beginConsents(1)
                            .addConsent(i, MILLIS, i % 3, 0, 1)
                            .finish();
                case "patch" ->
                    new PatchItemsRequestEncoder()
                            .wrap(frames, i, 0)
                            .beginItems(1)
                            .addItem(i, 100 + i, 0f, 3, 1, 1)
                            .beginTags(1)
                            .addTag(i)
                            .finish();
                default ->
                    new PutItemsRequestEncoder()
                            .wrap(frames, i, 0)
                            .spaceId(1)
                            .beginItems(1)
                            .addItem(i, 100 + i, 0f, 3, 1, 1)
                            .beginTags(1)
                            .addTag(i)
                            .beginVectors(1, vector.length)
                            .addVector(vector, 0, vector.length)
                            .finish();
            }
        }
        return frames;
    }

    private static void exchange(RawClient client, ByteBuf frames, int rounds) throws Exception {
        for (int i = 0; i < rounds; i++) {
            client.send(frames);
            for (int j = 1; j <= IN_A_ROW; j++) {
                ByteBuf reply = client.expect();
                assertThat(FrameHeader.correlationId(reply, 0)).isEqualTo(j);
                if (i == 0) {
                    assertThat(applied(reply)).isOne();
                }
            }
        }
    }

    private static int applied(ByteBuf reply) {
        io.magpie.protocol.WriteReplyDecoder decoder = new io.magpie.protocol.WriteReplyDecoder();
        decoder.wrap(reply, 0, reply.readableBytes());
        return decoder.appliedCount();
    }
}
