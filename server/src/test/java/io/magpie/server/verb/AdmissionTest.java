package io.magpie.server.verb;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.server.config.ServerConfiguration.Overload;
import io.magpie.server.metrics.Verb;
import java.time.Duration;
import java.util.PriorityQueue;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Admission with a clock of its own: nothing here depends on how fast the machine is. */
class AdmissionTest {
    private static final long MICRO = 1_000;
    private static final long MILLI = 1_000_000;
    private static final long SECOND = 1_000_000_000;
    private static final long NEVER = Long.MAX_VALUE;

    private final Admission admission = new Admission(new Overload(Duration.ofMillis(5), Duration.ofMillis(50)));

    /** An event loop that serves one recommend in {@code cost} and sheds one in {@code shedCost}, in turns. */
    private final class Loop {
        private final long cost;
        private final long shedCost;
        private long now = SECOND;
        private long taken;
        private long shed;
        private long longestWait;

        Loop(long cost, long shedCost) {
            this.cost = cost;
            this.shedCost = shedCost;
        }

        /** Requests arrive at random at this rate for so long; returns how many were taken. */
        long run(double ratePerSecond, long nanos, long seed) {
            Random random = new Random(seed);
            PriorityQueue<Long> arrivals = new PriorityQueue<>();
            for (double at = now; at < now + nanos; at -= Math.log(1 - random.nextDouble()) / ratePerSecond * SECOND) {
                arrivals.add((long) at);
            }
            long takenBefore = taken;
            while (!arrivals.isEmpty()) {
                now = Math.max(now, arrivals.peek());
                long turn = now;
                admission.arrived(turn);
                int batch = 0;
                PriorityQueue<Long> inBatch = new PriorityQueue<>();
                while (!arrivals.isEmpty() && arrivals.peek() <= turn) {
                    long arrival = arrivals.poll();
                    if (admission.isTaken(Verb.RECOMMEND, 1, now, NEVER)) {
                        admission.batched(Verb.RECOMMEND, 1);
                        inBatch.add(arrival);
                        if (++batch % 64 == 0) {
                            answer(inBatch);
                        }
                    } else {
                        now += shedCost;
                        shed++;
                    }
                }
                answer(inBatch);
                admission.endTurn(now);
            }
            return taken - takenBefore;
        }

        private void answer(PriorityQueue<Long> batch) {
            if (batch.isEmpty()) {
                return;
            }
            long nanos = batch.size() * cost;
            now += nanos;
            admission.batchAnswered(nanos);
            taken += batch.size();
            while (!batch.isEmpty()) {
                longestWait = Math.max(longestWait, now - batch.poll());
            }
        }
    }

    @Test
    void shouldTakeEverythingWhenLoadIsBelowCapacity() {
        Loop loop = new Loop(100 * MICRO, MICRO);
        loop.run(7_000, 10 * SECOND, 1);
        assertThat(loop.shed).isZero();
        assertThat(admission.isStorm()).isFalse();
    }

    @Test
    void shouldKeepGoodputAndWaitsWhenLoadIsTwoAndFiveTimesCapacity() {
        for (int times : new int[] {2, 5}) {
            Loop loop = new Loop(100 * MICRO, MICRO);
            loop.run(10_000 * times, SECOND, 2);
            loop.longestWait = 0;
            long taken = loop.run(10_000 * times, 10 * SECOND, 3);
            assertThat(taken).as("goodput at %dx", times).isGreaterThan(90_000);
            assertThat(admission.isStorm()).isTrue();
            // A request that comes while a turn runs waits for the rest of it and for its own.
            assertThat(loop.longestWait).as("wait at %dx", times).isLessThan(12 * MILLI);
        }
    }

    @Test
    void shouldServeEverythingAtOnceWhenStormHasPassed() {
        Loop loop = new Loop(100 * MICRO, MICRO);
        loop.run(50_000, 3 * SECOND, 4);
        assertThat(admission.isStorm()).isTrue();
        loop.shed = 0;
        loop.longestWait = 0;
        loop.run(5_000, SECOND / 2, 5);
        assertThat(loop.shed).isZero();
        assertThat(loop.longestWait).isLessThan(5 * MILLI);
        loop.run(5_000, SECOND, 6);
        assertThat(admission.isStorm()).isFalse();
    }

    @Test
    void shouldShedNothingWhenBurstPasses() {
        Loop loop = new Loop(100 * MICRO, MICRO);
        loop.run(5_000, SECOND, 7);
        // 300 at once are 30 ms of work: a stall of the network, not more than can be served.
        loop.run(300_000, MILLI, 8);
        loop.run(5_000, SECOND, 9);
        assertThat(loop.shed).isZero();
        assertThat(admission.isStorm()).isFalse();
    }

    @Test
    void shouldLearnCostWhenServiceSlowsDown() {
        Loop fast = new Loop(50 * MICRO, MICRO);
        fast.run(2_000, SECOND, 10);
        assertThat(admission.predictedNanos(Verb.RECOMMEND, 1)).isBetween(45.0 * MICRO, 55.0 * MICRO);
        Loop slow = new Loop(400 * MICRO, MICRO);
        slow.run(1_000, SECOND, 11);
        assertThat(admission.predictedNanos(Verb.RECOMMEND, 1)).isBetween(350.0 * MICRO, 450.0 * MICRO);
    }

    @Test
    void shouldTakeTheFirstOfATurnWhenPredictionIsFarTooHigh() {
        admission.arrived(SECOND);
        for (int i = 0; i < 100; i++) {
            admission.answered(Verb.WHY, 1, 10 * SECOND);
        }
        assertThat(admission.predictedNanos(Verb.WHY, 1)).isGreaterThan(SECOND);
        assertThat(admission.isTaken(Verb.WHY, 1, SECOND, NEVER)).isTrue();
        assertThat(admission.isTaken(Verb.WHY, 1, SECOND, NEVER)).isFalse();
        for (int i = 0; i < 200; i++) {
            admission.answered(Verb.WHY, 1, 10 * MICRO);
        }
        assertThat(admission.isTaken(Verb.WHY, 1, SECOND, NEVER)).isTrue();
    }

    @Test
    void shouldShedWhatWouldNotBeBegunWithinItsOwnBudget() {
        admission.arrived(SECOND);
        assertThat(admission.isTaken(Verb.RECOMMEND, 100, SECOND, NEVER)).isTrue();
        admission.batched(Verb.RECOMMEND, 100); // 2 ms, as long as nothing is known
        assertThat(admission.isTaken(Verb.RECOMMEND, 1, SECOND, SECOND + MILLI)).isFalse();
        assertThat(admission.isTaken(Verb.RECOMMEND, 1, SECOND, SECOND + 3 * MILLI))
                .isTrue();
        assertThat(admission.predictedWaitNanos()).isEqualTo(2 * MILLI);
    }

    @Test
    void shouldCostMoreWhenMoreIsAsked() {
        admission.arrived(SECOND);
        assertThat(admission.isTaken(Verb.RECOMMEND, 1, SECOND, NEVER)).isTrue();
        admission.batched(Verb.RECOMMEND, 1);
        assertThat(admission.isTaken(Verb.RECOMMEND, 10_000, SECOND, NEVER)).isFalse();
        assertThat(admission.isTaken(Verb.RECOMMEND, 1, SECOND, NEVER)).isTrue();
    }

    @Test
    void shouldShedNothingWhenTheMachineStallsBetweenFewRequests() {
        long now = SECOND;
        for (int turn = 0; turn < 1_000; turn++) {
            admission.arrived(now);
            for (int i = 0; i < 5; i++) {
                assertThat(admission.isTaken(Verb.GET_PROFILE, 1, now, NEVER)).isTrue();
                admission.begun(Verb.GET_PROFILE, 1);
                now += 20 * MILLI;
            }
            admission.endTurn(now);
        }
        assertThat(admission.isStorm()).isFalse();
    }

    @Test
    void shouldTakeEverythingWhenSwitchedOff() {
        Admission off = new Admission(new Overload(Duration.ZERO, Duration.ZERO));
        off.arrived(SECOND);
        for (int i = 0; i < 100_000; i++) {
            assertThat(off.isTaken(Verb.RECOMMEND, 1_000, SECOND + i * MILLI, NEVER))
                    .isTrue();
        }
        off.endTurn(100 * SECOND);
    }
}
