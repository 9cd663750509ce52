package io.magpie.core.ranking;

import java.util.Arrays;

/**
 * Items that a request names, each with a number and the time in which it holds. Grows and is reused. Not thread-safe.
 */
final class TimedItems {
    private long[] ids = new long[8];
    private double[] values = new double[8];
    private long[] fromMillis = new long[8];
    private long[] untilMillis = new long[8];
    private int count;

    void clear() {
        count = 0;
    }

    int count() {
        return count;
    }

    void add(long itemId, double value, long from, long until) {
        if (count == ids.length) {
            ids = Arrays.copyOf(ids, 2 * count);
            values = Arrays.copyOf(values, 2 * count);
            fromMillis = Arrays.copyOf(fromMillis, 2 * count);
            untilMillis = Arrays.copyOf(untilMillis, 2 * count);
        }
        ids[count] = itemId;
        values[count] = value;
        fromMillis[count] = from;
        untilMillis[count++] = until;
    }

    long id(int index) {
        return ids[index];
    }

    double value(int index) {
        return values[index];
    }

    /** Returns whether it holds at a time: from its first millisecond to before its last. */
    boolean holds(int index, long timeMillis) {
        return fromMillis[index] <= timeMillis && timeMillis < untilMillis[index];
    }
}
