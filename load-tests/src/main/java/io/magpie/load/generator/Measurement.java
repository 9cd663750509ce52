package io.magpie.load.generator;

import io.magpie.protocol.Status;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.HdrHistogram.Histogram;

/**
 * What a run has counted in its measured time. Immutable by agreement: nobody changes the histograms.
 *
 * @param configuration  how it was driven
 * @param elapsed        from the start of the measured time to its end, or to the last answer if that came later
 * @param sent           requests sent
 * @param late           of them, sent more than {@link LoadRecorder#LATE_NANOS} after their time
 * @param unsent         due, and not sent before the end, or in time
 * @param crowdedOut     of them, those that found every connection full of requests without an answer
 * @param lags           nanoseconds by which requests left late, of those that did not have to wait for room: the generator's
 *                       own doing
 * @param completed      answered without error
 * @param errors         answered by an error, by status
 * @param malformed      answers that could not be read or cannot be
 * @param unexpected     answers that no request waited for
 * @param lost           sent and never answered
 * @param disconnected   connections that the server closed
 * @param latencies      nanoseconds of completed requests, from the intended time (closed loop: from the sending)
 * @param refusals       nanoseconds of requests that were refused, from the intended time
 * @param lastRefusal    when the last request was meant that was refused, from the start of the measured time
 * @param kinds          the same by kind of request, where a scenario mixes several; those that were answered
 * @param serverFrom     what the server said when the measured time began, or null if it was not asked
 * @param intervals      the run in short pieces, in order
 * @param checkedAtOnce  answers that were compared with what is right as they came
 * @param ownCpu         processor time of this process in the measured time
 */
public record Measurement(
        LoadConfiguration configuration,
        Duration elapsed,
        long sent,
        long late,
        long unsent,
        long crowdedOut,
        Histogram lags,
        long completed,
        Map<Status, Long> errors,
        long malformed,
        long unexpected,
        long lost,
        long disconnected,
        Histogram latencies,
        Histogram refusals,
        Duration lastRefusal,
        Map<String, Histogram> kinds,
        ServerFigures serverFrom,
        List<Interval> intervals,
        long checkedAtOnce,
        Duration ownCpu) {
    /**
     * Returns slices of the same load as one run. When the last refusal was, and what the server said of itself, is of one slice
     * alone, and so left out; kinds are not told apart.
     */
    public static Measurement together(List<Measurement> slices) {
        Map<Status, Long> errors = new EnumMap<>(Status.class);
        slices.forEach(slice -> slice.errors.forEach((status, count) -> errors.merge(status, count, Long::sum)));
        List<Interval> intervals = slices.stream()
                .flatMap(slice -> slice.intervals.stream())
                .map(each -> new Interval(each.latencies(), each.errors(), each.ownCpuNanos(), null))
                .toList();
        return new Measurement(
                slices.get(0).configuration.during(time(slices, slice -> slice.configuration.duration())),
                time(slices, Measurement::elapsed),
                sum(slices, Measurement::sent),
                sum(slices, Measurement::late),
                sum(slices, Measurement::unsent),
                sum(slices, Measurement::crowdedOut),
                all(slices, Measurement::lags),
                sum(slices, Measurement::completed),
                errors,
                sum(slices, Measurement::malformed),
                sum(slices, Measurement::unexpected),
                sum(slices, Measurement::lost),
                sum(slices, Measurement::disconnected),
                all(slices, Measurement::latencies),
                all(slices, Measurement::refusals),
                Duration.ZERO,
                Map.of(),
                null,
                intervals,
                sum(slices, Measurement::checkedAtOnce),
                time(slices, Measurement::ownCpu));
    }

    private static long sum(List<Measurement> slices, ToLongFunction<Measurement> counter) {
        return slices.stream().mapToLong(counter).sum();
    }

    private static Duration time(List<Measurement> slices, Function<Measurement, Duration> span) {
        return slices.stream().map(span).reduce(Duration.ZERO, Duration::plus);
    }

    private static Histogram all(List<Measurement> slices, Function<Measurement, Histogram> of) {
        Histogram all = new Histogram(LoadRecorder.HIGHEST_NANOS, LoadRecorder.SIGNIFICANT_DIGITS);
        slices.forEach(slice -> all.add(of.apply(slice)));
        return all;
    }

    /** Returns answered requests a second. */
    public double achievedRate() {
        return completed / (elapsed.toNanos() / 1e9);
    }

    /** Returns whether a server says by this error that there is too much: what it is to do then, and no fault. */
    public static boolean isRefusal(Status status) {
        return status == Status.OVERLOADED || status == Status.DEADLINE_EXCEEDED;
    }

    /** Returns how many answers a second of the measured time came within so long. */
    public double rateWithin(Duration deadline) {
        return latencies.getCountBetweenValues(0, deadline.toNanos())
                / (configuration.duration().toNanos() / 1e9);
    }

    /** Returns the share of requests that were refused, 0 to 1. */
    public double refusedShare() {
        return sent == 0 ? 0 : (double) refusals.getTotalCount() / sent;
    }

    /** Returns how many were due in the measured time. */
    public long scheduled() {
        return sent + unsent;
    }

    /** Returns how many requests were answered by an error. */
    public long errorCount() {
        return errors.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Returns a latency in microseconds; 0 when nothing was answered. */
    public double micros(double percentile) {
        return latencies.getValueAtPercentile(percentile) / 1e3;
    }
}
