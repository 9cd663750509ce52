package io.magpie.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.load.generator.FakeMeasurements;
import io.magpie.load.report.LoadResult;
import io.magpie.load.report.Step;
import io.magpie.load.scenario.AnswerChecker;
import io.magpie.load.scenario.ScenarioName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A made server: 1 ms up to its limit, then ever slower. */
class StepSearchTest {
    private final List<Double> tried = new ArrayList<>();

    private StepSearch.Trial server(double limit, long wrong) {
        return rate -> {
            tried.add(rate);
            double micros = rate <= limit ? 1_000 : 1_000 + 100 * (rate - limit);
            return new LoadResult(
                    ScenarioName.STEP_LOAD,
                    FakeMeasurements.constant(rate, micros, 10),
                    new AnswerChecker.Verdict(100, wrong, 0, List.of()),
                    wrong > 0 ? List.of("wrong answers") : List.of(),
                    List.of(),
                    List.of(),
                    Map.of());
        };
    }

    private static double best(LoadResult result) {
        return result.steps().stream()
                .filter(Step::held)
                .mapToDouble(Step::targetRate)
                .max()
                .orElse(0);
    }

    @Test
    void shouldFindTheHighestRateWhenStartedBelow() throws Exception {
        LoadResult result = new StepSearch(server(10_000, 0), 2_000, 16).run(1_000);
        assertThat(best(result)).isBetween(9_400.0, 10_010.0);
        assertThat(result.isPassed()).isTrue();
        assertThat(result.measurement().configuration().ratePerSecond()).isEqualTo(best(result));
        assertThat(result.notes()).singleElement().asString().contains("the highest rate that held p99 <= 2000 us");
        assertThat(tried).hasSizeLessThanOrEqualTo(16);
    }

    @Test
    void shouldTryOnceMoreWhenARateIsMissed() throws Exception {
        Set<Double> disturbed = new HashSet<>();
        StepSearch.Trial trial =
                rate -> server(disturbed.add(rate) ? 0 : 10_000, 0).at(rate);
        LoadResult result = new StepSearch(trial, 2_000, 40).run(1_000);
        assertThat(best(result)).isBetween(9_400.0, 10_010.0);
    }

    @Test
    void shouldGoDownWhenTheFirstRateIsTooHigh() throws Exception {
        assertThat(best(new StepSearch(server(700, 0), 2_000, 16).run(8_000))).isBetween(650.0, 711.0);
    }

    @Test
    void shouldFailWhenNoRateHolds() throws Exception {
        LoadResult result = new StepSearch(server(0, 0), 500, 5).run(1_000);
        assertThat(result.failures()).singleElement().asString().startsWith("no rate down to");
        assertThat(result.steps()).as("five rates, twice each").hasSize(10);
    }

    @Test
    void shouldStopWhenAnAnswerIsWrong() throws Exception {
        LoadResult result = new StepSearch(server(10_000, 1), 2_000, 16).run(1_000);
        assertThat(result.isPassed()).isFalse();
        assertThat(tried).hasSize(1);
    }
}
