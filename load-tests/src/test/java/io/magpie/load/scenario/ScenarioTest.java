package io.magpie.load.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.load.generator.Exchange;
import io.magpie.protocol.MessageType;
import io.magpie.protocol.RecommendReplyEncoder;
import io.magpie.protocol.Status;
import io.magpie.protocol.WriteReplyEncoder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ScenarioTest {
    private static final int ONLY_PERSON = 4;

    private final KnownCatalogue items =
            new KnownCatalogue(2, new long[] {5, 6}, new float[] {1, 0.5f, 0, 3}, new float[] {0, 0});
    private final LoadData data = new FixedData(items, ONLY_PERSON, id -> new KnownProfile(id, List.of(), 0, Set.of()));
    private final Scenario scenario = new Scenario(ScenarioName.RETAIL_MIX, data, 10, 1).following();

    /** Asks until so many events were acknowledged. */
    private void record(int events) {
        Exchange exchange = scenario.exchange(0);
        int recorded = 0;
        for (long correlation = 1; recorded < events; correlation++) {
            long key = exchange.write(Unpooled.buffer(), correlation);
            ByteBuf answer = Unpooled.buffer();
            if (exchange.kind(key) == Mix.EVENT) {
                new WriteReplyEncoder()
                        .wrap(answer, MessageType.RECORD_EVENTS, correlation)
                        .appliedCount(1)
                        .beginStatuses(1)
                        .addStatus(Status.OK.code())
                        .beginProfileIds(0)
                        .finish();
            } else if (exchange.kind(key) == Mix.RECORD_AND_RECOMMEND) {
                new RecommendReplyEncoder()
                        .wrap(answer, MessageType.RECORD_AND_RECOMMEND, correlation)
                        .profileId(ONLY_PERSON)
                        .beginItems(0)
                        .beginEventStatuses(1)
                        .addEventStatus(Status.OK.code())
                        .finish();
            } else {
                continue;
            }
            recorded++;
            assertThat(exchange.read(key, answer, 0, answer.readableBytes())).isEqualTo(Status.OK);
        }
    }

    @Test
    void shouldKnowWhatTheRunsBeforeHaveWrittenWhenRunAgain() {
        record(100);
        scenario.again();
        assertThat(scenario.samples()).as("answers of the run before").isEmpty();
        record(WrittenPeople.MOST_EVENTS - 100);
        assertThat(scenario.samples())
                .isNotEmpty()
                .allSatisfy(sample ->
                        assertThat(sample.known().slots().get(0).evidence()).isGreaterThan(100));
    }
}
