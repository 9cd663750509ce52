package io.magpie.load.generator;

/**
 * Sends what is due. The intended times come from the schedule alone; being late changes none of them. Not thread-safe:
 * belongs to one event loop.
 */
final class Pacer {
    /** Said by {@link #turn()} when every request of the schedule has been sent, or the run is over. */
    static final long DONE = -1;

    /** Said by {@link #turn()} when requests are due and no connection has room for one. */
    static final long NO_ROOM = -2;

    /**
     * Most requests sent in one turn, so that answers are read while a backlog is worked off: reading late would count
     * the generator's own delay as the server's.
     */
    static final int BURST = 32;

    private final ArrivalSchedule schedule;
    private final NanoClock clock;
    private final RequestSink sink;
    private final LoadRecorder recorder;
    private final long startNanos;
    private final long endNanos;
    private final long patienceNanos;
    private boolean crowded;
    private long nextNanos;

    /**
     * @param startNanos where offset 0 of the schedule lies
     * @param endNanos   requests meant for this time or later are not sent; what is still waiting then is counted unsent
     * @param patienceNanos how late a request may leave; one that would be later is counted unsent. 0: as late as it may be
     */
    Pacer(
            ArrivalSchedule schedule,
            NanoClock clock,
            RequestSink sink,
            LoadRecorder recorder,
            long startNanos,
            long endNanos,
            long patienceNanos) {
        this.patienceNanos = patienceNanos == 0 ? Long.MAX_VALUE : patienceNanos;
        this.schedule = schedule;
        this.clock = clock;
        this.sink = sink;
        this.recorder = recorder;
        this.startNanos = startNanos;
        this.endNanos = endNanos;
        advance();
    }

    /**
     * Sends what is due now.
     *
     * @return nanoseconds until the next request is due, 0 if more is due already, {@link #NO_ROOM}, or {@link #DONE}
     */
    long turn() {
        for (int sent = 0; sent < BURST; ) {
            long now = clock.nanoTime();
            if (nextNanos - endNanos >= 0) {
                return DONE;
            }
            if (nextNanos - now > 0) {
                crowded = false;
                return nextNanos - now;
            }
            if (now - nextNanos > patienceNanos) {
                giveUp(now);
                continue;
            }
            if (!sink.trySend(nextNanos)) {
                crowded = true;
                if (now - endNanos >= 0) {
                    abandon();
                    return DONE;
                }
                return NO_ROOM;
            }
            recorder.sent(nextNanos, now, crowded);
            advance();
            sent++;
        }
        return 0;
    }

    private void giveUp(long now) {
        while (now - nextNanos > patienceNanos && nextNanos - endNanos < 0) {
            recorder.unsent(nextNanos, crowded);
            advance();
        }
    }

    /** Counts all that is left as unsent. */
    void abandon() {
        while (nextNanos - endNanos < 0) {
            recorder.unsent(nextNanos, crowded);
            advance();
        }
    }

    private void advance() {
        nextNanos = startNanos + schedule.nextOffsetNanos();
    }
}
