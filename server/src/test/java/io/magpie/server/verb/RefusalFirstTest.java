package io.magpie.server.verb;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.core.engine.Engine;
import io.magpie.protocol.FrameHeaderDescriptor;
import io.magpie.protocol.RecommendRequestEncoder;
import io.magpie.protocol.Status;
import io.magpie.server.TestServers;
import io.magpie.server.config.ServerConfiguration;
import io.magpie.server.metrics.ServerMetrics;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whoever is turned away has its answer before the batch of the others is begun; by a clock that stands still. */
@Timeout(60)
class RefusalFirstTest {
    private static final long NOW = 1_000_000_000;

    private final List<Status> before = new ArrayList<>();
    private final List<Double> predicted = new ArrayList<>();
    private final FakeExchange peer = new FakeExchange();

    /** Dispatches these in one turn, by a server for which a millisecond of waiting is too long. */
    private void turn(Path directory, List<ByteBuf> frames) throws Exception {
        ServerConfiguration configuration =
                TestServers.configuration(directory, "overload.wait", "1ms", "overload.burst", "1ms");
        Request request = new Request();
        DearPool pool = new DearPool(1, 1);
        try (Engine engine = TestServers.openEngine(configuration)) {
            VerbContext context = TestServers.verbContext(engine, configuration, new ServerMetrics());
            VerbDispatcher dispatcher = new VerbDispatcher(context, pool, List::of, null, new FailureLog(), () -> NOW);
            dispatcher.beforeBatch(nanos -> {
                before.addAll(peer.statuses);
                predicted.add(nanos);
            });
            for (ByteBuf frame : frames) {
                dispatcher.dispatch(request.wrap(peer, frame, 0, frame.readableBytes(), NOW));
            }
            assertThat(predicted).isEmpty();
            dispatcher.endTurn();
        } finally {
            pool.close();
        }
    }

    /** 20 us each, as long as nothing is known: 50 fit, or twice as many as the only one that asks is owed. */
    private static List<ByteBuf> moreThanFit() {
        return IntStream.rangeClosed(1, 60)
                .mapToObj(RefusalFirstTest::recommend)
                .collect(Collectors.toCollection(ArrayList::new));
    }

    @Test
    void shouldTellOfTheBatchWhenRefusalsAreWrittenAndNothingElse(@TempDir Path directory) throws Exception {
        turn(directory, moreThanFit());
        assertThat(before).isNotEmpty().containsOnly(Status.OVERLOADED);
        assertThat(peer.statuses).hasSize(60);
        assertThat(peer.statuses.subList(before.size(), 60)).containsOnly(Status.OK);
        assertThat(predicted).containsExactly((60.0 - before.size()) * 20_000);
    }

    @Test
    void shouldShedAQuestionUnreadWhenThereIsNoRoomForAny(@TempDir Path directory) throws Exception {
        List<ByteBuf> frames = moreThanFit();
        frames.add(0, cut(recommend(61)));
        frames.add(cut(recommend(62)));
        turn(directory, frames);
        assertThat(before).startsWith(Status.MALFORMED).endsWith(Status.OVERLOADED);
        assertThat(before.subList(1, before.size())).containsOnly(Status.OVERLOADED);
    }

    private static ByteBuf cut(ByteBuf frame) {
        int length = FrameHeaderDescriptor.HEADER_LENGTH + 1;
        return frame.writerIndex(length)
                .setIntLE(
                        FrameHeaderDescriptor.FRAME_LENGTH_OFFSET, length - FrameHeaderDescriptor.LENGTH_FIELD_LENGTH);
    }

    private static ByteBuf recommend(long correlationId) {
        ByteBuf frame = Unpooled.buffer();
        new RecommendRequestEncoder()
                .wrap(frame, correlationId, 0)
                .limit(10)
                .profileId(1)
                .priceMinorTo(Long.MAX_VALUE)
                .finish();
        return frame;
    }
}
