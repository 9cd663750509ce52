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
 * that, and at half of it the moment a storm of five times ends. As a machine that is shared is not equally fast all the time,
 * the peak is found again after each of the three, and each is compared with the peaks before and after it.
 *
 * <p>What the generator could not do is not held against the server: a run whose requests did not leave in time is tried again,
 * and if they never do, the whole is invalid. So it is if the peak was another one after a run than before it.
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

    /** A server that has just started becomes faster for half a minute, and not at every look. */
    private static final int LEAST_PEAKS = 3;

    private static final int MOST_PEAKS = 8;
    private static final double STEADY = 1.05;
    /** Between two peaks: more, and the first was taken too early or the machine was not quiet. */
    private static final double SAME_PEAK = 1.25;

    private static final int MOST_TRIES = 3;
    private static final double MOST_NOT_SENT = 0.01;
    /** Of the deadline: by how much the 99th percentile of requests may leave late. */
    private static final double MOST_LAG = 0.1;

    private static final double LEAST_GOODPUT = 0.9;
    private static final Duration MOST_RECOVERY = Duration.ofMillis(250);

    private final Trial trial;
    private final Duration deadline;
    private final double targetP99Micros;
    private final List<Step> steps = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private LoadResult before;
    private LoadResult after;

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

    /** Returns the run at five times the peak, with all steps and the judgement of all. */
    LoadResult run() throws Exception {
        before = steadyPeak();
        judge("peak", before, rate(before), List.of());
        storm(1);
        storm(2);
        LoadResult five = storm(5);
        double peak = rate(before);
        LoadResult calm = drive("0.5x after 5x", 5 * peak, peak / 2);
        recovery(calm);
        note("answers count within %d ms", deadline.toMillis());
        note(
                "after the storm %d of %,d requests were refused, the last at %d ms; requests left at most so late (p99): %.2f ms",
                calm.measurement().refusals().getTotalCount(),
                calm.measurement().sent(),
                calm.measurement().lastRefusal().toMillis(),
                lagMillis(calm));
        return new LoadResult(
                five.scenario(), five.measurement(), five.verdict(), failures, notes, steps, five.environment());
    }

    /** Drives the server at so many times its peak, and finds that again. */
    private LoadResult storm(int times) throws Exception {
        String name = times + "x";
        double rate = times * rate(before);
        LoadResult result = drive(name, rate, rate);
        after = trial.peak();
        judgeStorm(name, result);
        judge("peak after " + name, after, rate(after), unsteady());
        note(
                "%s: goodput %.2f of the peaks around it, %.2f by processor time of the server; requests left at most so late"
                        + " (p99): %.2f ms",
                name, shareOfTime(result), share(result), lagMillis(result));
        before = after;
        return result;
    }

    private LoadResult steadyPeak() throws Exception {
        LoadResult last = trial.peak();
        double rate = rate(last);
        boolean steady = false;
        for (int tried = 1; tried < LEAST_PEAKS || !steady && tried < MOST_PEAKS; tried++) {
            last = trial.peak();
            double next = rate(last);
            steady = next < rate * STEADY;
            rate = next;
        }
        return last;
    }

    /** Drives the server, again if the generator failed to. */
    private LoadResult drive(String name, double rateBefore, double rate) throws Exception {
        LoadResult result = trial.at(rateBefore, rate);
        for (int tries = 1; tries < MOST_TRIES && invalid(result) != null; tries++) {
            note("%s was tried again: %s", name, invalid(result));
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

    private List<String> unsteady() {
        return Math.max(rate(before), rate(after)) <= SAME_PEAK * Math.min(rate(before), rate(after))
                ? List.of()
                : List.of(String.format(
                        Locale.ROOT,
                        "invalid: the peak was %,.0f a second before and is %,.0f after, so shares of it say nothing",
                        rate(before),
                        rate(after)));
    }

    private void note(String format, Object... arguments) {
        notes.add(String.format(Locale.ROOT, format, arguments));
    }

    /**
     * What came in time, as a share of what comes at the peaks around it: of a second, or of a second of a processor, as others
     * may take the machine from the server in one run and not in another.
     */
    private double share(LoadResult result) {
        double atPeak = (perCpuSecond(before) + perCpuSecond(after)) / 2;
        return perCpuSecond(result) > 0 && atPeak > 0 ? perCpuSecond(result) / atPeak : shareOfTime(result);
    }

    /** The same of a second alone. */
    private double shareOfTime(LoadResult result) {
        return 2 * goodput(result) / (rate(before) + rate(after));
    }

    private double perCpuSecond(LoadResult result) {
        double seconds = result.measurement().serverCpuSeconds();
        double measured = result.measurement().configuration().duration().toNanos() / 1e9;
        return seconds > 0 ? goodput(result) * measured / seconds : 0;
    }

    private double goodput(LoadResult result) {
        return result.measurement().rateWithin(deadline);
    }

    private void judgeStorm(String name, LoadResult result) {
        List<String> wrong = new ArrayList<>();
        double share = share(result);
        if (share < LEAST_GOODPUT) {
            wrong.add(String.format(Locale.ROOT, "goodput is %.2f of the peak", share));
        }
        Measurement run = result.measurement();
        slow("p99 of accepted requests", run.micros(99), wrong);
        slow("p99 of refusals", run.refusals().getValueAtPercentile(99) / 1e3, wrong);
        offered(result, wrong);
        judge(name, result, goodput(result), wrong);
    }

    private void recovery(LoadResult calm) {
        List<String> wrong = new ArrayList<>();
        Measurement run = calm.measurement();
        if (run.lastRefusal().compareTo(MOST_RECOVERY) > 0) {
            wrong.add("requests were refused until " + run.lastRefusal().toMillis() + " ms after the storm");
        }
        slow("p99 after the storm", run.micros(99), wrong);
        offered(calm, wrong);
        judge("0.5x after 5x", calm, goodput(calm), wrong);
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

    private void slow(String what, double micros, List<String> wrong) {
        double calmP99Micros =
                Math.max(before.measurement().micros(99), after.measurement().micros(99));
        double most = Math.max(targetP99Micros, 2 * calmP99Micros);
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
