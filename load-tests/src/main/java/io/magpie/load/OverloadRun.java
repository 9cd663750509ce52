package io.magpie.load;

import io.magpie.load.generator.Measurement;
import io.magpie.load.report.LoadResult;
import io.magpie.load.report.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Asks more of a server than it can do, and says whether it does what it can: finds its peak, asks at one, two and five times
 * that, and at half of it the moment a storm of five times ends.
 */
final class OverloadRun {
    /** Drives the server once. */
    interface Trial {
        /** Keeps it busy all the time, with few requests waiting. */
        LoadResult peak() throws Exception;

        /**
         * Drives it at a rate.
         *
         * @param rateBefore while warming up
         */
        LoadResult at(double rateBefore, double ratePerSecond) throws Exception;
    }

    private static final int MOST_PEAKS = 8;
    /** A server that has just started becomes faster for seconds. */
    private static final double STEADY = 1.08;

    private static final double LEAST_GOODPUT = 0.9;
    private static final Duration MOST_RECOVERY = Duration.ofMillis(250);

    private final Trial trial;
    private final Duration deadline;
    private final double targetP99Micros;
    private final List<Step> steps = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();

    /**
     * @param deadline        what an answer may take to count
     * @param targetP99Micros what the 99th percentile of accepted requests, and of refusals, may be
     */
    OverloadRun(Trial trial, Duration deadline, double targetP99Micros) {
        this.trial = trial;
        this.deadline = deadline;
        this.targetP99Micros = targetP99Micros;
    }

    /** Returns the run at five times the peak, with all steps and the judgement of all. */
    LoadResult run() throws Exception {
        double before = steadyPeak();
        LoadResult once = trial.at(before, before);
        LoadResult twice = trial.at(2 * before, 2 * before);
        LoadResult five = trial.at(5 * before, 5 * before);
        LoadResult again = trial.peak();
        double peak = (before + again.measurement().achievedRate()) / 2;
        LoadResult calm = trial.at(5 * before, before / 2);

        storm("1x", once, peak);
        storm("2x", twice, peak);
        storm("5x", five, peak);
        judge("peak again", again, again.measurement().achievedRate(), List.of());
        recovery(calm);
        List<String> notes = List.of(
                String.format(
                        Locale.ROOT,
                        "the peak was %,.0f a second before and %,.0f after; answers count within %d ms",
                        before,
                        again.measurement().achievedRate(),
                        deadline.toMillis()),
                String.format(
                        Locale.ROOT,
                        "goodput %.2f of the peak at 1x, %.2f at 2x, %.2f at 5x",
                        goodput(once) / peak,
                        goodput(twice) / peak,
                        goodput(five) / peak),
                String.format(
                        Locale.ROOT,
                        "after the storm the last request was refused at %d ms",
                        calm.measurement().lastRefusal().toMillis()));
        return new LoadResult(
                five.scenario(), five.measurement(), five.verdict(), failures, notes, steps, five.environment());
    }

    private double steadyPeak() throws Exception {
        LoadResult last = trial.peak();
        double rate = last.measurement().achievedRate();
        for (int tried = 1; tried < MOST_PEAKS; tried++) {
            last = trial.peak();
            double next = last.measurement().achievedRate();
            boolean steady = next < rate * STEADY;
            rate = next;
            if (steady) {
                break;
            }
        }
        judge("peak", last, rate, List.of());
        return rate;
    }

    private double goodput(LoadResult result) {
        return result.measurement().rateWithin(deadline);
    }

    private void storm(String name, LoadResult result, double peak) {
        List<String> wrong = new ArrayList<>();
        double share = goodput(result) / peak;
        if (share < LEAST_GOODPUT) {
            wrong.add(String.format(Locale.ROOT, "goodput is %.2f of the peak", share));
        }
        Measurement run = result.measurement();
        slow("p99 of accepted requests", run.micros(99), wrong);
        slow("p99 of refusals", run.refusals().getValueAtPercentile(99) / 1e3, wrong);
        judge(name, result, goodput(result), wrong);
    }

    private void recovery(LoadResult calm) {
        List<String> wrong = new ArrayList<>();
        Measurement run = calm.measurement();
        if (run.lastRefusal().compareTo(MOST_RECOVERY) > 0) {
            wrong.add("requests were refused until " + run.lastRefusal().toMillis() + " ms after the storm");
        }
        slow("p99 after the storm", run.micros(99), wrong);
        judge("0.5x after 5x", calm, goodput(calm), wrong);
    }

    private void slow(String what, double micros, List<String> wrong) {
        if (micros > targetP99Micros) {
            wrong.add(String.format(Locale.ROOT, "%s is %.1f ms of %.1f", what, micros / 1e3, targetP99Micros / 1e3));
        }
    }

    private void judge(String name, LoadResult result, double achieved, List<String> wrong) {
        List<String> all = new ArrayList<>(result.failures());
        all.addAll(wrong);
        all.forEach(each -> failures.add(name + ": " + each));
        steps.add(Step.of(name, result, achieved, all.isEmpty()));
    }
}
