package io.magpie.server.metrics;

import io.magpie.protocol.Status;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.SingleWriterRecorder;

/**
 * Counters and latencies of one event loop. The writing methods are that loop's alone and allocate nothing; any thread
 * may read through {@link ServerMetrics}.
 */
public final class LoopMetrics {
    /** Longest latency told apart; longer ones count as this. */
    static final long HIGHEST_NANOS = TimeUnit.MINUTES.toNanos(1);
    /** Two digits: a percentile is right to one part in a hundred, and a histogram takes 30 KiB. */
    static final int DIGITS = 2;

    private static final int BATCHES = 0;
    private static final int BATCHED = 1;
    private static final int OPENED = 2;
    private static final int CLOSED = 3;
    private static final int REFUSED = 4;
    private static final int STORMS = 5;
    private static final int STORM = 6;
    private static final int COUNTERS = 7;

    private final SingleWriterRecorder[] recorders = new SingleWriterRecorder[Verb.values().length];
    private final Histogram[] intervals = new Histogram[recorders.length];
    private final StageTimer stages = new StageTimer();
    private final long threadId = Thread.currentThread().getId();
    private final AtomicLongArray errors = new AtomicLongArray(Status.values().length);
    private final AtomicLongArray counters = new AtomicLongArray(COUNTERS);

    /** Creates counters that stand at zero, for the calling thread. */
    public LoopMetrics() {
        for (int i = 0; i < recorders.length; i++) {
            recorders[i] = new SingleWriterRecorder(HIGHEST_NANOS, DIGITS);
        }
    }

    /** Counts an answer and the time from the arrival of its request to its flush. */
    public void answered(Verb verb, long nanos) {
        recorders[verb.ordinal()].recordValue(Math.max(0, Math.min(nanos, HIGHEST_NANOS)));
    }

    /** Returns what times the stages of requests. */
    public StageTimer stages() {
        return stages;
    }

    /** Returns the event loop's thread. */
    long threadId() {
        return threadId;
    }

    /** Counts an answer that was an error. */
    public void failed(Status status) {
        add(errors, status.ordinal(), 1);
    }

    /** Counts a batch of recommends that were scored together. */
    public void batch(int requests) {
        add(counters, BATCHES, 1);
        add(counters, BATCHED, requests);
    }

    /** Says that the loop has become overloaded, or that it no longer is. */
    public void storm(boolean begins) {
        add(counters, STORM, begins ? 1 : -1);
        add(counters, STORMS, begins ? 1 : 0);
    }

    /** Counts a new connection. */
    public void connectionOpened() {
        add(counters, OPENED, 1);
    }

    /** Counts a connection that was refused because there were too many. */
    public void connectionRefused() {
        add(counters, REFUSED, 1);
    }

    /** Counts a connection that ended. */
    public void connectionClosed() {
        add(counters, CLOSED, 1);
    }

    long storms() {
        return counters.get(STORMS);
    }

    boolean isInStorm() {
        return counters.get(STORM) != 0;
    }

    long batches() {
        return counters.get(BATCHES);
    }

    long batched() {
        return counters.get(BATCHED);
    }

    long opened() {
        return counters.get(OPENED);
    }

    long closed() {
        return counters.get(CLOSED);
    }

    long refused() {
        return counters.get(REFUSED);
    }

    long errors(Status status) {
        return errors.get(status.ordinal());
    }

    /** Adds what was recorded since the last call. One reader at a time. */
    void drainInto(Histogram[] totals) {
        for (int i = 0; i < recorders.length; i++) {
            intervals[i] = recorders[i].getIntervalHistogram(intervals[i]);
            totals[i].add(intervals[i]);
        }
    }

    /** One writer, so no atomic addition is needed; readers see it soon. */
    private static void add(AtomicLongArray counters, int index, long amount) {
        counters.lazySet(index, counters.getPlain(index) + amount);
    }
}
