package io.magpie.load.generator;

import org.HdrHistogram.Histogram;

/**
 * A short piece of a run, about a second, in a soak of half an hour five.
 *
 * @param latencies   nanoseconds of requests completed in it, with start and end times set
 * @param errors      answers that were errors or could not be read
 * @param ownCpuNanos processor time of this process in it
 * @param server      what the server said at its end, or null if it was not asked
 */
public record Interval(Histogram latencies, long errors, long ownCpuNanos, ServerFigures server) {
    /** Returns its length. */
    public double seconds() {
        return Math.max(1, latencies.getEndTimeStamp() - latencies.getStartTimeStamp()) / 1e3;
    }

    /** Returns answered requests a second. */
    public double rate() {
        return latencies.getTotalCount() / seconds();
    }

    /** Returns a latency in microseconds; 0 when nothing was answered. */
    public double micros(double percentile) {
        return latencies.getValueAtPercentile(percentile) / 1e3;
    }
}
