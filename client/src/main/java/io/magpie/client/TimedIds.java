package io.magpie.client;

import java.util.Arrays;

/** Ids, each with a number and the time in which it holds. Immutable. */
final class TimedIds {
    static final TimedIds NONE = new TimedIds(WeightedIds.NONE, new long[0], new long[0]);

    private final WeightedIds ids;
    private final long[] fromMillis;
    private final long[] untilMillis;

    private TimedIds(WeightedIds ids, long[] fromMillis, long[] untilMillis) {
        this.ids = ids;
        this.fromMillis = fromMillis;
        this.untilMillis = untilMillis;
    }

    /** Returns these and one more. */
    TimedIds plus(long id, double value, long from, long until) {
        int count = ids.count();
        long[] allFrom = Arrays.copyOf(fromMillis, count + 1);
        long[] allUntil = Arrays.copyOf(untilMillis, count + 1);
        allFrom[count] = from;
        allUntil[count] = until;
        return new TimedIds(ids.plus(value, id), allFrom, allUntil);
    }

    int count() {
        return ids.count();
    }

    long id(int index) {
        return ids.id(index);
    }

    double value(int index) {
        return ids.value(index);
    }

    long fromMillis(int index) {
        return fromMillis[index];
    }

    long untilMillis(int index) {
        return untilMillis[index];
    }
}
