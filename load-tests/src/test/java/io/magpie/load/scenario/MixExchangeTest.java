package io.magpie.load.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.protocol.MessageType;
import io.magpie.protocol.RecommendReplyEncoder;
import io.magpie.protocol.Status;
import io.magpie.protocol.WriteReplyEncoder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class MixExchangeTest {
    private static final int ONLY_PERSON = 4;
    private static final int LIMIT = 10;

    private final KnownCatalogue items =
            new KnownCatalogue(2, new long[] {5, 6}, new float[] {1, 0.5f, 0, 3}, new float[] {0, 0});
    private final LoadData data = new FixedData(items, ONLY_PERSON, id -> new KnownProfile(id, List.of(), 0, Set.of()));
    private final WrittenPeople written = new WrittenPeople(data, 0, new WrittenPeople.Owners(ONLY_PERSON));
    private final List<AnswerSample> kept = new ArrayList<>();

    private MixExchange exchange(Mix mix) {
        SplittableRandom random = new SplittableRandom(1);
        People people = People.uniform(ONLY_PERSON, random);
        RecommendExchange recommend = new RecommendExchange(people, LIMIT, 0, 1, random, kept);
        return new MixExchange(mix, data, people, recommend, written, LIMIT, random, true);
    }

    private Status answerToEvent(MixExchange exchange, Status... entries) {
        long key = exchange.write(Unpooled.buffer(), 1);
        ByteBuf frame = Unpooled.buffer();
        WriteReplyEncoder reply = new WriteReplyEncoder()
                .wrap(frame, MessageType.RECORD_EVENTS, 1)
                .appliedCount(0)
                .beginStatuses(entries.length);
        for (Status each : entries) {
            reply.addStatus(each.code());
        }
        reply.beginProfileIds(0).finish();
        return read(exchange, key, frame);
    }

    private Status answerToRecorded(MixExchange exchange, Status event) {
        long key = exchange.write(Unpooled.buffer(), 1);
        ByteBuf frame = Unpooled.buffer();
        new RecommendReplyEncoder()
                .wrap(frame, MessageType.RECORD_AND_RECOMMEND, 1)
                .profileId(ONLY_PERSON)
                .beginItems(0)
                .beginEventStatuses(1)
                .addEventStatus(event.code())
                .finish();
        return read(exchange, key, frame);
    }

    private static Status read(MixExchange exchange, long key, ByteBuf frame) {
        Status outcome = exchange.read(key, frame, 0, frame.readableBytes());
        if (outcome != null && outcome != Status.OK) {
            exchange.refused(key);
        }
        return outcome;
    }

    @Test
    void shouldSayWhyWhenAnEventWasRefusedInTheAnswer() {
        MixExchange events = exchange(new Mix(0, 0, 0, 100, 0, 0));
        assertThat(answerToEvent(events, Status.STORE_FULL)).isEqualTo(Status.STORE_FULL);
        assertThat(written.known(ONLY_PERSON).slots()).as("nothing has changed").isEmpty();
        assertThat(answerToEvent(events, Status.OK)).isEqualTo(Status.OK);
        assertThat(written.known(ONLY_PERSON).slots()).hasSize(1);
        assertThat(answerToEvent(events)).as("no status for the one event").isNull();
    }

    @Test
    void shouldKeepNoAnswerWhenItsEventWasRefused() {
        MixExchange recorded = exchange(new Mix(0, 100, 0, 0, 0, 0));
        assertThat(answerToRecorded(recorded, Status.STORE_FULL)).isEqualTo(Status.STORE_FULL);
        assertThat(kept).isEmpty();
        assertThat(answerToRecorded(recorded, Status.OK)).isEqualTo(Status.OK);
        assertThat(kept).hasSize(1);
    }
}
