package io.magpie.load.report;

import io.magpie.load.generator.LoadConfiguration;
import io.magpie.load.generator.Measurement;
import io.magpie.load.scenario.AnswerChecker;
import io.magpie.load.scenario.Scenario;
import io.magpie.load.scenario.ScenarioName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A run with its judgement. Immutable.
 *
 * @param scenario    what was asked
 * @param measurement what was counted
 * @param verdict     whether the answers were right
 * @param failures    why the run does not count, in whole sentences; empty if it does
 * @param notes       what else is to be known, in whole sentences
 * @param steps       the rates that were tried to find the highest; empty for a run at one rate
 * @param environment where it took place, by name
 */
public record LoadResult(
        ScenarioName scenario,
        Measurement measurement,
        AnswerChecker.Verdict verdict,
        List<String> failures,
        List<String> notes,
        List<Step> steps,
        Map<String, String> environment) {
    /** A run that reaches less than this share of what was due has missed its rate. */
    public static final double RATE_TOLERANCE = 0.99;

    /** What the last answers may take beyond the end: a hiccup there is latency, not a missed rate. */
    private static final double LAST_ANSWERS_SECONDS = 0.25;

    /** The share of answers that must have been compared with a scan. */
    public static final double CHECKED_SHARE = 0.01;

    /** What is shorter says nothing of drift. */
    private static final Duration LEAST_SOAK = Duration.ofMinutes(1);

    /** Judges a run. */
    public static LoadResult of(Scenario scenario, Measurement measurement, AnswerChecker.Verdict verdict) {
        List<String> failures = new ArrayList<>();
        if (scenario.name() != ScenarioName.OVERLOAD) {
            rate(measurement, failures);
        }
        losses(measurement, failures);
        long wrong = verdict.wrong() + measurement.malformed();
        if (wrong > 0) {
            failures.add(wrong + " wrong answers" + (verdict.examples().isEmpty() ? "" : ": " + verdict.examples()));
        }
        if (verdict.unknown() > 0) {
            failures.add(verdict.unknown() + " answers name a catalogue version that this run did not make:"
                    + " someone else changes items, so answers cannot be judged");
        }
        long checked = verdict.checked() + measurement.checkedAtOnce();
        if (checked < CHECKED_SHARE * measurement.completed()) {
            failures.add("only " + checked + " of " + measurement.completed() + " answers were checked");
        }
        List<String> notes = new ArrayList<>();
        if (scenario.name() == ScenarioName.SOAK
                && measurement.configuration().duration().compareTo(LEAST_SOAK) >= 0) {
            Drift drift = Drift.of(measurement.intervals());
            failures.addAll(drift.failures());
            notes.addAll(drift.notes());
        }
        return new LoadResult(scenario.name(), measurement, verdict, failures, notes, List.of(), Map.of());
    }

    /** Copies the lists. */
    public LoadResult {
        failures = List.copyOf(failures);
        notes = List.copyOf(notes);
        steps = List.copyOf(steps);
        environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
    }

    /** Returns slices of the same load as one run: all that they counted, and what each of them failed for. Their notes are let go. */
    public static LoadResult together(List<LoadResult> slices) {
        LoadResult first = slices.get(0);
        return new LoadResult(
                first.scenario,
                Measurement.together(
                        slices.stream().map(LoadResult::measurement).toList()),
                AnswerChecker.Verdict.together(
                        slices.stream().map(LoadResult::verdict).toList()),
                slices.stream().flatMap(slice -> slice.failures.stream()).toList(),
                List.of(),
                List.of(),
                first.environment);
    }

    /** Returns this result with more to say. */
    public LoadResult with(List<String> moreFailures, List<String> moreNotes) {
        List<String> allFailures = new ArrayList<>(failures);
        allFailures.addAll(moreFailures);
        List<String> allNotes = new ArrayList<>(notes);
        allNotes.addAll(moreNotes);
        return new LoadResult(scenario, measurement, verdict, allFailures, allNotes, steps, environment);
    }

    /** Returns this result as the best of several rates. */
    public LoadResult withSteps(List<Step> tried) {
        return new LoadResult(scenario, measurement, verdict, failures, notes, tried, environment);
    }

    /** Returns this result with the place where it was taken. */
    public LoadResult in(Map<String, String> place) {
        return new LoadResult(scenario, measurement, verdict, failures, notes, steps, place);
    }

    /** Returns how many answers were compared with what is right. */
    public long checkedAnswers() {
        return verdict.checked() + measurement.checkedAtOnce();
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
            // The rate tells whether load was refused too often.
            if (!Measurement.isRefusal(status)) {
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
