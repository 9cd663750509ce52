package io.magpie.server.metrics;

import io.magpie.protocol.Status;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.ToLongFunction;
import org.HdrHistogram.Histogram;

/** What all event loops counted, added up. Thread-safe; no event loop ever waits for a reader. */
public final class ServerMetrics {
    private final Endings endings = new Endings();
    private final List<LoopMetrics> loops = new CopyOnWriteArrayList<>();
    private final Histogram[] totals = new Histogram[Verb.values().length];
    private final Histogram[][] stageTotals = new Histogram[Verb.values().length][Stage.values().length];

    /** Creates metrics without a loop. */
    public ServerMetrics() {
        for (int i = 0; i < totals.length; i++) {
            totals[i] = new Histogram(LoopMetrics.HIGHEST_NANOS, LoopMetrics.DIGITS);
        }
    }

    /** Returns the counts of connections that the server ended. */
    public Endings endings() {
        return endings;
    }

    /** Makes the counters of one more event loop; called on its thread. */
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
            latencies[i] = latency(totals[i]);
        }
        return latencies;
    }

    /**
     * Returns the time in each stage, of the requests that were timed, by {@link Verb#ordinal()} and {@link
     * Stage#ordinal()}; null where there was none.
     */
    public synchronized Latency[][] stages() {
        for (LoopMetrics loop : loops) {
            loop.stages().drainInto(stageTotals);
        }
        Latency[][] stages = new Latency[stageTotals.length][Stage.values().length];
        for (int verb = 0; verb < stages.length; verb++) {
            for (int stage = 0; stage < stages[verb].length; stage++) {
                Histogram total = stageTotals[verb][stage];
                stages[verb][stage] = total == null ? null : latency(total);
            }
        }
        return stages;
    }

    private static Latency latency(Histogram total) {
        boolean empty = total.getTotalCount() == 0;
        return new Latency(
                total.getTotalCount(),
                empty ? 0 : total.getMean() * total.getTotalCount(),
                total.getValueAtPercentile(50),
                total.getValueAtPercentile(99),
                total.getValueAtPercentile(99.9),
                empty ? 0 : total.getMaxValue());
    }

    /** Returns the threads of the event loops. */
    long[] threadIds() {
        return loops.stream().mapToLong(LoopMetrics::threadId).toArray();
    }

    /** Returns how many answers were an error of this status. */
    public long errors(Status status) {
        return sum(loop -> loop.errors(status));
    }

    /** Returns how many connections are open. */
    public long connections() {
        return sum(loop -> loop.opened() - loop.closed());
    }

    /** Returns how many connections were refused because there were too many. */
    public long connectionsRefused() {
        return sum(LoopMetrics::refused);
    }

    /** Returns how often an event loop has become overloaded. */
    public long storms() {
        return sum(LoopMetrics::storms);
    }

    /** Returns how many event loops are overloaded now. */
    public long loopsInStorm() {
        return sum(loop -> loop.isInStorm() ? 1 : 0);
    }

    /** Returns how many batches of recommends were scored. */
    public long batches() {
        return sum(LoopMetrics::batches);
    }

    /** Returns how many recommends were in those batches. */
    public long batchedRequests() {
        return sum(LoopMetrics::batched);
    }

    private long sum(ToLongFunction<LoopMetrics> figure) {
        return loops.stream().mapToLong(figure).sum();
    }
}
