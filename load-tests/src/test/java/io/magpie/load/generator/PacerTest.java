package io.magpie.load.generator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class PacerTest {
    private static final long START = 1_000_000_000_000L;
    private static final long MILLI = 1_000_000L;

    private final FakeClock clock = new FakeClock(START);
    private final LoadRecorder recorder = new LoadRecorder(0);
    private final List<Long> sent = new ArrayList<>();

    PacerTest() {
        recorder.measureFrom(START);
    }

    private Pacer pacer(double rate, long forMillis, RequestSink sink) {
        return pacer(rate, forMillis, sink, 0);
    }

    private Pacer pacer(double rate, long forMillis, RequestSink sink, long patienceMillis) {
        return new Pacer(
                ArrivalSchedule.fixed(rate, 0),
                clock,
                sink,
                recorder,
                START,
                START + forMillis * MILLI,
                patienceMillis * MILLI);
    }

    /** Finds no room for ten milliseconds, and then for all that is due by then. */
    private Pacer heldUpForTenMillis() {
        boolean[] room = {false};
        Pacer pacer = pacer(1_000, 1_000, intended -> room[0] && sent.add(intended));
        assertThat(pacer.turn()).isEqualTo(Pacer.NO_ROOM);
        clock.advanceMillis(10);
        room[0] = true;
        assertThat(pacer.turn()).isEqualTo(MILLI);
        return pacer;
    }

    @Test
    void shouldSendAtIntendedTimesWhenNothingIsInTheWay() {
        Pacer pacer = pacer(1_000, 3, sent::add);
        assertThat(pacer.turn()).isEqualTo(MILLI);
        assertThat(sent).containsExactly(START);
        clock.advanceMillis(1.4);
        assertThat(pacer.turn()).isEqualTo(600_000);
        assertThat(sent).containsExactly(START, START + MILLI);
        clock.advanceMillis(0.6);
        assertThat(pacer.turn()).isEqualTo(Pacer.DONE);
        assertThat(sent).hasSize(3);
        assertThat(recorder.lateCount()).isZero();
    }

    @Test
    void shouldKeepIntendedTimesWhenSendingWasHeldUp() {
        Pacer pacer = heldUpForTenMillis();
        assertThat(sent).hasSize(11).startsWith(START, START + MILLI).endsWith(START + 10 * MILLI);
        assertThat(recorder.lateCount()).as("later than a millisecond").isEqualTo(9);
    }

    @Test
    void shouldPauseForAnswersWhenBacklogIsLong() {
        clock.advanceMillis(500);
        Pacer pacer = pacer(1_000, 1_000, sent::add);
        assertThat(pacer.turn()).isZero();
        assertThat(sent).hasSize(Pacer.BURST);
    }

    @Test
    void shouldCountUnsentWhenRunEndsWithoutRoom() {
        Pacer pacer = pacer(1_000, 100, intended -> false);
        clock.advanceMillis(100);
        assertThat(pacer.turn()).isEqualTo(Pacer.DONE);
        assertThat(recorder.unsentCount()).isEqualTo(100);
        assertThat(recorder.sentCount()).isZero();
    }

    @Test
    void shouldCountItsOwnLagWhenNobodyLetItSendInTime() {
        Pacer pacer = pacer(1_000, 1_000, sent::add);
        clock.advanceMillis(10);
        assertThat(pacer.turn()).isEqualTo(MILLI);
        assertThat(recorder.lags().getTotalCount()).isEqualTo(11);
        assertThat(recorder.crowdedOutCount()).isZero();
    }

    @Test
    void shouldBlameTheServerForLagWhenThereWasNoRoom() {
        Pacer pacer = heldUpForTenMillis();
        assertThat(recorder.lags().getTotalCount()).isZero();
        clock.advanceMillis(1);
        assertThat(pacer.turn()).isEqualTo(MILLI);
        assertThat(recorder.lags().getTotalCount())
                .as("up to date again: the next is its own")
                .isEqualTo(1);
    }

    @Test
    void shouldGiveUpWhatIsTooLateWhenItWasHeldUp() {
        Pacer pacer = pacer(1_000, 1_000, sent::add, 50);
        clock.advanceMillis(200);
        assertThat(pacer.turn()).isZero();
        assertThat(sent).hasSize(Pacer.BURST).startsWith(START + 150 * MILLI);
        assertThat(recorder.unsentCount()).isEqualTo(150);
        assertThat(recorder.crowdedOutCount()).isZero();
    }

    @Test
    void shouldSayThatThereWasNoRoomWhenItGivesUpForThat() {
        Pacer pacer = pacer(1_000, 1_000, intended -> false, 50);
        assertThat(pacer.turn()).isEqualTo(Pacer.NO_ROOM);
        clock.advanceMillis(200);
        assertThat(pacer.turn()).isEqualTo(Pacer.NO_ROOM);
        assertThat(recorder.unsentCount()).isEqualTo(150);
        assertThat(recorder.crowdedOutCount()).isEqualTo(150);
    }

    @Test
    void shouldNotCountWhenRequestWasMeantForWarmUp() {
        recorder.measureFrom(START + 5 * MILLI);
        Pacer pacer = pacer(1_000, 10, sent::add);
        clock.advanceMillis(20);
        assertThat(pacer.turn()).isEqualTo(Pacer.DONE);
        assertThat(sent).hasSize(10);
        assertThat(recorder.sentCount()).isEqualTo(5);
    }

    /**
     * A server that answers in 0.1 ms, but stands still for 200 ms once: of 1,000 requests in a second, the 200 that were
     * meant for the stall waited for 100 ms on average. Counted from the sending, one alone would show it.
     */
    @Test
    void shouldShowStallInPercentilesWhenServerStalls() {
        Deque<long[]> waiting = new ArrayDeque<>();
        Pacer pacer = pacer(1_000, 1_000, intended -> {
            if (!waiting.isEmpty()) {
                return false;
            }
            waiting.add(new long[] {intended});
            return true;
        });
        long stallFrom = START + 300 * MILLI;
        long stallUntil = START + 500 * MILLI;
        long done = 0;
        while (done != Pacer.DONE) {
            done = pacer.turn();
            clock.advanceNanos(100_000);
            long now = clock.nanoTime();
            if (!waiting.isEmpty() && (now < stallFrom || now >= stallUntil)) {
                recorder.completed(waiting.remove()[0], now, 0);
            }
        }
        while (!waiting.isEmpty()) {
            recorder.completed(waiting.remove()[0], clock.nanoTime(), 0);
        }
        Histogram latencies = recorder.interval();
        assertThat(latencies.getTotalCount()).isEqualTo(1_000);
        assertThat(latencies.getMaxValue() / 1e6).isBetween(199.0, 202.0);
        assertThat(latencies.getValueAtPercentile(99) / 1e6).isGreaterThan(180);
        assertThat(latencies.getValueAtPercentile(90) / 1e6).isGreaterThan(90);
        assertThat(latencies.getValueAtPercentile(50) / 1e6).isLessThan(0.2);
    }
}
