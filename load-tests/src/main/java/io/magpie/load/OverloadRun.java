package io.magpie.load;

import io.magpie.load.generator.Measurement;
import io.magpie.load.report.LoadResult;
import io.magpie.load.report.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Asks more of a server than it can do, and says whether it does what it can: in turns its peak, and one, two and five times that,
 * a slice of a second or two each, round after round; in the end, some times, half of the peak the moment a storm of five times ends.
 *
 * <p>A machine that is shared is not equally fast for long: a neighbour changes what a request costs for some hundred milliseconds
 * or for seconds. So each slice of a storm is compared with the slices of the peak right before and after it, or with what was
 * asked if that is less, and what is judged is the median of these shares, of how long refusals and of how long recovery takes.
 *
 * <p>What the generator could not do is not held against the server: a slice whose requests did not leave in time is tried again,
 * and if they never do, the whole is invalid.
 */
final class OverloadRun {
    /** Drives the server once. */
    interface Trial {
        /** Keeps it busy until what answers is compiled; returns what it did. */
        LoadResult warmUp() throws Exception;

        /** Asks more of it than it can do, until what refuses is compiled too. */
        void warmUpAt(double ratePerSecond) throws Exception;

        /** Keeps it busy all the time for a slice, with few requests waiting. */
        LoadResult peak() throws Exception;

        /**
         * Drives it at a rate for a slice.
         *
         * @param rateBefore while settling
         */
        LoadResult at(double rateBefore, double ratePerSecond) throws Exception;
    }

    /** In these a server that has just started becomes faster still: they count only for what is wrong or lost. */
    private static final int FIRST_ROUNDS = 2;

    private static final int ROUNDS = 10;
    private static final int MOST_TIMES = 5;
    private static final int PEAKS_OF_LATE = 7;
    private static final int RECOVERIES = 5;
    private static final String RECOVERY = "0.5x after 5x";

    private static final int MOST_TRIES = 3;
    private static final double MOST_NOT_SENT = 0.01;
    /** Of the deadline: by how much the 99th percentile of requests may leave late. */
    private static final double MOST_LAG = 0.1;

    private static final double LEAST_GOODPUT = 0.9;
    private static final Duration MOST_RECOVERY = Duration.ofMillis(250);

    private final Trial trial;
    private final Duration deadline;
    private final double targetP99Micros;
    private final List<LoadResult> peaks = new ArrayList<>();
    private final List<Storm> storms = List.of(new Storm(1), new Storm(2), new Storm(MOST_TIMES));
    private final List<Step> steps = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    /** All slices at so many times the peak, with what they reached of what the server could have answered. */
    private record Storm(int times, List<LoadResult> slices, List<Double> shares) {
        Storm(int times) {
            this(times, new ArrayList<>(), new ArrayList<>());
        }

        String name() {
            return times + "x";
        }
    }

    /**
     * @param deadline        what an answer may take to count
     * @param targetP99Micros what the 99th percentile of accepted requests, and of refusals, may be, or twice what it is
     *                        at the peak if that is more
     */
    OverloadRun(Trial trial, Duration deadline, double targetP99Micros) {
        this.trial = trial;
        this.deadline = deadline;
        this.targetP99Micros = targetP99Micros;
    }

    /** Returns the slices at five times the peak as one run, with the judgement of all. */
    LoadResult run() throws Exception {
        trial.warmUpAt(MOST_TIMES * rate(trial.warmUp()));
        peaks.add(trial.peak());
        for (int i = 0; i < FIRST_ROUNDS; i++) {
            round();
        }
        int firstPeak = peaks.size() - 1;
        forget(peaks.subList(0, firstPeak));
        for (int i = 0; i < ROUNDS; i++) {
            round();
        }
        double peak = peakOfLate();
        List<LoadResult> calm = new ArrayList<>();
        for (int i = 0; i < RECOVERIES; i++) {
            calm.add(drive(RECOVERY, MOST_TIMES * peak, peak / 2));
        }

        List<LoadResult> counted = peaks.subList(firstPeak, peaks.size());
        LoadResult atPeak = LoadResult.together(counted);
        judge("peak", atPeak, rate(atPeak), List.of());
        LoadResult last = atPeak;
        for (Storm storm : storms) {
            last = LoadResult.together(storm.slices);
            judgeStorm(storm, last, atPeak);
        }
        recovery(calm, atPeak);
        note("peaks: %s a second", spread("%,.0f", rates(counted)));
        note("answers count within %d ms", deadline.toMillis());
        return new LoadResult(
                last.scenario(), last.measurement(), last.verdict(), failures, notes, steps, last.environment());
    }

    private void round() throws Exception {
        for (Storm storm : storms) {
            LoadResult before = peaks.get(peaks.size() - 1);
            double rate = storm.times * peakOfLate();
            LoadResult slice = drive(storm.name(), rate, rate);
            LoadResult after = trial.peak();
            peaks.add(after);
            storm.slices.add(slice);
            storm.shares.add(goodput(slice) / Math.min(asked(slice), (rate(before) + rate(after)) / 2));
        }
    }

    /** Begins to count: of what was so far, only what was wrong or lost is kept. */
    private void forget(List<LoadResult> firstPeaks) {
        firstPeaks.forEach(slice -> failures.addAll(slice.failures()));
        for (Storm storm : storms) {
            storm.slices.forEach(slice -> failures.addAll(slice.failures()));
            storm.slices.clear();
            storm.shares.clear();
        }
    }

    /** Returns the median of the last few peaks: one alone may have been taken while the machine was slow. */
    private double peakOfLate() {
        return median(rates(peaks.subList(Math.max(0, peaks.size() - PEAKS_OF_LATE), peaks.size())));
    }

    private static double asked(LoadResult slice) {
        Measurement run = slice.measurement();
        return run.scheduled() / (run.configuration().duration().toNanos() / 1e9);
    }

    /** Drives the server, again if the generator failed to; then what was wrong or lost in it counts all the same. */
    private LoadResult drive(String name, double rateBefore, double rate) throws Exception {
        LoadResult result = trial.at(rateBefore, rate);
        for (int tries = 1; tries < MOST_TRIES && invalid(result) != null; tries++) {
            note("%s was tried again: %s", name, invalid(result));
            failures.addAll(result.failures());
            result = trial.at(rateBefore, rate);
        }
        return result;
    }

    /** Returns why a run says nothing of the server, or null. */
    private String invalid(LoadResult result) {
        Measurement run = result.measurement();
        double notSent = (double) (run.unsent() - run.crowdedOut()) / Math.max(1, run.scheduled());
        if (notSent > MOST_NOT_SENT) {
            return String.format(Locale.ROOT, "the generator could not send %.1f %% of its requests", 100 * notSent);
        }
        double most = MOST_LAG * deadline.toNanos() / 1e6;
        return lagMillis(result) <= most
                ? null
                : String.format(
                        Locale.ROOT,
                        "the generator sent its requests late: p99 %.1f ms of %.1f",
                        lagMillis(result),
                        most);
    }

    private static double lagMillis(LoadResult result) {
        return result.measurement().lags().getValueAtPercentile(99) / 1e6;
    }

    private static double rate(LoadResult result) {
        return result.measurement().achievedRate();
    }

    private void note(String format, Object... arguments) {
        notes.add(String.format(Locale.ROOT, format, arguments));
    }

    private double goodput(LoadResult result) {
        return result.measurement().rateWithin(deadline);
    }

    private void judgeStorm(Storm storm, LoadResult result, LoadResult atPeak) {
        List<String> wrong = new ArrayList<>();
        double share = median(storm.shares);
        if (share < LEAST_GOODPUT) {
            wrong.add(String.format(Locale.ROOT, "goodput is %.2f of the peak", share));
        }
        Measurement run = result.measurement();
        slow("p99 of accepted requests", run.micros(99), atPeak, wrong);
        List<Double> refusals = refusalMillis(storm);
        slow("p99 of refusals", 1e3 * median(refusals), atPeak, wrong);
        offered(result, wrong);
        judge(storm.name(), result, goodput(result), wrong);
        note(
                "%s: goodput %s of the peaks around it; p99 of refusals, in slices: %s ms; requests left at most so late (p99): %.2f ms",
                storm.name(), spread("%.2f", storm.shares), spread("%.1f", refusals), lagMillis(result));
    }

    /**
     * Returns the 99th percentile of refusals of each slice in ms, 0 for none. At one time the peak few are refused: of all slices together
     * it is the worst 40 of 240,000 requests, so that one turn of 20 ms decides.
     */
    private static List<Double> refusalMillis(Storm storm) {
        return storm.slices.stream()
                .map(slice -> slice.measurement().refusals().getValueAtPercentile(99) / 1e6)
                .toList();
    }

    /** Returns the median, and in brackets the quartiles. */
    private static String spread(String format, List<Double> figures) {
        return String.format(
                Locale.ROOT,
                format + " (" + format + ".." + format + ")",
                quantile(figures, 0.5),
                quantile(figures, 0.25),
                quantile(figures, 0.75));
    }

    private static double median(List<Double> figures) {
        return quantile(figures, 0.5);
    }

    private static double quantile(List<Double> figures, double at) {
        List<Double> sorted = figures.stream().sorted().toList();
        double place = at * (sorted.size() - 1);
        double below = sorted.get((int) place);
        return below + (place - (int) place) * (sorted.get((int) Math.ceil(place)) - below);
    }

    private static List<Double> rates(List<LoadResult> results) {
        return results.stream().map(OverloadRun::rate).toList();
    }

    private void recovery(List<LoadResult> slices, LoadResult atPeak) {
        List<String> wrong = new ArrayList<>();
        LoadResult calm = LoadResult.together(slices);
        Measurement run = calm.measurement();
        List<Double> lastRefusals = slices.stream()
                .map(slice -> (double) slice.measurement().lastRefusal().toMillis())
                .toList();
        if (median(lastRefusals) > MOST_RECOVERY.toMillis()) {
            wrong.add(String.format(
                    Locale.ROOT, "requests were refused until %.0f ms after the storm", median(lastRefusals)));
        }
        slow("p99 after the storm", run.micros(99), atPeak, wrong);
        offered(calm, wrong);
        judge(RECOVERY, calm, goodput(calm), wrong);
        note(
                "after the storm %d of %,d requests were refused, the last at %s ms; requests left at most so late (p99): %.2f ms",
                run.refusals().getTotalCount(), run.sent(), spread("%.0f", lastRefusals), lagMillis(calm));
    }

    private void offered(LoadResult result, List<String> wrong) {
        Measurement run = result.measurement();
        if (run.crowdedOut() > 0) {
            wrong.add(run.crowdedOut() + " requests had no room on any connection: each had "
                    + run.configuration().pipeline() + " without an answer");
        }
        String invalid = invalid(result);
        if (invalid != null) {
            wrong.add("invalid: " + invalid);
        }
    }

    private void slow(String what, double micros, LoadResult atPeak, List<String> wrong) {
        double most = Math.max(targetP99Micros, 2 * atPeak.measurement().micros(99));
        if (micros > most) {
            wrong.add(String.format(Locale.ROOT, "%s is %.1f ms of %.1f", what, micros / 1e3, most / 1e3));
        }
    }

    private void judge(String name, LoadResult result, double achieved, List<String> wrong) {
        List<String> all = new ArrayList<>(result.failures());
        all.addAll(wrong);
        all.forEach(each -> failures.add(name + ": " + each));
        steps.add(Step.of(name, result, achieved, all.isEmpty()));
    }
}
