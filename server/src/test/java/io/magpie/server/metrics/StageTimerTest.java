package io.magpie.server.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.protocol.MessageType;
import org.junit.jupiter.api.Test;

class StageTimerTest {
    private final ServerMetrics metrics = new ServerMetrics();
    private final StageTimer timer = metrics.newLoop().stages();

    private ServerMetrics.Latency latency(Verb verb, Stage stage) {
        return metrics.stages()[verb.ordinal()][stage.ordinal()];
    }

    @Test
    void shouldTimeOneRequestInThirteenBeginningWithTheFirst() {
        for (int i = 0; i < 1 + 2 * StageTimer.EVERY; i++) {
            timer.begin(MessageType.PING, System.nanoTime());
            timer.mark(Stage.DECODE);
            timer.mark(Stage.ENCODE);
        }
        assertThat(latency(Verb.PING, Stage.QUEUE).count()).isEqualTo(3);
        assertThat(latency(Verb.PING, Stage.DECODE).count()).isEqualTo(3);
        assertThat(latency(Verb.PING, Stage.ENCODE).count()).isEqualTo(3);
        assertThat(latency(Verb.PING, Stage.SCAN)).isNull();
        assertThat(latency(Verb.RECOMMEND, Stage.DECODE)).isNull();
    }

    @Test
    void shouldRecordWaitingWhenRequestIsBegunLongAfterItsArrival() {
        timer.begin(MessageType.GET_PROFILE, System.nanoTime() - 5_000_000);
        timer.mark(Stage.DECODE);
        assertThat(latency(Verb.GET_PROFILE, Stage.QUEUE).p50Nanos()).isGreaterThanOrEqualTo(4_900_000);
        assertThat(latency(Verb.GET_PROFILE, Stage.DECODE).p50Nanos()).isLessThan(4_900_000);
    }

    @Test
    void shouldLeaveStagesToTheBatchWhenRequestWasTakenIntoOne() {
        timer.begin(MessageType.RECOMMEND, System.nanoTime());
        assertThat(timer.leave()).isNotNegative();
        timer.mark(Stage.ENCODE);
        assertThat(latency(Verb.RECOMMEND, Stage.ENCODE)).isNull();
        timer.begin(MessageType.RECOMMEND, System.nanoTime());
        assertThat(timer.leave()).as("the second request is not timed").isEqualTo(-1);
    }

    @Test
    void shouldAddUpWhenThereAreSeveralLoops() {
        timer.record(Verb.RECOMMEND, Stage.SCAN, 1_000);
        metrics.newLoop().stages().record(Verb.RECOMMEND, Stage.SCAN, 3_000);
        assertThat(latency(Verb.RECOMMEND, Stage.SCAN).count()).isEqualTo(2);
        assertThat(latency(Verb.RECOMMEND, Stage.SCAN).totalNanos()).isBetween(3_900.0, 4_100.0);
        assertThat(latency(Verb.RECOMMEND, Stage.SCAN).count())
                .as("asked again")
                .isEqualTo(2);
    }
}
