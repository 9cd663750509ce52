package io.magpie.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.magpie.protocol.GetProfileRequestDecoder;
import io.magpie.protocol.GetProfileRequestEncoder;
import io.magpie.protocol.MessageType;
import io.magpie.protocol.PingRequestEncoder;
import io.magpie.protocol.RecommendRequestDecoder;
import io.magpie.protocol.RecommendRequestEncoder;
import io.magpie.protocol.WhyRequestEncoder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.util.ResourceLeakDetector;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Counts the bytes that event loop threads allocate while they answer real requests over loopback. With the JDK's
 * selectors a turn of the loop, not a request, may take 16 bytes.
 */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class ReadAllocationTest {
    /** Windows in a row that must be clean. */
    private static final int WINDOWS = 3;
    /** Beside other work the compiler comes late, and again: a window that it spoils is no answer yet. */
    private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(80);

    private static final int WARM_UP = 50_000;
    private static final int MOST_WARM_UPS = 20;
    private static final int IN_A_ROW = 16;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private ResourceLeakDetector.Level level;

    @BeforeEach
    void stopLeakDetection() {
        // It allocates for every buffer; whether buffers leak is for the other tests to see.
        level = ResourceLeakDetector.getLevel();
        ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.DISABLED);
    }

    @AfterEach
    void restoreLeakDetection() {
        ResourceLeakDetector.setLevel(level);
    }

    @ParameterizedTest
    @CsvSource({"auto, 100000, 0, 1", "nio, 40000, 2, 2"})
    void shouldAllocateNothingPerReadWhenWarm(
            String transport, int requests, double least, double most, @TempDir Path directory) throws Exception {
        try (MagpieServer server = TestServers.start(directory, "transport", transport);
                RawClient client = new RawClient(server.address())) {
            client.putItems(1_000, TestServers.DIMENSION, 1);
            client.putSlots(200, TestServers.DIMENSION, 2);
            long[] loops = eventLoopThreads();
            assertThat(loops).hasSize(1);
            ByteBuf frames = frames(client);
            int replyBytes = replyBytes(client, frames);
            // On a busy machine the compiler comes late: warm is when the loop has stopped allocating more.
            for (int i = 0; i < MOST_WARM_UPS; i++) {
                long before = allocated(loops);
                exchange(client, frames, replyBytes, WARM_UP);
                if (allocated(loops) - before <= most * WARM_UP) {
                    break;
                }
            }
            List<Double> bytesPerRequest = new ArrayList<>();
            long until = System.nanoTime() + LONGEST_NANOS;
            boolean isClean = false;
            while (!isClean && (bytesPerRequest.size() < WINDOWS || System.nanoTime() < until)) {
                long before = allocated(loops);
                exchange(client, frames, replyBytes, requests);
                bytesPerRequest.add((double) (allocated(loops) - before) / requests);
                isClean = isClean(bytesPerRequest, least, most);
            }
            assertThat(isClean)
                    .as("bytes a request in each window: %s", bytesPerRequest)
                    .isTrue();
        }
    }

    /** Returns whether the last windows took little, and one of them nothing: what else an event loop does comes now and then. */
    private static boolean isClean(List<Double> bytesPerRequest, double least, double most) {
        int size = bytesPerRequest.size();
        List<Double> last = bytesPerRequest.subList(Math.max(0, size - WINDOWS), size);
        return last.size() == WINDOWS && Collections.max(last) <= most && Collections.min(last) <= least;
    }

    /** Requests in a row: every kind of read in turn. */
    private static ByteBuf frames(RawClient client) {
        ByteBuf frames = Unpooled.buffer(1 << 15);
        float[] vector = new float[TestServers.DIMENSION];
        Arrays.fill(vector, 0.5f);
        for (int i = 0; i < IN_A_ROW; i++) {
            switch (i % 8) {
                case 0 ->
                    new RecommendRequestEncoder()
                            .wrap(frames, client.nextId(), 5_000_000)
                            .limit(10)
                            .profileId(1 + i)
                            .priceMinorTo(Long.MAX_VALUE)
                            .beginExcludedIds(2)
                            .addExcludedId(7)
                            .addExcludedId(9)
                            .finish();
                case 1 ->
                    new RecommendRequestEncoder()
                            .wrap(frames, client.nextId(), 0)
                            .kind(1)
                            .limit(10)
                            .profileId(-1)
                            .spaceId(1)
                            .priceMinorTo(Long.MAX_VALUE)
                            .beginVectors(1, TestServers.DIMENSION)
                            .addVector(vector, 0, TestServers.DIMENSION)
                            .finish();
                case 2 ->
                    new GetProfileRequestEncoder()
                            .wrap(frames, client.nextId(), 0)
                            .profileId(1 + i)
                            .parts(GetProfileRequestDecoder.PART_ALL)
                            .finish();
                case 3 ->
                    new RecommendRequestEncoder()
                            .wrap(frames, MessageType.RECOMMEND, client.nextId(), 0)
                            .kind(RecommendRequestDecoder.KIND_GROUP)
                            .flags(RecommendRequestDecoder.FLAG_EXCLUDE_SEEN)
                            .limit(10)
                            .profileId(-1)
                            .capPerCategory(3)
                            .beginMembers(2)
                            .addMember(1 + i)
                            .addMember(2 + i)
                            .beginContextItems(1)
                            .addContextItem(5, 1)
                            .beginBoosts(1)
                            .addBoost(6, 0.5, Long.MIN_VALUE, Long.MAX_VALUE)
                            .beginPins(1)
                            .addPin(7, Long.MIN_VALUE, Long.MAX_VALUE, 2)
                            .finish();
                case 4 ->
                    new RecommendRequestEncoder()
                            .wrap(frames, MessageType.SIMILAR, client.nextId(), 0)
                            .kind(RecommendRequestDecoder.KIND_SIMILAR)
                            .limit(10)
                            .profileId(-1)
                            .beginItems(1)
                            .addItem(5, 1)
                            .finish();
                case 5 ->
                    new RecommendRequestEncoder()
                            .wrap(frames, MessageType.SCORE, client.nextId(), 0)
                            .limit(1)
                            .profileId(1 + i)
                            .beginScoredIds(2)
                            .addScoredId(5)
                            .addScoredId(6)
                            .finish();
                case 6 ->
                    new WhyRequestEncoder()
                            .wrap(frames, client.nextId(), 0)
                            .profileId(1 + i)
                            .itemId(5)
                            .seenLimit(3)
                            .finish();
                default ->
                    new PingRequestEncoder()
                            .wrap(frames, client.nextId(), 0)
                            .payload(i)
                            .finish();
            }
        }
        return frames;
    }

    private static int replyBytes(RawClient client, ByteBuf frames) throws IOException {
        client.send(frames);
        int bytes = 0;
        for (int i = 0; i < IN_A_ROW; i++) {
            ByteBuf reply = client.expect();
            assertThat(RawClient.status(reply)).isEqualTo(io.magpie.protocol.Status.OK);
            bytes += reply.readableBytes();
        }
        return bytes;
    }

    private static void exchange(RawClient client, ByteBuf frames, int replyBytes, int requests) throws IOException {
        InputStream in = client.socket().getInputStream();
        byte[] sink = new byte[1 << 16];
        for (int done = 0; done < requests; done += IN_A_ROW) {
            client.send(frames);
            for (int left = replyBytes; left > 0; ) {
                int read = in.read(sink, 0, Math.min(sink.length, left));
                if (read < 0) {
                    throw new IOException("the server ended the connection");
                }
                left -= read;
            }
        }
    }

    private long allocated(long[] ids) {
        long sum = 0;
        for (long bytes : threads.getThreadAllocatedBytes(ids)) {
            sum += bytes;
        }
        return sum;
    }

    private static long[] eventLoopThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(each -> each.getName().startsWith("magpie-loop"))
                .mapToLong(Thread::getId)
                .toArray();
    }
}
