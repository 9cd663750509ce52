package io.magpie.load.generator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.magpie.load.generator.ScriptedServer.Fault;
import io.magpie.load.report.JsonReport;
import io.magpie.load.report.LoadResult;
import io.magpie.load.scenario.AnswerChecker;
import io.magpie.load.scenario.KnownSource;
import io.magpie.load.scenario.NaiveScorer;
import io.magpie.load.scenario.Scenario;
import io.magpie.load.scenario.ScenarioName;
import io.magpie.load.scenario.SyntheticData;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The generator against a server that is right, or wrong in one way: each way must be found out. */
@Timeout(60)
class LoadRunTest {
    private final SyntheticData data = new SyntheticData(1, 50, 200, 8);
    private final NaiveScorer scorer =
            new NaiveScorer(Collections.nCopies(SyntheticData.SOURCES, new KnownSource(1, 0, KnownSource.Kind.UNSAID)));

    LoadRunTest() {
        data.catalogue().loadedAs(1);
    }

    private LoadResult run(ScenarioName name, Fault fault, LoadConfiguration configuration) throws Exception {
        try (ScriptedServer server = new ScriptedServer(data, scorer, fault)) {
            Scenario scenario = new Scenario(name, data, 5, 1);
            Measurement measurement = new LoadRun(
                            configuration, server.address(), scenario::exchange, (elapsed, completed, second) -> {})
                    .run();
            AnswerChecker.Verdict verdict = new AnswerChecker(data, scorer).check(scenario.samples());
            return LoadResult.of(scenario, measurement, verdict);
        }
    }

    private static LoadConfiguration open(LoadConfiguration.Mode mode, double rate) {
        return new LoadConfiguration(
                mode,
                rate,
                Duration.ofMillis(100),
                Duration.ofMillis(1_000),
                4,
                64,
                2,
                Duration.ZERO,
                Duration.ofMillis(300));
    }

    private LoadResult recommend(Fault fault) throws Exception {
        return run(ScenarioName.RECOMMEND, fault, open(LoadConfiguration.Mode.FIXED, 1_000));
    }

    @Test
    void shouldPassWhenServerIsRight() throws Exception {
        LoadResult result = run(ScenarioName.RECOMMEND, Fault.NONE, open(LoadConfiguration.Mode.POISSON, 1_000));
        assertThat(result.failures()).isEmpty();
        assertThat(result.measurement().sent()).isBetween(850L, 1_150L);
        assertThat(result.measurement().completed())
                .isEqualTo(result.measurement().sent());
        assertThat(result.verdict().checked()).isGreaterThan(15);
        assertThat(JsonReport.of(result)).contains("\"scenario\" : \"recommend\"", "\"passed\" : true");
    }

    @Test
    void shouldPassWhenLoopIsClosed() throws Exception {
        LoadResult result = run(ScenarioName.PING, Fault.NONE, open(LoadConfiguration.Mode.CLOSED, 0));
        assertThat(result.failures()).isEmpty();
        assertThat(result.measurement().completed()).isGreaterThan(1_000);
        assertThat(result.targetRate()).isEqualTo(result.measurement().achievedRate());
    }

    @Test
    void shouldFailWhenOneScoreInAHundredAnswersIsOff() throws Exception {
        LoadResult result = recommend(Fault.WRONG);
        assertThat(result.wrongAnswers()).isPositive();
        assertThat(result.failures()).anyMatch(failure -> failure.contains("wrong answers"));
    }

    @Test
    void shouldFailWhenAnswersAreDropped() throws Exception {
        LoadResult result = recommend(Fault.DROP);
        assertThat(result.measurement().lost()).isBetween(10L, 20L);
        assertThat(result.failures()).anyMatch(failure -> failure.contains("never answered"));
    }

    @Test
    void shouldFailWhenAnswersComeTwice() throws Exception {
        assertThat(recommend(Fault.REPEAT).failures()).anyMatch(failure -> failure.contains("no request waited for"));
    }

    @Test
    void shouldShowStallWhenServerStalls() throws Exception {
        LoadResult result = recommend(Fault.STALL);
        assertThat(result.measurement().micros(100)).isBetween(190_000.0, 1_000_000.0);
        // 200 of the 1,000 requests were meant for the stall.
        assertThat(result.measurement().micros(95)).isGreaterThan(50_000.0);
    }

    @Test
    void shouldFailWhenServerIsTooSlowForTheRate() throws Exception {
        LoadResult result = recommend(Fault.SLOW);
        assertThat(result.failures()).anyMatch(failure -> failure.contains("missed its rate"));
        assertThat(result.measurement().unsent()).isPositive();
    }

    @Test
    void shouldFailWhenServerAnswersErrors() throws Exception {
        LoadResult result = recommend(Fault.ERROR);
        assertThat(result.measurement().errorCount()).isPositive();
        assertThat(result.failures()).anyMatch(failure -> failure.contains("INTERNAL"));
    }

    /** Gaps shorter than what it polls for: it is never idle, and must read answers all the same. */
    @Test
    void shouldReadAnswersWhenItAlwaysPolls() throws Exception {
        for (LoadConfiguration.Mode mode :
                new LoadConfiguration.Mode[] {LoadConfiguration.Mode.FIXED, LoadConfiguration.Mode.CLOSED}) {
            LoadConfiguration polling = new LoadConfiguration(
                    mode,
                    2_000,
                    Duration.ofMillis(500),
                    Duration.ofMillis(1_500),
                    2,
                    mode == LoadConfiguration.Mode.CLOSED ? 16 : 4_096,
                    1,
                    Duration.ofMillis(10),
                    Duration.ofSeconds(5));
            Measurement run = run(ScenarioName.PING, Fault.NONE, polling).measurement();
            assertThat(run.completed()).as("%s", mode).isPositive();
            assertThat(run.micros(50)).as("%s", mode).isLessThan(200_000);
        }
    }

    @Test
    void shouldTellWhatRefusalsTookWhenServerRefuses() throws Exception {
        Measurement run = recommend(Fault.REFUSE).measurement();
        assertThat(run.refusedShare()).isBetween(0.09, 0.11);
        assertThat(run.refusals().getTotalCount()).isEqualTo(run.errorCount());
        assertThat(run.refusals().getMaxValue()).isPositive();
        assertThat(run.lastRefusal()).isBetween(Duration.ofMillis(900), Duration.ofSeconds(1));
        assertThat(run.rateWithin(Duration.ofMinutes(1))).isEqualTo(run.completed());
        assertThat(run.rateWithin(Duration.ZERO)).isZero();
    }

    @Test
    void shouldCountTheMeasuredLoadAloneWhenAnotherWentBefore() throws Exception {
        LoadConfiguration after = open(LoadConfiguration.Mode.FIXED, 200).after(Duration.ofMillis(100), 5_000);
        Measurement run = run(ScenarioName.PING, Fault.NONE, after).measurement();
        assertThat(run.sent()).isEqualTo(200);
        assertThat(run.completed()).isEqualTo(200);
    }

    @Test
    void shouldFailWhenServerClosesConnections() throws Exception {
        assertThat(recommend(Fault.CLOSE).failures()).anyMatch(failure -> failure.contains("closed"));
    }

    @Test
    void shouldSayWhatToDoWhenNobodyListens() throws Exception {
        InetSocketAddress nobody;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = (InetSocketAddress) socket.getLocalSocketAddress();
        }
        LoadRun run = new LoadRun(
                open(LoadConfiguration.Mode.FIXED, 100),
                nobody,
                new Scenario(ScenarioName.PING, data, 5, 1)::exchange,
                (elapsed, completed, second) -> {});
        assertThatThrownBy(run::run).hasMessageContaining("is the server running there?");
    }
}
