package io.magpie.load.report;

import io.magpie.load.generator.LoadConfiguration;
import io.magpie.load.generator.Measurement;
import io.magpie.load.scenario.AnswerChecker;
import io.magpie.load.scenario.Scenario;
import io.magpie.load.scenario.ScenarioName;
import io.magpie.protocol.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A run with its judgement. Immutable.
 *
 * @param scenario    what was asked
 * @param measurement what was counted
 * @param verdict     whether the answers were right
 * @param failures    why the run does not count, in whole sentences; empty if it does
 */
public record LoadResult(
        ScenarioName scenario, Measurement measurement, AnswerChecker.Verdict verdict, List<String> failures) {
    /** A run that reaches less than this share of what was due has missed its rate. */
    public static final double RATE_TOLERANCE = 0.99;

    /** What the last answers may take beyond the end: a hiccup there is latency, not a missed rate. */
    private static final double LAST_ANSWERS_SECONDS = 0.25;

    /** The share of answers that must have been compared with a scan. */
    public static final double CHECKED_SHARE = 0.01;

    /** Judges a run. */
    public static LoadResult of(Scenario scenario, Measurement measurement, AnswerChecker.Verdict verdict) {
        List<String> failures = new ArrayList<>();
        rate(measurement, failures);
        losses(measurement, failures);
        long wrong = verdict.wrong() + measurement.malformed();
        if (wrong > 0) {
            failures.add(wrong + " wrong answers" + (verdict.examples().isEmpty() ? "" : ": " + verdict.examples()));
        }
        if (verdict.unknown() > 0) {
            failures.add(verdict.unknown() + " answers name a catalogue version that this run did not make:"
                    + " someone else changes items, so answers cannot be judged");
        }
        if (scenario.isChecked() && verdict.checked() < CHECKED_SHARE * measurement.completed()) {
            failures.add("only " + verdict.checked() + " of " + measurement.completed() + " answers were checked");
        }
        return new LoadResult(scenario.name(), measurement, verdict, List.copyOf(failures));
    }

    private static void rate(Measurement measurement, List<String> failures) {
        if (measurement.completed() == 0) {
            failures.add("nothing was answered");
            return;
        }
        LoadConfiguration configuration = measurement.configuration();
        if (configuration.mode() == LoadConfiguration.Mode.CLOSED) {
            return;
        }
        // Against what was due in this run: random arrivals are never exactly the target.
        double planned = configuration.duration().toNanos() / 1e9;
        double taken = Math.max(planned, measurement.elapsed().toNanos() / 1e9 - LAST_ANSWERS_SECONDS);
        double due = measurement.scheduled() / planned;
        if (measurement.completed() / taken < RATE_TOLERANCE * due) {
            failures.add(String.format(
                    Locale.ROOT, "missed its rate: %.1f of %.1f a second", measurement.achievedRate(), due));
        }
    }

    private static void losses(Measurement measurement, List<String> failures) {
        if (measurement.lost() > 0) {
            failures.add(measurement.lost() + " requests were never answered");
        }
        if (measurement.unexpected() > 0) {
            failures.add(measurement.unexpected() + " answers came that no request waited for");
        }
        if (measurement.disconnected() > 0) {
            failures.add("the server closed " + measurement.disconnected() + " connections");
        }
        measurement.errors().forEach((status, count) -> {
            // Refusing load is what a server is to do when there is too much; the rate tells whether it was too often.
            if (status != Status.OVERLOADED && status != Status.DEADLINE_EXCEEDED) {
                failures.add(count + " answers were the error " + status);
            }
        });
    }

    /** Returns whether the run counts. */
    public boolean isPassed() {
        return failures.isEmpty();
    }

    /** Returns answers that were wrong or could not be read. */
    public long wrongAnswers() {
        return verdict.wrong() + measurement.malformed();
    }

    /** Returns the rate asked for; of a closed loop, the one reached. */
    public double targetRate() {
        LoadConfiguration configuration = measurement.configuration();
        return configuration.mode() == LoadConfiguration.Mode.CLOSED
                ? measurement.achievedRate()
                : configuration.ratePerSecond();
    }
}
