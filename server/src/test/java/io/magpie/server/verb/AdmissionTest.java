package io.magpie.server.verb;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.server.config.ServerConfiguration.Overload;
import io.magpie.server.metrics.Verb;
import java.time.Duration;
import java.util.Arrays;
import java.util.PriorityQueue;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Admission with a clock of its own: nothing here depends on how fast the machine is. */
class AdmissionTest {
    private static final long MICRO = 1_000;
    private static final long MILLI = 1_000_000;
    private static final long SECOND = 1_000_000_000;
    private static final long NEVER = Long.MAX_VALUE;

    private final Share share = new Share();
    private final Admission admission = new Admission(new Overload(Duration.ofMillis(5), Duration.ofMillis(50)));

    /**
     * An event loop that serves one recommend in {@code cost} and sheds one in {@code shedCost}, in turns; for every other 300 ms
     * it serves one in {@code otherCost}.
     */
    private final class Loop {
        private final long cost;
        private final long otherCost;
        private final long shedCost;
        private long now = SECOND;
        private long taken;
        private long shed;
        private long longestWait;
        private long longWaits;

        Loop(long cost, long shedCost) {
            this(cost, cost, shedCost);
        }

        Loop(long cost, long otherCost, long shedCost) {
            this.cost = cost;
            this.otherCost = otherCost;
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
                    if (admission.isTaken(Verb.RECOMMEND, 1, now, NEVER, share)) {
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
            long nanos = batch.size() * (now / (300 * MILLI) % 2 == 0 ? cost : otherCost);
            now += nanos;
            admission.batchAnswered(nanos);
            taken += batch.size();
            while (!batch.isEmpty()) {
                long wait = now - batch.poll();
                longestWait = Math.max(longestWait, wait);
                longWaits += wait > 12 * MILLI ? 1 : 0;
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

    /** Capacity comes and goes around the load, as on a machine that is shared: the queue does, too. */
    @Test
    void shouldKeepWaitsWhenLoadIsJustWhatCanBeServed() {
        Loop loop = new Loop(68 * MICRO, 100 * MICRO, MICRO);
        loop.run(11_700, SECOND, 13);
        loop.longWaits = 0;
        long taken = loop.run(11_700, 30 * SECOND, 14);
        assertThat(taken).as("goodput").isGreaterThan(30 * 11_700 * 9 / 10);
        assertThat(loop.longWaits).as("waits above 12 ms").isLessThan(taken / 100);
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
    void shouldNotTakeOneStallOfTheMachineForTheCost() {
        learn();
        double before = admission.predictedNanos(Verb.RECOMMEND, 1);
        admission.arrived(SECOND);
        take(1, SECOND, share);
        admission.batchAnswered(10 * SECOND);
        admission.endTurn(11 * SECOND);
        assertThat(admission.predictedNanos(Verb.RECOMMEND, 1)).isBetween(before, before * 1.2);
        before = admission.predictedNanos(Verb.WHY, 1);
        admission.answered(Verb.WHY, 1, 10 * SECOND);
        assertThat(admission.predictedNanos(Verb.WHY, 1)).isBetween(before, before * 1.2);
    }

    @Test
    void shouldTakeTheFirstOfATurnWhenPredictionIsFarTooHigh() {
        admission.arrived(SECOND);
        for (int i = 0; i < 100; i++) {
            admission.answered(Verb.WHY, 1, 10 * SECOND);
        }
        assertThat(admission.predictedNanos(Verb.WHY, 1)).isGreaterThan(SECOND);
        assertThat(admission.isTaken(Verb.WHY, 1, SECOND, NEVER, share)).isTrue();
        assertThat(admission.isTaken(Verb.WHY, 1, SECOND, NEVER, share)).isFalse();
        for (int i = 0; i < 200; i++) {
            admission.answered(Verb.WHY, 1, 10 * MICRO);
        }
        assertThat(admission.isTaken(Verb.WHY, 1, SECOND, NEVER, share)).isTrue();
    }

    @Test
    void shouldShedWhatWouldNotBeBegunWithinItsOwnBudget() {
        admission.arrived(SECOND);
        assertThat(admission.isTaken(Verb.RECOMMEND, 100, SECOND, NEVER, share)).isTrue();
        admission.batched(Verb.RECOMMEND, 100); // 2 ms, as long as nothing is known
        assertThat(admission.isTaken(Verb.RECOMMEND, 1, SECOND, SECOND + MILLI, share))
                .isFalse();
        assertThat(admission.isTaken(Verb.RECOMMEND, 1, SECOND, SECOND + 3 * MILLI, share))
                .isTrue();
        assertThat(admission.predictedWaitNanos()).isEqualTo(2 * MILLI);
    }

    @Test
    void shouldCostMoreWhenMoreIsAsked() {
        admission.arrived(SECOND);
        assertThat(admission.isTaken(Verb.RECOMMEND, 1, SECOND, NEVER, share)).isTrue();
        admission.batched(Verb.RECOMMEND, 1);
        assertThat(admission.isTaken(Verb.RECOMMEND, 10_000, SECOND, NEVER, share))
                .isFalse();
        assertThat(admission.isTaken(Verb.RECOMMEND, 1, SECOND, NEVER, share)).isTrue();
    }

    @Test
    void shouldShedNothingWhenTheMachineStallsBetweenFewRequests() {
        long now = SECOND;
        for (int turn = 0; turn < 1_000; turn++) {
            admission.arrived(now);
            for (int i = 0; i < 5; i++) {
                assertThat(admission.isTaken(Verb.GET_PROFILE, 1, now, NEVER, share))
                        .isTrue();
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
            assertThat(off.isTaken(Verb.RECOMMEND, 1_000, SECOND + i * MILLI, NEVER, share))
                    .isTrue();
        }
        off.endTurn(100 * SECOND);
    }

    /** Turns in which a flood of one connection is read before what another one asks; a recommend takes 100 us. */
    @Test
    void shouldServeThePoliteWhenAnotherConnectionFloods() {
        Share polite = new Share();
        long now = SECOND;
        int served = 0;
        int asked = 0;
        long flooded = 0;
        long all = 0;
        long longest = 0;
        for (int turn = 0; turn < 2_000; turn++) {
            boolean counts = turn >= 1_000;
            admission.arrived(now);
            int flood = take(200, now, share);
            int others = take(10, now, polite);
            long nanos = (flood + others) * 100 * MICRO;
            now += nanos;
            admission.batchAnswered(nanos);
            admission.endTurn(now);
            if (counts) {
                asked += 10;
                served += others;
                flooded += flood * 100 * MICRO;
                all += nanos;
                longest = Math.max(longest, nanos);
            }
        }
        assertThat(admission.isStorm()).isTrue();
        assertThat(served).isEqualTo(asked);
        assertThat(longest).isLessThan(6 * MILLI);
        // What the polite leave is the flood's: turns are shorter, not idle.
        assertThat(flooded).isGreaterThan(all * 7 / 10);
    }

    @Test
    void shouldShareATurnAlikeWhenAllFlood() {
        Share[] shares = new Share[8];
        Arrays.setAll(shares, any -> new Share());
        long now = SECOND;
        int[] had = new int[8];
        for (int turn = 0; turn < 400; turn++) {
            admission.arrived(now);
            int all = 0;
            for (int i = 0; i < shares.length; i++) {
                // Whoever is read first has no more of it in the end.
                int taken = take(60, now, shares[(turn + i) % shares.length]);
                had[(turn + i) % shares.length] += turn < 200 ? 0 : taken;
                all += taken;
            }
            now += all * 100 * MICRO;
            admission.batchAnswered(all * 100 * MICRO);
            admission.endTurn(now);
            assertThat(turn < 200 ? 0 : all).as("requests of a turn").isLessThanOrEqualTo(75);
        }
        assertThat(admission.isStorm()).isTrue();
        Arrays.sort(had);
        assertThat(had[0]).isGreaterThan(200 * 6);
        assertThat(had[7] - had[0]).isLessThan(had[0] / 10);
    }

    @Test
    void shouldTakeAllThatAskLittleWhenMoreConnectionsAskThanASharePays() {
        storm();
        long now = 10 * SECOND;
        admission.arrived(now);
        for (int i = 0; i < 20; i++) {
            // A request takes 100 us, and the equal share of twenty is 250 us.
            assertThat(take(2, now, new Share())).as("connection %d", i).isEqualTo(2);
        }
        assertThat(take(200, now, new Share())).as("a flood after them").isLessThan(3);
    }

    @Test
    void shouldTakeTheNewestWhenNotAllFit() {
        storm();
        admission.arrived(10 * SECOND);
        StringBuilder decisions = new StringBuilder();
        for (int i = 0; i < 120; i++) {
            share.behind(119 - i);
            decisions.append(take(1, 10 * SECOND, share));
        }
        // 5 ms are 50 requests of 100 us.
        assertThat(decisions.toString()).matches("0{70,71}1{49,50}");
    }

    @Test
    void shouldTakeThemAsTheyComeWhenAllFit() {
        storm();
        admission.arrived(10 * SECOND);
        for (int i = 0; i < 40; i++) {
            share.behind(39 - i);
            assertThat(take(1, 10 * SECOND, share)).isEqualTo(1);
        }
    }

    @Test
    void shouldTakeThemAsTheyComeWhenItIsABurst() {
        learn();
        admission.arrived(SECOND);
        for (int i = 0; i < 400; i++) {
            share.behind(1_000 - i);
            assertThat(take(1, SECOND, share)).isEqualTo(1);
        }
    }

    @Test
    void shouldEndTheStormWhenNothingWasShedForAsLongAsABurst() {
        long now = storm();
        for (int turn = 0; turn < 40; turn++) {
            now = turnThatLeaves(now, share, 0);
        }
        assertThat(admission.isStorm()).as("after 40 ms").isTrue();
        for (int turn = 0; turn < 20; turn++) {
            now = turnThatLeaves(now, share, 0);
        }
        assertThat(admission.isStorm()).as("after 60 ms").isFalse();
    }

    @Test
    void shouldCutABurstShortWhenAQueueStoodLately() {
        long now = storm();
        for (int turn = 0; turn < 100; turn++) {
            now = turnThatLeaves(now, share, 0);
        }
        assertThat(admission.isStorm()).isFalse();
        admission.arrived(now);
        assertThat(take(300, now, share)).as("of 30 ms of work").isBetween(50, 170);
        admission.batchAnswered(20 * MILLI);
        admission.endTurn(now + 20 * MILLI);
        assertThat(admission.isStorm()).isTrue();
    }

    @Test
    void shouldAllowABurstAgainWhenNoQueueStoodForLong() {
        long now = storm();
        for (int turn = 0; turn < 1_000; turn++) {
            now = turnThatLeaves(now, share, 0);
        }
        admission.arrived(now);
        assertThat(take(300, now, share)).as("of 30 ms of work").isEqualTo(300);
        admission.batchAnswered(30 * MILLI);
        admission.endTurn(now + 30 * MILLI);
        assertThat(admission.isStorm()).isFalse();
    }

    /** One connection has its turn, 1 ms of work, and leaves what arrived on it meanwhile. */
    private long turnThatLeaves(long now, Share of, int left) {
        admission.arrived(now);
        int taken = take(10, now, of);
        if (left > 0) {
            admission.leaves(of, taken * 60L, left * 60L);
        }
        long end = now + taken * 100 * MICRO;
        admission.batchAnswered(taken * 100 * MICRO);
        admission.endTurn(end);
        return end;
    }

    @Test
    void shouldSeeAQueueWhenTurnsLeaveMoreThanTheyTake() {
        learn();
        long now = SECOND;
        while (now < SECOND + 49 * MILLI) {
            now = turnThatLeaves(now, share, 100);
            assertThat(admission.isStorm()).as("a burst may last 50 ms").isFalse();
        }
        for (int turn = 0; turn < 5; turn++) {
            now = turnThatLeaves(now, share, 100);
        }
        assertThat(admission.isStorm()).isTrue();
    }

    @Test
    void shouldSeeNoQueueWhenTurnsLeaveLittle() {
        learn();
        long now = SECOND;
        for (int turn = 0; turn < 1_000; turn++) {
            now = turnThatLeaves(now, share, 10);
        }
        assertThat(admission.isStorm()).isFalse();
    }

    /** What is read at once gets shorter turn by turn, and what is behind it is read when that is done: the queue is as long. */
    @Test
    void shouldSeeAQueueWhenItIsReadInPieces() {
        learn();
        long now = SECOND;
        for (int turn = 0; turn < 100; turn++) {
            now = turnThatLeaves(now, share, 100 - turn % 10 * 10);
        }
        assertThat(admission.isStorm()).isTrue();
    }

    @Test
    void shouldSeeNoQueueWhenAllWasLookedAtBetween() {
        learn();
        long now = SECOND;
        for (int turn = 0; turn < 1_000; turn++) {
            now = turnThatLeaves(now, share, turn % 20 == 0 ? 0 : 100);
        }
        assertThat(admission.isStorm()).isFalse();
    }

    /** Has it know that a recommend takes 100 us. */
    private void learn() {
        for (int i = 0; i < 200; i++) {
            admission.arrived(i);
            take(1, i, share);
            admission.batchAnswered(100 * MICRO);
            admission.endTurn(i);
        }
    }

    /** Returns when it was last. */
    private long storm() {
        Loop loop = new Loop(100 * MICRO, MICRO);
        loop.run(50_000, SECOND, 12);
        assertThat(admission.isStorm()).isTrue();
        return loop.now;
    }

    @Test
    void shouldTakeAtMostTwiceTheLimitWhenManyConnectionsAskForTheirShare() {
        long now = SECOND;
        int most = 0;
        for (int turn = 0; turn < 300; turn++) {
            admission.arrived(now);
            int all = 0;
            for (int connection = 0; connection < 1_000; connection++) {
                all += take(2, now, new Share());
            }
            now += all * 100 * MICRO;
            most = turn < 100 ? 0 : Math.max(most, all);
            admission.batchAnswered(all * 100 * MICRO);
            admission.endTurn(now);
        }
        assertThat(most).isBetween(50, 102);
    }

    private int take(int count, long now, Share of) {
        int taken = 0;
        for (int i = 0; i < count; i++) {
            if (admission.isTaken(Verb.RECOMMEND, 1, now, NEVER, of)) {
                admission.batched(Verb.RECOMMEND, 1);
                taken++;
            }
        }
        return taken;
    }
}
