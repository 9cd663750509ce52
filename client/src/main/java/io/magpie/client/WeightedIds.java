package io.magpie.client;

import java.util.Arrays;

/** Ids, each with a number. Immutable. */
final class WeightedIds {
    static final WeightedIds NONE = new WeightedIds(new long[0], new double[0]);

    private final long[] ids;
    private final double[] values;

    private WeightedIds(long[] ids, double[] values) {
        this.ids = ids;
        this.values = values;
    }

    /** Returns these and more, each with the same number. */
    WeightedIds plus(double value, long... more) {
        long[] allIds = Arrays.copyOf(ids, ids.length + more.length);
        System.arraycopy(more, 0, allIds, ids.length, more.length);
        double[] allValues = Arrays.copyOf(values, allIds.length);
        Arrays.fill(allValues, values.length, allValues.length, value);
        return new WeightedIds(allIds, allValues);
    }

    int count() {
        return ids.length;
    }

    long id(int index) {
        return ids[index];
    }

    double value(int index) {
        return values[index];
    }
}
