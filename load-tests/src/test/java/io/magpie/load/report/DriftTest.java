package io.magpie.load.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.load.generator.FakeMeasurements;
import io.magpie.load.generator.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

class DriftTest {
    private static final int PIECES = 90;

    private static List<Interval> run(
            IntToDoubleFunction micros, IntToDoubleFunction heapMiB, IntToDoubleFunction mib) {
        return run(micros, heapMiB, mib, i -> i / 10);
    }

    private static List<Interval> run(
            IntToDoubleFunction micros,
            IntToDoubleFunction heapMiB,
            IntToDoubleFunction mib,
            IntToDoubleFunction collections) {
        List<Interval> intervals = new ArrayList<>();
        for (int i = 0; i < PIECES; i++) {
            intervals.add(FakeMeasurements.interval(
                    i,
                    micros.applyAsDouble(i),
                    Map.of(
                            "heap.usedBytes", heapMiB.applyAsDouble(i) * (1 << 20),
                            "process.residentBytes", mib.applyAsDouble(i) * (1 << 20),
                            "gc.collections", collections.applyAsDouble(i))));
        }
        return intervals;
    }

    @Test
    void shouldPassWhenTheLastThirdIsAsTheFirst() {
        // The heap goes up and down by collections, and one second in twenty is slow: both from the first to the last.
        Drift drift = Drift.of(run(i -> i % 20 == 7 ? 90_000 : 300, i -> 50 + i % 10 * 30, i -> 900 + Math.min(i, 40)));
        assertThat(drift.failures()).isEmpty();
        assertThat(drift.notes()).hasSize(4);
    }

    @Test
    void shouldFailWhenLatencyGrows() {
        assertThat(Drift.of(run(i -> 300 + 10 * i, i -> 50, i -> 900)).failures())
                .singleElement()
                .asString()
                .startsWith("it drifts: p50");
    }

    @Test
    void shouldFailWhenLiveHeapGrows() {
        assertThat(Drift.of(run(i -> 300, i -> 50 + i + i % 10 * 30, i -> 900)).failures())
                .singleElement()
                .asString()
                .contains("heap");
    }

    @Test
    void shouldJudgeMemoryWhenTheServerMissedASecond() {
        List<Interval> intervals = run(i -> 300, i -> 50 + i + i % 10 * 30, i -> 900);
        intervals.set(PIECES - 3, FakeMeasurements.interval(PIECES - 3, 300, Map.of()));
        assertThat(Drift.of(intervals).failures()).singleElement().asString().contains("heap");
    }

    @Test
    void shouldNotJudgeTheHeapWhenNothingWasCollected() {
        Drift drift = Drift.of(run(i -> 300, i -> 50 + i, i -> 900, i -> i < 30 ? 0 : 1));
        assertThat(drift.failures()).isEmpty();
        assertThat(drift.notes()).anyMatch(note -> note.startsWith("live heap was not judged"));
    }

    @Test
    void shouldPassWhenResidentMemoryGoesUpAndDown() {
        // As files of the log come and go: the last third begins at the lowest and ends at the highest.
        assertThat(Drift.of(run(i -> 300, i -> 50, i -> 500 + i % 4 * 60)).failures())
                .isEmpty();
    }

    @Test
    void shouldFailWhenResidentMemoryStillGrowsAtTheEnd() {
        assertThat(Drift.of(run(i -> 300, i -> 50, i -> 900 + 10 * i)).failures())
                .singleElement()
                .asString()
                .contains("resident memory");
    }
}
