package io.magpie.core.engine;

import java.util.Arrays;

/** Items with a strength each, as a request lists them. Grows and is reused. Not thread-safe. */
final class WeightedItems {
    private long[] ids = new long[8];
    private double[] strengths = new double[8];
    private int count;

    void clear() {
        count = 0;
    }

    void add(long itemId, double strength) {
        if (count == ids.length) {
            ids = Arrays.copyOf(ids, 2 * count);
            strengths = Arrays.copyOf(strengths, 2 * count);
        }
        ids[count] = itemId;
        strengths[count++] = strength;
    }

    int count() {
        return count;
    }

    long id(int index) {
        return ids[index];
    }

    double strength(int index) {
        return strengths[index];
    }
}
