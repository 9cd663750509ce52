package io.magpie.server.verb;

import io.magpie.server.config.ServerConfiguration.Overload;
import io.magpie.server.metrics.Verb;
import java.util.Arrays;

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
 * and may last {@code burst}; once every turn has had more than half of {@code wait} to do for as long as that, the queue is
 * standing and the limit is {@code wait}, until nothing had to be shed for as long. What a turn had to do is
 * what it took, and what it left lying because a connection had had its turn: a queue that nobody has looked at is one too.
 * While it stands, turns leave nothing lying (see the connection), so that the queue is as short as it looks.
 *
 * <p>Bursts are paid for: turns longer than {@code wait} use up what bursts may last, and it comes back slowly while no queue
 * stands. When it is used up, the limit is {@code wait} at once. Else a load of just what can be served, whose queue comes and
 * goes all the time, would wait as in a burst most of the time.
 *
 * <p>Then half of {@code wait} is for whoever comes first. Beyond that each connection has its equal share of {@code wait}:
 * one that floods, and is read first, finds its requests shed, and the others do not. Where the same ones ask turn by turn,
 * shares add up to {@code wait}; for those that come new to it there is as much room again, and no more. Shares waste
 * nothing: what nobody takes makes the turn shorter, and the next one begins sooner. Of its requests a connection's share goes
 * to those that came last (adaptive LIFO; Maurer, "Fail at Scale", 2015): the others have waited for the turn before already.
 *
 * <p>Costs are learnt a verb: nanoseconds a unit of work (see the callers), as a moving average. What a batch took is split
 * in proportion to what was predicted for its requests.
 */
final class Admission {
    private static final int VERBS = Verb.values().length;
    /** A dozen measurements make most of the average: quick to learn, not moved much by one stall. */
    private static final double NEW_SHARE = 1.0 / 8;
    /** One measurement counts at most as so many times what was predicted: a stall of the machine is no cost. */
    private static final double MOST_SURPRISE = 2;

    /**
     * How much of the time without a queue pays for bursts. Simulated with a service time that changes between 68 and 100 us and
     * a load between the two, the 99th percentile of waits is 11 to 13 ms so, 13 to 17 ms with twice as much, 20 to 25 ms where
     * each burst may last; five stalls of 10 ms a second at four fifths of capacity have 1.1 % refused, 0.3 % with twice as much.
     */
    private static final double CALM_SHARE = 1.0 / 16;

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
    private boolean leftSome;
    private double leftNanos;
    private boolean queueStands;
    private long standsSinceNanos;
    private double spareNanos;
    private long turnEndNanos;
    private boolean storm;
    private boolean shed;
    private long lastShedNanos;
    private long predictedWaitNanos;

    Admission(Overload limits) {
        waitNanos = limits.mostWait().toNanos();
        burstNanos = Math.max(waitNanos, limits.burst().toNanos());
        spareNanos = burstNanos;
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
            leftSome = false;
            leftNanos = 0;
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
        if (!hasRoom(verb, units, nowNanos, deadlineNanos, share)) {
            return false;
        }
        taken++;
        share.add(predictedNanos(verb, units));
        return true;
    }

    /**
     * Returns whether a request would be taken if it was so much work; it is shed if not. What is not known yet to be more than
     * one unit is shed unread so.
     */
    boolean hasRoom(Verb verb, long units, long nowNanos, long deadlineNanos, Share share) {
        if (share.begins(turn)) {
            asking++;
        }
        double wait = spentNanos + batchNanos;
        predictedWaitNanos = (long) wait;
        double cost = predictedNanos(verb, units);
        double room = room(wait, share, cost);
        boolean late = nowNanos + batchNanos >= deadlineNanos;
        boolean leavesIt = storm && share.behind() > 0 && (share.behind() + 1) * cost > room;
        if (waitNanos > 0 && (leavesIt || taken > 0 && (late || cost > room))) {
            shed = true;
            return false;
        }
        return true;
    }

    /** Returns how much work of a connection the turn may still take. */
    private double room(double wait, Share share, double cost) {
        double forAll = storm ? waitNanos / 2.0 : Math.max(waitNanos, spareNanos);
        double most = waitNanos + (storm ? waitNanos : forAll);
        double equal = (double) waitNanos / Math.max(1, Math.max(asking, askingBefore));
        return Math.max(forAll - wait, Math.min(most - wait, Math.max(cost, equal) - share.nanos()));
    }

    /**
     * A connection's turn ended before all that was read of it was looked at: the rest waits for the next.
     *
     * @param share        of the connection
     * @param handledBytes bytes of its requests in this turn
     * @param leftBytes    bytes that were read and not looked at
     */
    void leaves(Share share, long handledBytes, long leftBytes) {
        leftSome = true;
        // What lies there is taken for more of the same.
        leftNanos += share.nanos(turn) * leftBytes / Math.max(1, handledBytes);
    }

    /** Returns how long the request that was decided on last would have waited, in nanoseconds. */
    long predictedWaitNanos() {
        return predictedWaitNanos;
    }

    /** Returns how long the batch will take, as predicted, in nanoseconds. */
    double batchNanos() {
        return batchNanos;
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
        lookForQueue();
        boolean spareIsUsedUp = payForBurst(nowNanos);
        if (storm) {
            storm = queueStands || nowNanos - lastShedNanos < burstNanos;
        } else if (spareIsUsedUp || queueStands && nowNanos - standsSinceNanos > burstNanos) {
            storm = true;
            lastShedNanos = nowNanos;
        }
    }

    private void lookForQueue() {
        if (spentNanos + leftNanos > waitNanos / 2.0) {
            if (!queueStands) {
                queueStands = true;
                standsSinceNanos = turnNanos;
            }
        } else if (!leftSome) {
            queueStands = false; // a rest that is getting short is still the end of a long queue
        }
    }

    /** Returns whether the turn was longer than can be paid for. */
    private boolean payForBurst(long nowNanos) {
        if (!queueStands) {
            double calmNanos = Math.max(0, nowNanos - turnEndNanos);
            spareNanos = Math.min(burstNanos, spareNanos + CALM_SHARE * calmNanos);
        }
        turnEndNanos = nowNanos;
        if (spentNanos <= waitNanos) {
            return false;
        }
        spareNanos = Math.max(0, spareNanos - spentNanos);
        return spareNanos == 0;
    }

    /** Returns the predicted cost of a request, in nanoseconds. */
    double predictedNanos(Verb verb, long units) {
        return units * nanosAUnit[verb.ordinal()];
    }
}
