package io.magpie.load.generator;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** Measurements that nobody took. */
public final class FakeMeasurements {
    private FakeMeasurements() {}

    /** A run of some seconds in which every answer took the same time. */
    public static Measurement constant(double rate, double micros, int seconds) {
        List<Interval> intervals = new ArrayList<>();
        for (int i = 0; i < seconds; i++) {
            intervals.add(interval(i, micros, Map.of()));
        }
        return of(rate, intervals);
    }

    /** A second in which a hundred answers took the same time. */
    public static Interval interval(int second, double micros, Map<String, Number> counters) {
        Histogram latencies = new Histogram(LoadRecorder.HIGHEST_NANOS, 2);
        latencies.recordValueWithCount((long) (micros * 1_000), 100);
        latencies.setStartTimeStamp(1_000L * second);
        latencies.setEndTimeStamp(1_000L * second + 1_000);
        return new Interval(latencies, 0, 1_000_000, counters.isEmpty() ? null : new ServerFigures(counters));
    }

    /**
     * A run of a second in which some answers came and the others were refused.
     *
     * @param refusedMicros what each refusal took
     * @param lastRefusal   when the last of them was asked for
     */
    public static Measurement refusing(
            double rate, long answered, double micros, double refusedMicros, Duration lastRefusal) {
        Interval second = interval(0, micros, Map.of());
        second.latencies().reset();
        second.latencies().recordValueWithCount((long) (micros * 1_000), answered);
        Histogram refusals = new Histogram(LoadRecorder.HIGHEST_NANOS, 3);
        long refused = Math.max(0, Math.round(rate) - answered);
        if (refused > 0) {
            refusals.recordValueWithCount((long) (refusedMicros * 1_000), refused);
        }
        return of(rate, List.of(second), refusals, lastRefusal);
    }

    /**
     * The same run, but some requests of it never left, and those that did left late.
     *
     * @param crowdedOut of those that never left, because every connection was full
     */
    public static Measurement badlyOffered(Measurement run, long unsent, long crowdedOut, double lagMicros) {
        Histogram lags = new Histogram(LoadRecorder.HIGHEST_NANOS, 3);
        lags.recordValueWithCount((long) (lagMicros * 1_000), run.sent());
        return new Measurement(
                run.configuration(),
                run.elapsed(),
                run.sent(),
                run.late(),
                unsent,
                crowdedOut,
                lags,
                run.completed(),
                run.errors(),
                run.malformed(),
                run.unexpected(),
                run.lost(),
                run.disconnected(),
                run.latencies(),
                run.refusals(),
                run.lastRefusal(),
                run.kinds(),
                run.serverFrom(),
                run.intervals(),
                run.checkedAtOnce(),
                run.ownCpu());
    }

    /** A run of these pieces. */
    public static Measurement of(double rate, List<Interval> intervals) {
        return of(rate, intervals, new Histogram(LoadRecorder.HIGHEST_NANOS, 3), Duration.ZERO);
    }

    private static Measurement of(double rate, List<Interval> intervals, Histogram refusals, Duration lastRefusal) {
        Histogram all = new Histogram(LoadRecorder.HIGHEST_NANOS, 3);
        intervals.forEach(each -> all.add(each.latencies()));
        Duration duration = Duration.ofSeconds(Math.max(1, intervals.size()));
        LoadConfiguration configuration = new LoadConfiguration(
                LoadConfiguration.Mode.FIXED, rate, Duration.ZERO, duration, 1, 1, 1, Duration.ZERO, Duration.ZERO);
        long count = all.getTotalCount();
        ServerFigures from = intervals.get(0).server();
        return new Measurement(
                configuration,
                duration,
                count + refusals.getTotalCount(),
                0,
                0,
                0,
                new Histogram(LoadRecorder.HIGHEST_NANOS, 3),
                count,
                Map.of(),
                0,
                0,
                0,
                0,
                all,
                refusals,
                lastRefusal,
                Map.of(),
                from,
                intervals,
                count,
                Duration.ZERO);
    }
}
