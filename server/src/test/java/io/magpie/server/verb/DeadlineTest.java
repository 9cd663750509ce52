package io.magpie.server.verb;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.core.Outcome;
import io.magpie.core.engine.Engine;
import io.magpie.core.index.ItemAttributes;
import io.magpie.protocol.AnswerFlag;
import io.magpie.protocol.FrameHeader;
import io.magpie.protocol.MessageType;
import io.magpie.protocol.PingRequestEncoder;
import io.magpie.protocol.RecommendReplyDecoder;
import io.magpie.protocol.RecommendRequestDecoder;
import io.magpie.protocol.RecommendRequestEncoder;
import io.magpie.protocol.RecordEventsRequestEncoder;
import io.magpie.protocol.Status;
import io.magpie.server.TestServers;
import io.magpie.server.config.ServerConfiguration;
import io.magpie.server.metrics.ServerMetrics;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Budgets, by a clock that stands still until it is told to go on. */
@Timeout(60)
class DeadlineTest {
    private static final long MICRO = 1_000;

    private long nanos = 1_000_000_000;
    private Engine engine;
    private DearPool pool;
    private ServerMetrics metrics;
    private VerbDispatcher dispatcher;
    private final FakeExchange peer = new FakeExchange();
    private final Request request = new Request();

    @BeforeEach
    void open(@TempDir Path directory) throws Exception {
        ServerConfiguration configuration = TestServers.configuration(directory);
        engine = TestServers.openEngine(configuration);
        pool = new DearPool(1, 1);
        metrics = new ServerMetrics();
        VerbContext context = TestServers.verbContext(engine, configuration, metrics);
        dispatcher = new VerbDispatcher(context, pool, List::of, null, new FailureLog(), () -> nanos);
    }

    @AfterEach
    void close() throws Exception {
        pool.close();
        engine.close();
    }

    private void send(ByteBuf frame) {
        dispatcher.dispatch(request.wrap(peer, frame, 0, frame.readableBytes(), nanos));
    }

    private static ByteBuf recommend(long correlationId, int budgetMicros) {
        ByteBuf frame = Unpooled.buffer();
        new RecommendRequestEncoder()
                .wrap(frame, correlationId, budgetMicros)
                .limit(10)
                .profileId(1)
                .priceMinorTo(Long.MAX_VALUE)
                .finish();
        return frame;
    }

    @Test
    void shouldNotScoreWhatExpiredInTheBatch() {
        send(recommend(1, 500));
        send(recommend(2, 0));
        nanos += 500 * MICRO;
        dispatcher.endTurn();

        assertThat(peer.statuses).containsExactly(Status.DEADLINE_EXCEEDED, Status.OK);
        assertThat(FrameHeader.correlationId(peer.replies, 0)).isEqualTo(1);
    }

    @Test
    void shouldRecordNothingWhenTheQuestionExpiredInTheBatch() {
        float[] vector = new float[TestServers.DIMENSION];
        vector[0] = 1;
        assertThat(engine.items().put(1, 1, vector, 0, ItemAttributes.NONE)).isEqualTo(Outcome.OK);
        long before = engine.statistics().state().lastSequence();
        send(question(MessageType.RECORD_AND_RECOMMEND, RecommendRequestDecoder.KIND_PROFILE, vector));
        nanos += 500 * MICRO;
        dispatcher.endTurn();

        assertThat(peer.statuses).containsExactly(Status.DEADLINE_EXCEEDED);
        assertThat(engine.statistics().state().lastSequence()).isEqualTo(before);
    }

    /** Questions that search the catalogue: message type and kind; those that do not have nothing to leave out. */
    @ParameterizedTest
    @CsvSource({
        "RECOMMEND,KIND_PROFILE",
        "RECOMMEND,KIND_VECTOR",
        "RECOMMEND,KIND_ITEMS",
        "RECOMMEND,KIND_GROUP",
        "SIMILAR,KIND_SIMILAR",
        "RECORD_AND_RECOMMEND,KIND_PROFILE"
    })
    void shouldSayWhatMayBeUnseenWhenTheSearchIsCutOff(String verb, String kind) throws Exception {
        float[] vector = new float[TestServers.DIMENSION];
        vector[0] = 1;
        for (int i = 1; i <= 2_000; i++) {
            assertThat(engine.items().put(i, 1, vector, 0, ItemAttributes.NONE)).isEqualTo(Outcome.OK);
        }
        assertThat(engine.profiles().putSlot(1, 1, 1, vector, 1, 1_000)).isEqualTo(Outcome.OK);
        // The batch is begun within the budget as the dispatcher sees it; the search looks at the real clock, where it
        // is over.
        nanos = System.nanoTime() - 1_000_000 * MICRO;
        int type = MessageType.class.getField(verb).getInt(null);
        send(question(type, RecommendRequestDecoder.class.getField(kind).getInt(null), vector));
        dispatcher.endTurn();

        assertThat(peer.statuses).containsExactly(Status.OK);
        RecommendReplyDecoder answer = new RecommendReplyDecoder();
        assertThat(answer.wrap(peer.replies, 0, peer.replies.readableBytes())).isEqualTo(Status.OK);
        assertThat(answer.flags() & AnswerFlag.DEADLINE).isNotZero();
        // Some of the items are unseen, and each of them scores 1.
        assertThat(answer.scannedItems()).isLessThan(2_000);
        assertThat(answer.unseenBound()).isGreaterThanOrEqualTo(1);
    }

    private static ByteBuf question(int messageType, int kind, float[] vector) {
        ByteBuf frame = Unpooled.buffer();
        RecommendRequestEncoder encoder = new RecommendRequestEncoder()
                .wrap(frame, messageType, 1, 500)
                .kind(kind)
                .limit(10)
                .profileId(kind == RecommendRequestDecoder.KIND_PROFILE ? 1 : -1L)
                .spaceId(1)
                .priceMinorTo(Long.MAX_VALUE);
        switch (kind) {
            case RecommendRequestDecoder.KIND_VECTOR ->
                encoder.beginVectors(1, vector.length).addVector(vector, 0, vector.length);
            case RecommendRequestDecoder.KIND_GROUP -> encoder.beginMembers(1).addMember(1);
            case RecommendRequestDecoder.KIND_ITEMS, RecommendRequestDecoder.KIND_SIMILAR ->
                encoder.beginItems(1).addItem(1, 1.0);
            default -> {}
        }
        if (messageType == MessageType.RECORD_AND_RECOMMEND) {
            encoder.beginEvents(1).addEvent(1, 1_000, 0, 1.0, 1);
        }
        encoder.finish();
        return frame;
    }

    @Test
    void shouldAnswerWhatIsBegunWithinItsBudget() {
        send(recommend(1, 500));
        nanos += 499 * MICRO;
        dispatcher.endTurn();
        assertThat(peer.statuses).containsExactly(Status.OK);
    }

    @Test
    void shouldDoNothingForAChangeThatExpiredBeforeItWasBegun() {
        ByteBuf frame = Unpooled.buffer();
        new RecordEventsRequestEncoder()
                .wrap(frame, 1, 100)
                .beginEvents(1)
                .addEvent(7, 1, 1_000, 0, 1.0, 0)
                .finish();
        long before = engine.statistics().state().lastSequence();
        request.wrap(peer, frame, 0, frame.readableBytes(), nanos);
        nanos += 100 * MICRO;
        dispatcher.dispatch(request);
        assertThat(peer.statuses).containsExactly(Status.DEADLINE_EXCEEDED);
        assertThat(engine.statistics().state().lastSequence()).isEqualTo(before);
    }

    @Test
    void shouldSayOverloadedAtOnceWhenTheBatchBeforeItTakesLongerThanItsBudget() {
        for (int i = 0; i < 10; i++) {
            send(recommend(i + 1, 0)); // predicted 20 us each, as long as nothing was measured
        }
        send(recommend(11, 150));
        send(recommend(12, 250));
        assertThat(peer.statuses).containsExactly(Status.OVERLOADED);
        assertThat(FrameHeader.correlationId(peer.replies, 0)).isEqualTo(11);
        dispatcher.endTurn();
        assertThat(peer.statuses).hasSize(12);
        assertThat(peer.statuses.subList(1, 12)).containsOnly(Status.OK);
    }

    @Test
    void shouldTakeAChangeWhenQuestionsAreShed() {
        for (int i = 0; i < 10; i++) {
            send(recommend(i + 1, 0));
        }
        send(recommend(11, 150)); // would be begun after 200 us
        ByteBuf frame = Unpooled.buffer();
        new RecordEventsRequestEncoder()
                .wrap(frame, 12, 150)
                .beginEvents(1)
                .addEvent(7, 1, 1_000, 0, 1.0, 0)
                .finish();
        send(frame);
        dispatcher.endTurn();
        assertThat(peer.statuses.get(0)).isEqualTo(Status.OVERLOADED);
        assertThat(peer.statuses.subList(1, 12)).containsOnly(Status.OK);
    }

    @Test
    void shouldAnswerPingsWhenEverythingElseIsShed() {
        for (int i = 0; i < 10; i++) {
            send(recommend(i + 1, 0));
        }
        send(recommend(11, 1));
        ByteBuf ping = Unpooled.buffer();
        new PingRequestEncoder().wrap(ping, 12, 1).finish();
        send(ping);
        assertThat(peer.statuses).containsExactly(Status.OVERLOADED, Status.OK);
    }
}
