package io.magpie.load.generator;

import io.magpie.protocol.Status;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.SingleWriterRecorder;

/**
 * What one event loop has sent and seen. Requests meant for the time of warming up are let by uncounted: what matters
 * is when a request was meant, not when its answer came.
 *
 * <p>Written by its event loop alone; counters may be read by any thread, the interval by one.
 */
public final class LoadRecorder {
    /** A request that leaves later than this after its time is counted late. */
    public static final long LATE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    static final long HIGHEST_NANOS = TimeUnit.MINUTES.toNanos(10);
    static final int SIGNIFICANT_DIGITS = 3;

    private final SingleWriterRecorder latencies = new SingleWriterRecorder(HIGHEST_NANOS, SIGNIFICANT_DIGITS);
    private final SingleWriterRecorder refusals = new SingleWriterRecorder(HIGHEST_NANOS, SIGNIFICANT_DIGITS);
    private final AtomicLong lastRefusedNanos = new AtomicLong();
    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong late = new AtomicLong();
    private final AtomicLong unsent = new AtomicLong();
    private final AtomicLong crowdedOut = new AtomicLong();
    private final SingleWriterRecorder lags = new SingleWriterRecorder(HIGHEST_NANOS, SIGNIFICANT_DIGITS);
    private final AtomicLong completed = new AtomicLong();
    private final AtomicLong errors = new AtomicLong();
    private final AtomicLong malformed = new AtomicLong();
    private final AtomicLong unexpected = new AtomicLong();
    private final AtomicLong disconnected = new AtomicLong();
    private final AtomicLong lastAnswerNanos = new AtomicLong();
    private final AtomicLongArray errorsByStatus = new AtomicLongArray(Status.values().length);
    private final SingleWriterRecorder[] kinds;
    private long measureFromNanos;
    private Histogram interval;

    /** @param kindCount kinds of request whose latencies are told apart; below 2, none are */
    LoadRecorder(int kindCount) {
        kinds = new SingleWriterRecorder[kindCount < 2 ? 0 : kindCount];
        for (int i = 0; i < kinds.length; i++) {
            kinds[i] = new SingleWriterRecorder(HIGHEST_NANOS, SIGNIFICANT_DIGITS);
        }
    }

    /** Requests meant for an earlier time are not counted. Called once, by the event loop, before the first request. */
    void measureFrom(long nanos) {
        measureFromNanos = nanos;
        lastAnswerNanos.set(nanos);
        lastRefusedNanos.set(nanos);
    }

    /**
     * A request left.
     *
     * @param crowded whether it, or one before it, had to wait for room on a connection: then it is not the generator that is late
     */
    void sent(long intendedNanos, long nowNanos, boolean crowded) {
        if (isMeasured(intendedNanos)) {
            increment(sent);
            if (!crowded) {
                lags.recordValue(nanos(intendedNanos, nowNanos));
            }
            if (nowNanos - intendedNanos > LATE_NANOS) {
                increment(late);
            }
        }
    }

    /**
     * This one will never leave: it would be too late.
     *
     * @param crowded whether there was no room for it on any connection
     */
    void unsent(long intendedNanos, boolean crowded) {
        if (isMeasured(intendedNanos)) {
            increment(unsent);
            if (crowded) {
                increment(crowdedOut);
            }
        }
    }

    /** The answer to a request of this kind came, and was not an error. */
    void completed(long intendedNanos, long nowNanos, int kind) {
        if (isMeasured(intendedNanos)) {
            increment(completed);
            lastAnswerNanos.setOpaque(nowNanos);
            long nanos = nanos(intendedNanos, nowNanos);
            latencies.recordValue(nanos);
            if (kind < kinds.length) {
                kinds[kind].recordValue(nanos);
            }
        }
    }

    /** The answer was an error. Its time is kept apart: refusing is quick, and would flatter. */
    void error(long intendedNanos, long nowNanos, Status status) {
        if (isMeasured(intendedNanos)) {
            increment(errors);
            if (Measurement.isRefusal(status)) {
                refusals.recordValue(nanos(intendedNanos, nowNanos));
                lastRefusedNanos.setOpaque(Math.max(lastRefusedNanos.getPlain(), intendedNanos));
            }
            errorsByStatus.lazySet(status.ordinal(), errorsByStatus.get(status.ordinal()) + 1);
        }
    }

    /** The answer cannot be read, or is not what such an answer can be. */
    void malformed(long intendedNanos) {
        if (isMeasured(intendedNanos)) {
            increment(malformed);
        }
    }

    /** An answer came that no request waits for. */
    void unexpected() {
        increment(unexpected);
    }

    /** A connection was closed by the other side. */
    void disconnected() {
        increment(disconnected);
    }

    private static long nanos(long intendedNanos, long nowNanos) {
        return Math.max(0, Math.min(HIGHEST_NANOS, nowNanos - intendedNanos));
    }

    private boolean isMeasured(long intendedNanos) {
        return intendedNanos - measureFromNanos >= 0;
    }

    private static void increment(AtomicLong counter) {
        // One writer: no need for a locked instruction.
        counter.setRelease(counter.getPlain() + 1);
    }

    /** Returns the latencies in nanoseconds since the last call; valid until the next one. */
    public Histogram interval() {
        interval = latencies.getIntervalHistogram(interval);
        return interval;
    }

    /** Returns the latencies of one kind in nanoseconds, all of the run; empty if kinds are not told apart. */
    Histogram kind(int kind) {
        return kind < kinds.length
                ? kinds[kind].getIntervalHistogram()
                : new Histogram(HIGHEST_NANOS, SIGNIFICANT_DIGITS);
    }

    /** Returns how long refusals took, in nanoseconds, all of the run. */
    Histogram refusals() {
        return refusals.getIntervalHistogram();
    }

    /** Returns when the last request was meant to be sent that was refused; when measuring began if none was. */
    long lastRefusedNanos() {
        return lastRefusedNanos.get();
    }

    /** Returns how many requests were sent. */
    public long sentCount() {
        return sent.get();
    }

    /** Returns how many of them left more than {@link #LATE_NANOS} after their time. */
    public long lateCount() {
        return late.get();
    }

    /** Returns how many requests were due and could not be sent before the end, or in time. */
    public long unsentCount() {
        return unsent.get();
    }

    /** Returns how many of them had no room on any connection. */
    public long crowdedOutCount() {
        return crowdedOut.get();
    }

    /** Returns how late requests left that did not have to wait for room, in nanoseconds, all of the run. */
    Histogram lags() {
        return lags.getIntervalHistogram();
    }

    /** Returns how many were answered, errors not counted. */
    public long completedCount() {
        return completed.get();
    }

    /** Returns how many were answered by an error. */
    public long errorCount() {
        return errors.get();
    }

    /** Returns how many were answered by an error of this status. */
    public long errorCount(Status status) {
        return errorsByStatus.get(status.ordinal());
    }

    /** Returns how many answers could not be read. */
    public long malformedCount() {
        return malformed.get();
    }

    /** Returns how many answers came that no request waited for. */
    public long unexpectedCount() {
        return unexpected.get();
    }

    /** Returns how many connections were lost. */
    public long disconnectedCount() {
        return disconnected.get();
    }

    /** Returns when the last counted answer came, by the generator's clock. */
    public long lastAnswerNanos() {
        return lastAnswerNanos.get();
    }
}
