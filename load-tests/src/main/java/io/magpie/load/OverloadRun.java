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
    private double peak;
    private double peakPerCpuSecond;
    private double calmP99Micros;

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
        LoadResult steady = steadyPeak();
        double before = steady.measurement().achievedRate();
        LoadResult once = trial.at(before, before);
        LoadResult twice = trial.at(2 * before, 2 * before);
        LoadResult five = trial.at(5 * before, 5 * before);
        LoadResult again = trial.peak();
        peak = (before + again.measurement().achievedRate()) / 2;
        peakPerCpuSecond = (perCpuSecond(steady) + perCpuSecond(again)) / 2;
        calmP99Micros =
                Math.max(steady.measurement().micros(99), again.measurement().micros(99));
        LoadResult calm = trial.at(5 * before, before / 2);

        storm("1x", once);
        storm("2x", twice);
        storm("5x", five);
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
                        "goodput %.2f of the peak at 1x, %.2f at 2x, %.2f at 5x; by processor time of the server"
                                + " %.2f, %.2f, %.2f",
                        goodput(once) / peak,
                        goodput(twice) / peak,
                        goodput(five) / peak,
                        share(once),
                        share(twice),
                        share(five)),
                String.format(
                        Locale.ROOT,
                        "after the storm the last request was refused at %d ms",
                        calm.measurement().lastRefusal().toMillis()));
        return new LoadResult(
                five.scenario(), five.measurement(), five.verdict(), failures, notes, steps, five.environment());
    }

    private LoadResult steadyPeak() throws Exception {
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
        return last;
    }

    /**
     * What came in time, as a share of what comes at the peak: of a second, or of a second of a processor, as others may take
     * the machine from the server in one run and not in another.
     */
    private double share(LoadResult result) {
        return perCpuSecond(result) > 0 && peakPerCpuSecond > 0
                ? perCpuSecond(result) / peakPerCpuSecond
                : goodput(result) / peak;
    }

    private double perCpuSecond(LoadResult result) {
        double seconds = result.measurement().serverCpuSeconds();
        double measured = result.measurement().configuration().duration().toNanos() / 1e9;
        return seconds > 0 ? goodput(result) * measured / seconds : 0;
    }

    private double goodput(LoadResult result) {
        return result.measurement().rateWithin(deadline);
    }

    private void storm(String name, LoadResult result) {
        List<String> wrong = new ArrayList<>();
        double share = share(result);
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
