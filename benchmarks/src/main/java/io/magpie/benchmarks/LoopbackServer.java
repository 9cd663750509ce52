package io.magpie.benchmarks;

import io.magpie.load.side.RawConnection;
import io.magpie.protocol.FrameHeader;
import io.magpie.protocol.GetProfileRequestDecoder;
import io.magpie.protocol.GetProfileRequestEncoder;
import io.magpie.protocol.PingRequestEncoder;
import io.magpie.protocol.PutItemsRequestEncoder;
import io.magpie.protocol.PutSlotsRequestEncoder;
import io.magpie.protocol.RecommendRequestEncoder;
import io.magpie.protocol.Status;
import io.magpie.server.MagpieServer;
import io.magpie.server.config.ConfigurationLoader;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A server in this JVM with items and people, and one blocking connection to it: one request, one reply. For measuring what
 * the way over loopback adds. Used by one thread.
 */
final class LoopbackServer implements AutoCloseable {
    /** How many slots every person has. */
    static final int SOURCES = 3;

    private static final int IN_A_FRAME = 500;
    private static final int SLOTS_AND_VECTORS =
            GetProfileRequestDecoder.PART_SLOTS | GetProfileRequestDecoder.PART_VECTORS;

    private final Path directory;
    private final MagpieServer server;
    private final RawConnection connection;
    private final ByteBuf request = Unpooled.buffer(1 << 10);
    private final PingRequestEncoder ping = new PingRequestEncoder();
    private final RecommendRequestEncoder recommend = new RecommendRequestEncoder();
    private final GetProfileRequestEncoder getProfile = new GetProfileRequestEncoder();
    private long correlationId;

    /** Starts a server with these items, whose people have random ones of them as slots; people are 1 to the count. */
    LoopbackServer(FactorData factors, int people) throws Exception {
        directory = Files.createTempDirectory("magpie-loopback-");
        server = MagpieServer.start(ConfigurationLoader.load(
                null,
                Map.of(),
                Map.ofEntries(
                        Map.entry("port", "0"),
                        Map.entry("admin-port", "0"),
                        Map.entry("data-dir", directory.resolve("data").toString()),
                        Map.entry("dimension", Integer.toString(factors.dimension())),
                        Map.entry("sources", "social:1:never,payment:1:never,commerce:1:never"),
                        Map.entry("unset-consent", "granted"),
                        Map.entry("event-loops", "1"),
                        Map.entry("store.profiles", Integer.toString(Math.max(1_000, people))),
                        Map.entry("store.items", Integer.toString(Math.max(1_000, factors.count()))),
                        Map.entry("log.segment-size", "16MiB"))));
        connection = new RawConnection(server.address(), 0);
        connection.hello();
        putItems(factors);
        putPeople(factors, people);
    }

    private void putItems(FactorData factors) throws IOException {
        PutItemsRequestEncoder put = new PutItemsRequestEncoder();
        int dimension = factors.dimension();
        for (int from = 0; from < factors.count(); from += IN_A_FRAME) {
            int to = Math.min(factors.count(), from + IN_A_FRAME);
            ByteBuf frame = Unpooled.buffer(1 << 18);
            put.wrap(frame, ++correlationId, 0).spaceId(1).beginItems(to - from);
            for (int item = from; item < to; item++) {
                put.addItem(1 + item, 100, 0, 1 + item % 50, 0, 1);
            }
            put.beginVectors(to - from, dimension);
            for (int item = from; item < to; item++) {
                put.addVector(factors.items(), item * dimension, dimension);
            }
            put.finish();
            send(frame);
        }
    }

    private void putPeople(FactorData factors, int people) throws IOException {
        PutSlotsRequestEncoder put = new PutSlotsRequestEncoder();
        int dimension = factors.dimension();
        for (int id = 1; id <= people; id++) {
            ByteBuf frame = Unpooled.buffer(1 << 12);
            put.wrap(frame, ++correlationId, 0).beginSlots(SOURCES);
            for (int source = 0; source < SOURCES; source++) {
                put.addSlot(id, 1_700_000_000_000L, 3, 1, source);
            }
            put.beginVectors(SOURCES, dimension);
            for (int source = 0; source < SOURCES; source++) {
                int item = (int) ((id * 7_919L + source) % factors.count());
                put.addVector(factors.items(), item * dimension, dimension);
            }
            put.finish();
            send(frame);
        }
    }

    private int send(ByteBuf frame) throws IOException {
        connection.write(frame);
        ByteBuf reply = connection.read();
        int status = FrameHeader.statusCode(reply, 0);
        if (status != Status.OK.code()) {
            throw new IOException("the server answered " + Status.of(status));
        }
        return reply.getByte(reply.writerIndex() - 1);
    }

    private int exchange() {
        try {
            return send(request);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** There and back, and nothing else. Returns a byte of the reply, so that nothing is optimised away. */
    int ping() {
        ping.wrap(request.clear(), ++correlationId, 0).payload(correlationId).finish();
        return exchange();
    }

    /** Ten items for a person. */
    int recommend(long profileId) {
        recommend
                .wrap(request.clear(), ++correlationId, 0)
                .limit(10)
                .profileId(profileId)
                .finish();
        return exchange();
    }

    /** A person's slots with their vectors. */
    int getProfile(long profileId) {
        getProfile
                .wrap(request.clear(), ++correlationId, 0)
                .profileId(profileId)
                .parts(SLOTS_AND_VECTORS)
                .finish();
        return exchange();
    }

    /** Returns the ids of the event loops' threads. */
    static List<Long> eventLoopThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("magpie-loop"))
                .map(Thread::getId)
                .toList();
    }

    /** Removes a directory with all that is in it. */
    static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    @Override
    public void close() throws IOException {
        connection.close();
        server.close();
        delete(directory);
    }
}
