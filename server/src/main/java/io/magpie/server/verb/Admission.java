package io.magpie.server.verb;

import io.magpie.server.config.ServerConfiguration.Overload;
import io.magpie.server.metrics.Verb;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/**
 * Decides for one event loop which requests it begins and which it sheds, so that those that it takes are answered in time
 * and no queue builds up. Used by that loop's thread alone; allocates nothing; time is given, never looked at.
 *
 * <p>A loop reads in each turn all that has arrived, so what a request waits for is the work that its turn has taken before
 * it. A request is taken if this wait and its own predicted cost fit the limit. Work is counted, not time that has passed:
 * when the machine gives the loop no processor for a while, shedding what arrived meanwhile would only waste the next. The
 * first of a turn waits for nothing and is always taken: so work goes on whatever was predicted, and predictions are
 * corrected. Changes are always taken, and counted: whoever reads a turn's answers waits for them. Long lists of changes are
 * not even counted: they come from bulk loads, which have few of them on the way and wait for the answers.
 *
 * <p>Two limits, after CoDel (Nichols and Jacobson, "Controlling queue delay", 2012): waits that come and go are a burst
 * and may last {@code burst}; once every turn has taken more than half of {@code wait} for as long as that, the queue is standing
 * and the limit is {@code wait}, until nothing had to be shed for {@value #CALM_SECONDS} s.
 *
 * <p>As much room again as {@code wait} is kept for connections that have had less of the turn than their equal share: one
 * that floods, and is read first, finds its requests shed, and the others do not. So a turn takes at most both together.
 *
 * <p>Costs are learnt a verb: nanoseconds a unit of work (see the callers), as a moving average. What a batch took is split
 * in proportion to what was predicted for its requests.
 */
final class Admission {
    static final int CALM_SECONDS = 1;

    private static final long CALM_NANOS = TimeUnit.SECONDS.toNanos(CALM_SECONDS);
    private static final int VERBS = Verb.values().length;
    /** A dozen measurements make most of the average: quick to learn, not moved much by one stall. */
    private static final double NEW_SHARE = 1.0 / 8;
    /** One measurement counts at most as so many times what was predicted: a stall of the machine is no cost. */
    private static final double MOST_SURPRISE = 2;

    private static final double FIRST_NANOS = 20_000;
    private static final double LEAST_NANOS = 50;

    private final long waitNanos;
    private final long burstNanos;
    private final double[] nanosAUnit = new double[VERBS];
    private final long[] batchUnits = new long[VERBS];

    private double batchNanos;
    private boolean turnIsOpen;
    private long turnNanos;
    private long turn;
    private int asking;
    private int askingBefore;
    private int taken;
    private double spentNanos;
    private boolean queueStands;
    private long standsSinceNanos;
    private boolean storm;
    private boolean shed;
    private long lastShedNanos;
    private long predictedWaitNanos;

    Admission(Overload limits) {
        waitNanos = limits.mostWait().toNanos();
        burstNanos = Math.max(waitNanos, limits.burst().toNanos());
        Arrays.fill(nanosAUnit, FIRST_NANOS);
    }

    /** Something arrived; if it is the first of a turn, the turn began then. */
    void arrived(long arrivalNanos) {
        if (!turnIsOpen) {
            turnIsOpen = true;
            turnNanos = arrivalNanos;
            taken = 0;
            shed = false;
            spentNanos = 0;
            turn++;
            askingBefore = asking;
            asking = 0;
        }
    }

    /**
     * Decides on a request; one that is taken must be begun now, or put into the batch.
     *
     * @param units         how much work it is
     * @param nowNanos      the time, or less where there is no deadline
     * @param deadlineNanos by when it must be begun to be of use, or {@link Long#MAX_VALUE}
     * @param share         of the connection that asks
     */
    boolean isTaken(Verb verb, long units, long nowNanos, long deadlineNanos, Share share) {
        if (share.begins(turn)) {
            asking++;
        }
        double wait = spentNanos + batchNanos;
        predictedWaitNanos = (long) wait;
        double cost = predictedNanos(verb, units);
        long limit = storm ? waitNanos : burstNanos;
        boolean late = nowNanos + batchNanos >= deadlineNanos;
        if (waitNanos > 0 && taken > 0 && (late || wait + cost > limit && !isOwed(share, wait + cost - limit, cost))) {
            shed = true;
            return false;
        }
        taken++;
        share.add(cost);
        return true;
    }

    /** Whether a connection has had so little that it is served beyond the limit. */
    private boolean isOwed(Share share, double beyond, double cost) {
        double equal = (double) waitNanos / Math.max(1, Math.max(asking, askingBefore));
        return beyond <= waitNanos && share.nanos() + cost <= Math.max(cost, equal);
    }

    /** Returns how long the request that was decided on last would have waited, in nanoseconds. */
    long predictedWaitNanos() {
        return predictedWaitNanos;
    }

    /** Returns whether only short waits are allowed, because the queue was standing. */
    boolean isStorm() {
        return storm;
    }

    /** A request that was taken is begun at once. */
    void begun(Verb verb, long units) {
        spentNanos += predictedNanos(verb, units);
    }

    /** A request that was taken waits in the batch. */
    void batched(Verb verb, long units) {
        batchUnits[verb.ordinal()] += units;
        batchNanos += predictedNanos(verb, units);
    }

    /** The batch was answered, and took so long. */
    void batchAnswered(long nanos) {
        if (batchNanos > 0) {
            double ratio = Math.min(MOST_SURPRISE, nanos / batchNanos);
            spentNanos += ratio * batchNanos;
            for (int verb = 0; verb < VERBS; verb++) {
                if (batchUnits[verb] > 0) {
                    learn(verb, nanosAUnit[verb] * ratio);
                    batchUnits[verb] = 0;
                }
            }
        }
        batchNanos = 0;
    }

    /** A request that was begun at once took so long. */
    void answered(Verb verb, long units, long nanos) {
        double seen = (double) nanos / units;
        learn(verb.ordinal(), Math.min(MOST_SURPRISE * nanosAUnit[verb.ordinal()], seen));
    }

    private void learn(int verb, double seen) {
        nanosAUnit[verb] = Math.max(LEAST_NANOS, nanosAUnit[verb] + NEW_SHARE * (seen - nanosAUnit[verb]));
    }

    /** Everything of the turn is answered. */
    void endTurn(long nowNanos) {
        if (!turnIsOpen) {
            return;
        }
        turnIsOpen = false;
        if (waitNanos == 0) {
            return;
        }
        if (shed) {
            lastShedNanos = nowNanos;
        }
        if (spentNanos <= waitNanos / 2.0) {
            queueStands = false;
        } else if (!queueStands) {
            queueStands = true;
            standsSinceNanos = turnNanos;
        }
        if (storm) {
            storm = nowNanos - lastShedNanos < CALM_NANOS;
        } else if (queueStands && nowNanos - standsSinceNanos > burstNanos) {
            storm = true;
            lastShedNanos = nowNanos;
        }
    }

    /** Returns the predicted cost of a request, in nanoseconds. */
    double predictedNanos(Verb verb, long units) {
        return units * nanosAUnit[verb.ordinal()];
    }
}
