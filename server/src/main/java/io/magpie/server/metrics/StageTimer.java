package io.magpie.server.metrics;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.SingleWriterRecorder;

/**
 * Times the stages of one request in {@value #EVERY}. A look at the clock costs some 25 ns and there are five of them to a
 * request: for each request that would be a tenth of a ping, so it is done for a sample, always. The number is prime, so
 * that it keeps in step with no pipeline.
 *
 * <p>The writing methods are the event loop's alone; they allocate only when a verb's stage is timed for the first time.
 * Any thread may read through {@link ServerMetrics}.
 */
public final class StageTimer {
    /** One request in so many is timed; the first one is. */
    public static final int EVERY = 13;

    private static final int STAGES = Stage.values().length;

    private final AtomicReferenceArray<SingleWriterRecorder> recorders =
            new AtomicReferenceArray<>(Verb.values().length * STAGES);
    private final Histogram[] intervals = new Histogram[recorders.length()];
    private int untilRequest;
    private int untilTurn;
    private boolean timing;
    private boolean waited;
    private Verb verb;
    private long arrivalNanos;
    private long lastNanos;

    /**
     * A request is taken up; it is timed or it is not.
     *
     * @param messageType  what is asked
     * @param arrivalNanos {@link System#nanoTime()} when it arrived
     */
    public void begin(int messageType, long arrivalNanos) {
        if (untilRequest > 0) {
            untilRequest--;
            timing = false;
            return;
        }
        untilRequest = EVERY - 1;
        timing = true;
        waited = false;
        verb = Verb.of(messageType);
        this.arrivalNanos = arrivalNanos;
        lastNanos = System.nanoTime();
    }

    /** A stage of the request that was begun last has ended; what passed since the one before is its time. */
    public void mark(Stage stage) {
        if (!timing) {
            return;
        }
        if (!waited) {
            waited = true;
            record(verb, Stage.QUEUE, lastNanos - arrivalNanos);
        }
        long now = System.nanoTime();
        record(verb, stage, now - lastNanos);
        lastNanos = now;
    }

    /**
     * The request was taken into a batch: whoever answers it records its stages.
     *
     * @return nanoseconds since {@link #begin}, or -1 if the request is not timed
     */
    public long leave() {
        if (!timing) {
            return -1;
        }
        timing = false;
        return System.nanoTime() - lastNanos;
    }

    /** Returns whether the flush of this turn is to be timed. */
    public boolean isTurnTimed() {
        if (untilTurn > 0) {
            untilTurn--;
            return false;
        }
        untilTurn = EVERY - 1;
        return true;
    }

    /** Records the time of one stage of one request. */
    public void record(Verb of, Stage stage, long nanos) {
        int index = of.ordinal() * STAGES + stage.ordinal();
        SingleWriterRecorder recorder = recorders.getPlain(index);
        if (recorder == null) {
            recorder = new SingleWriterRecorder(LoopMetrics.HIGHEST_NANOS, LoopMetrics.DIGITS);
            recorders.setRelease(index, recorder);
        }
        recorder.recordValue(Math.max(0, Math.min(nanos, LoopMetrics.HIGHEST_NANOS)));
    }

    /** Adds what was recorded since the last call; {@code totals} are made where missing. One reader at a time. */
    void drainInto(Histogram[][] totals) {
        for (int i = 0; i < intervals.length; i++) {
            SingleWriterRecorder recorder = recorders.getAcquire(i);
            if (recorder != null) {
                intervals[i] = recorder.getIntervalHistogram(intervals[i]);
                Histogram[] stages = totals[i / STAGES];
                if (stages[i % STAGES] == null) {
                    stages[i % STAGES] = new Histogram(LoopMetrics.HIGHEST_NANOS, LoopMetrics.DIGITS);
                }
                stages[i % STAGES].add(intervals[i]);
            }
        }
    }
}
