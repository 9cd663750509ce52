package io.magpie.core.engine;

import io.magpie.core.fusion.Decay;

/** A copy of what is popular, best first. Reused; not thread-safe; owned by the thread that made it. */
final class PopularItems {
    private final long[] ids;
    private final double[] counts;
    private final long[] times;
    private int count;
    private long halfLifeMillis;

    PopularItems(int capacity) {
        ids = new long[capacity];
        counts = new double[capacity];
        times = new long[capacity];
    }

    void copyFrom(long[] fromIds, double[] fromCounts, long[] fromTimes, int length) {
        count = Math.min(length, ids.length);
        System.arraycopy(fromIds, 0, ids, 0, count);
        System.arraycopy(fromCounts, 0, counts, 0, count);
        System.arraycopy(fromTimes, 0, times, 0, count);
    }

    void halfLifeMillis(long millis) {
        halfLifeMillis = millis;
    }

    int count() {
        return count;
    }

    long id(int rank) {
        return ids[rank];
    }

    /** Returns what is left of an item's count at a time. An event ahead of that time counts in full. */
    double amount(int rank, long nowMillis) {
        return counts[rank] * Decay.factor(nowMillis - times[rank], halfLifeMillis);
    }
}
