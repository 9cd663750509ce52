package io.magpie.server.metrics;

import io.magpie.protocol.Status;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.HdrHistogram.Histogram;

/** What all event loops counted, added up. Thread-safe; no event loop ever waits for a reader. */
public final class ServerMetrics {
    private final List<LoopMetrics> loops = new CopyOnWriteArrayList<>();
    private final Histogram[] totals = new Histogram[Verb.values().length];

    /** Creates metrics without a loop. */
    public ServerMetrics() {
        for (int i = 0; i < totals.length; i++) {
            totals[i] = new Histogram(LoopMetrics.HIGHEST_NANOS, LoopMetrics.DIGITS);
        }
    }

    /** Makes the counters of one more event loop. */
    public LoopMetrics newLoop() {
        LoopMetrics loop = new LoopMetrics();
        loops.add(loop);
        return loop;
    }

    /**
     * Answers and latency of a verb since the start.
     *
     * @param count        answers
     * @param totalNanos   sum of all latencies, to the precision of the histogram
     * @param p50Nanos     median
     * @param p99Nanos     99th percentile
     * @param p999Nanos    99.9th percentile
     * @param maxNanos     longest
     */
    public record Latency(long count, double totalNanos, long p50Nanos, long p99Nanos, long p999Nanos, long maxNanos) {}

    /** Returns the latency of every verb, by {@link Verb#ordinal()}. */
    public synchronized Latency[] latencies() {
        for (LoopMetrics loop : loops) {
            loop.drainInto(totals);
        }
        Latency[] latencies = new Latency[totals.length];
        for (int i = 0; i < totals.length; i++) {
            Histogram total = totals[i];
            latencies[i] = new Latency(
                    total.getTotalCount(),
                    total.getTotalCount() == 0 ? 0 : total.getMean() * total.getTotalCount(),
                    total.getValueAtPercentile(50),
                    total.getValueAtPercentile(99),
                    total.getValueAtPercentile(99.9),
                    total.getTotalCount() == 0 ? 0 : total.getMaxValue());
        }
        return latencies;
    }

    /** Returns how many answers were an error of this status. */
    public long errors(Status status) {
        long sum = 0;
        for (LoopMetrics loop : loops) {
            sum += loop.errors(status);
        }
        return sum;
    }

    /** Returns how many connections are open. */
    public long connections() {
        long sum = 0;
        for (LoopMetrics loop : loops) {
            sum += loop.opened() - loop.closed();
        }
        return sum;
    }

    /** Returns how many connections were refused because there were too many. */
    public long connectionsRefused() {
        long sum = 0;
        for (LoopMetrics loop : loops) {
            sum += loop.refused();
        }
        return sum;
    }

    /** Returns how many batches of recommends were scored. */
    public long batches() {
        long sum = 0;
        for (LoopMetrics loop : loops) {
            sum += loop.batches();
        }
        return sum;
    }

    /** Returns how many recommends were in those batches. */
    public long batchedRequests() {
        long sum = 0;
        for (LoopMetrics loop : loops) {
            sum += loop.batched();
        }
        return sum;
    }
}
