package io.magpie.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.load.generator.FakeMeasurements;
import io.magpie.load.generator.Measurement;
import io.magpie.load.report.JsonReport;
import io.magpie.load.report.LoadResult;
import io.magpie.load.report.Step;
import io.magpie.load.report.TextReport;
import io.magpie.load.scenario.AnswerChecker;
import io.magpie.load.scenario.ScenarioName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.Test;

/** A made server that can do 10,000 a second, and then does well or badly in one way. */
class OverloadRunTest {
    private static final double PEAK = 10_000;

    private DoubleUnaryOperator shareOfPeak = slice -> 1;
    private double acceptedMicros = 8_000;
    private DoubleUnaryOperator refusedMicros = slice -> 6_000;
    private LongUnaryOperator recoveryMillis = slice -> 10;
    private List<String> faults = List.of();
    private final List<String> asked = new ArrayList<>();
    private DoubleUnaryOperator speedAtSlice = slice -> 1;
    private int slice;
    private long unsent;
    private long crowdedOut;
    private double lagMicros;
    private int badRuns = Integer.MAX_VALUE;

    private LoadResult run() throws Exception {
        OverloadRun.Trial trial = new OverloadRun.Trial() {
            @Override
            public LoadResult warmUp() {
                asked.add("warmUp");
                return result(FakeMeasurements.refusing(0.9 * PEAK, Math.round(0.9 * PEAK), 500, 0, Duration.ZERO));
            }

            @Override
            public void warmUpAt(double rate) {
                asked.add("warmUp>" + Math.round(rate));
            }

            @Override
            public LoadResult peak() {
                double peak = capacity();
                asked.add("peak");
                return result(FakeMeasurements.refusing(peak, Math.round(peak), 500, 0, Duration.ZERO));
            }

            @Override
            public LoadResult at(double before, double rate) {
                asked.add(Math.round(before) + ">" + Math.round(rate));
                double capacity = capacity();
                boolean storm = rate >= capacity;
                long answered = Math.round(storm ? shareOfPeak.applyAsDouble(slice) * capacity : rate);
                Measurement run = FakeMeasurements.refusing(
                        rate,
                        answered,
                        storm ? acceptedMicros : 1_000,
                        refusedMicros.applyAsDouble(slice),
                        Duration.ofMillis(before > rate ? recoveryMillis.applyAsLong(slice) : 1_000));
                boolean bad = rate > 3 * PEAK && badRuns-- > 0;
                return result(bad ? FakeMeasurements.badlyOffered(run, unsent, crowdedOut, lagMicros) : run);
            }
        };
        return new OverloadRun(trial, Duration.ofMillis(50), 20_000).run();
    }

    private double capacity() {
        return PEAK * speedAtSlice.applyAsDouble(slice++);
    }

    private LoadResult result(Measurement measurement) {
        return new LoadResult(
                ScenarioName.OVERLOAD,
                measurement,
                new AnswerChecker.Verdict(100, 0, 0, List.of()),
                faults,
                List.of(),
                List.of(),
                Map.of());
    }

    @Test
    void shouldPassWhenServerDoesWhatItCan() throws Exception {
        LoadResult result = run();
        assertThat(result.failures()).isEmpty();
        assertThat(asked)
                .startsWith(
                        "warmUp",
                        "warmUp>45000",
                        "peak",
                        "10000>10000",
                        "peak",
                        "20000>20000",
                        "peak",
                        "50000>50000",
                        "peak")
                .endsWith("50000>50000", "peak", "50000>5000", "50000>5000", "50000>5000", "50000>5000", "50000>5000")
                .filteredOn("50000>50000"::equals)
                .hasSize(12);
        assertThat(result.steps()).extracting(Step::name).containsExactly("peak", "1x", "2x", "5x", "0.5x after 5x");
        assertThat(result.steps().get(3).refusedShare()).isBetween(0.79, 0.81);
        assertThat(result.measurement().sent()).isEqualTo(10 * 50_000);
        assertThat(result.notes())
                .anyMatch(note -> note.startsWith("5x: goodput 1.00 (1.00..1.00) of the peaks around it"));
        assertThat(JsonReport.of(result)).contains("\"name\" : \"5x\"", "\"refusedShare\" : 0.8");
        assertThat(TextReport.lines(result)).contains("refused 80.0 % (their p99 6.0 ms)");
        assertThat(TextReport.markdown(result)).contains("| 5x | 50,000 | 10,000 |");
    }

    @Test
    void shouldFailWhenGoodputFalls() throws Exception {
        shareOfPeak = slice -> slice % 10 == 6 ? 1 : 0.88;
        assertThat(run().failures())
                .containsExactly(
                        "1x: goodput is 0.88 of the peak",
                        "2x: goodput is 0.88 of the peak",
                        "5x: goodput is 0.88 of the peak");
    }

    @Test
    void shouldCompareWithThePeaksAroundWhenTheMachineIsNotEquallyFast() throws Exception {
        speedAtSlice = slice -> 1 + 0.3 * Math.sin(slice / 10);
        assertThat(run().failures()).isEmpty();
        shareOfPeak = slice -> 0.85;
        assertThat(run().failures()).contains("2x: goodput is 0.85 of the peak", "5x: goodput is 0.85 of the peak");
    }

    /** Three in a hundred a slice: at one time the peaks so far, ever less is asked than can be answered. */
    @Test
    void shouldCompareWithWhatWasAskedWhenThatIsLess() throws Exception {
        speedAtSlice = slice -> Math.pow(1.03, slice);
        assertThat(run().failures()).isEmpty();
    }

    @Test
    void shouldNotFailForAFewSlicesThatWereTakenFromTheServer() throws Exception {
        speedAtSlice = slice -> slice % 10 == 5 ? 0.1 : 1;
        assertThat(run().failures()).isEmpty();
    }

    @Test
    void shouldLetNothingCountWhileServerBecomesFaster() throws Exception {
        speedAtSlice = slice -> Math.min(1, 0.5 + slice / 20);
        LoadResult result = run();
        assertThat(result.failures()).isEmpty();
        assertThat(asked).contains("50000>5000");
    }

    @Test
    void shouldCountNoAnswerThatComesTooLate() throws Exception {
        acceptedMicros = 60_000;
        assertThat(run().failures())
                .contains("5x: goodput is 0.00 of the peak")
                .anyMatch(failure -> failure.startsWith("5x: p99 of accepted requests is 59.8"));
    }

    @Test
    void shouldFailWhenRefusalsAreSlow() throws Exception {
        // At every other round.
        refusedMicros = slice -> (int) slice / 6 % 2 == 0 ? 6_000 : 40_000;
        assertThat(run().failures()).contains("2x: p99 of refusals is 23.0 ms of 20.0");
    }

    @Test
    void shouldPassWhenTheMachineStoodStillAtFewRefusals() throws Exception {
        refusedMicros = slice -> (int) slice / 6 % 3 == 0 ? 40_000 : 6_000;
        assertThat(run().failures()).isEmpty();
    }

    @Test
    void shouldFailWhenServerDoesNotRecover() throws Exception {
        recoveryMillis = slice -> slice % 4 == 0 ? 10 : 900;
        assertThat(run().failures())
                .containsExactly("0.5x after 5x: requests were refused until 900 ms after the storm");
    }

    @Test
    void shouldNotFailForAStallAfterOneStormOfFive() throws Exception {
        recoveryMillis = slice -> slice % 5 == 0 ? 1_300 : 10;
        assertThat(run().failures()).isEmpty();
    }

    @Test
    void shouldBeInvalidWhenTheGeneratorDoesNotSend() throws Exception {
        unsent = 20_000;
        assertThat(run().failures())
                .containsExactly("5x: invalid: the generator could not send 28.6 % of its requests");
        assertThat(asked).filteredOn("50000>50000"::equals).hasSize(3 * 12);
    }

    @Test
    void shouldBeInvalidWhenTheGeneratorSendsLate() throws Exception {
        lagMicros = 6_000;
        assertThat(run().failures())
                .containsExactly("5x: invalid: the generator sent its requests late: p99 6.0 ms of 5.0");
    }

    @Test
    void shouldTryAgainWhenTheGeneratorDidNotSend() throws Exception {
        unsent = 20_000;
        badRuns = 1;
        LoadResult result = run();
        assertThat(result.failures()).isEmpty();
        assertThat(result.notes()).contains("5x was tried again: the generator could not send 28.6 % of its requests");
    }

    @Test
    void shouldCountWhatIsLostInASliceThatIsTriedAgain() throws Exception {
        faults = List.of("7 requests were never answered");
        unsent = 20_000;
        badRuns = 1;
        assertThat(run().failures()).hasSize(2 * 36 + 1 + 5 + 1);
    }

    @Test
    void shouldBlameTheServerWhenItsConnectionsAreFull() throws Exception {
        unsent = 20_000;
        crowdedOut = 20_000;
        assertThat(run().failures())
                .containsExactly("5x: 200000 requests had no room on any connection: each had 1 without an answer");
    }

    @Test
    void shouldFailWhenAnyRunFails() throws Exception {
        faults = List.of("7 requests were never answered");
        assertThat(run().failures())
                .contains("1x: 7 requests were never answered")
                .hasSize(2 * 36 + 1 + 5); // of each slice
    }
}
