package io.magpie.core.index;

import java.util.Arrays;

/**
 * An order of rows, and where it is cut into groups. Rows of about the same bias lie together in a bin, in it by norm,
 * descending; a group's norms are nearly equal, and it never reaches into another bin. Groups are numbered best first:
 * by largest norm plus largest bias, which is what a query of norm one can find there at most.
 *
 * <p>Where biases vary little beside norms, few bins are best: each has a head of large norms that a query must look
 * into. Where they vary much, many are. The number of bins is the one with which, by the bounds, queries with a strict,
 * a common and a weak threshold look at least. Immutable.
 */
final class RowOrder {
    /** A group ends where norms fall below this share of its first. */
    private static final double NORM_RATIO = 0.95;

    private static final int BLOCK = BlockCodes.BLOCK;
    private static final int MOST_BINS = 16;
    private static final int ROWS_IN_BIN = 2048;
    /** Shares of the rows that queries leave to be looked at, at the least, when groups are judged. */
    private static final double[] SHARES = {0.002, 0.02, 0.2};
    /** Thresholds and factors of a group cost a query about as much as so many blocks of codes. */
    private static final int BLOCKS_WORTH_A_GROUP = 4;

    private final int[] sorted;
    /** Of each group its first position, in the order of positions; and the end of the last. */
    private final int[] starts;
    /** Of each group, its place in {@link #starts}. */
    private final int[] places;
    /** Of each group, its largest norm and bias. */
    private final double[] values;

    private RowOrder(RowList rows, double[] norms, int[] sorted, int[] starts) {
        this.sorted = sorted;
        this.starts = starts;
        int groups = starts.length - 1;
        double[] byPlace = new double[groups];
        for (int place = 0; place < groups; place++) {
            byPlace[place] = norms[sorted[starts[place]]] + largestBias(rows, sorted, starts[place], starts[place + 1]);
        }
        Integer[] best = new Integer[groups];
        Arrays.setAll(best, place -> place);
        Arrays.sort(best, (a, b) -> Double.compare(byPlace[b], byPlace[a]));
        places = Arrays.stream(best).mapToInt(Integer::intValue).toArray();
        values = Arrays.stream(places).mapToDouble(place -> byPlace[place]).toArray();
    }

    /**
     * Orders rows.
     *
     * @param norms of each row, at least its norm
     */
    static RowOrder of(RowList rows, double[] norms) {
        int n = norms.length;
        long[] byBias = new long[n];
        boolean same = true;
        for (int i = 0; i < n; i++) {
            byBias[i] = (long) descending(rows.bias(i)) << 32 | i;
            same &= rows.bias(i) == rows.bias(0);
        }
        if (same) {
            return binned(rows, norms, byBias, 1);
        }
        Arrays.sort(byBias);
        double[] thresholds = thresholds(rows, norms);
        RowOrder best = null;
        double least = Double.POSITIVE_INFINITY;
        for (int bins = 1; bins == 1 || bins <= Math.min(MOST_BINS, n / ROWS_IN_BIN); bins *= 2) {
            RowOrder order = binned(rows, norms, byBias, bins);
            double cost = order.cost(thresholds);
            if (cost < least) {
                least = cost;
                best = order;
            }
        }
        return best;
    }

    private static RowOrder binned(RowList rows, double[] norms, long[] byBias, int bins) {
        int n = norms.length;
        int[] sorted = new int[n];
        long[] byNorm = new long[n];
        int[] starts = new int[n / BLOCK + bins * 2 + 1];
        int groups = 0;
        for (int bin = 0; bin < bins; bin++) {
            int from = (int) ((long) n * bin / bins);
            int end = (int) ((long) n * (bin + 1) / bins);
            for (int i = from; i < end; i++) {
                int row = (int) byBias[i];
                byNorm[i] = (long) descending((float) norms[row]) << 32 | row;
            }
            Arrays.sort(byNorm, from, end);
            for (int i = from; i < end; i++) {
                sorted[i] = (int) byNorm[i];
            }
            while (from < end) {
                starts[groups++] = from;
                from = endOfGroup(sorted, norms, from, end);
            }
        }
        starts[groups] = n;
        return new RowOrder(rows, norms, sorted, Arrays.copyOf(starts, groups + 1));
    }

    private static int endOfGroup(int[] sorted, double[] norms, int from, int end) {
        int most = Math.min(end, from + BlockCodes.MOST_BLOCKS_IN_GROUP * BLOCK);
        double least = NORM_RATIO * norms[sorted[from]];
        int to = Math.min(end, from + BLOCK);
        while (to < most) {
            int next = Math.min(most, to + BLOCK);
            if (norms[sorted[next - 1]] < least) {
                break;
            }
            to = next;
        }
        return to;
    }

    /** Returns what the given shares of rows exceed by norm and bias. */
    private static double[] thresholds(RowList rows, double[] norms) {
        double[] values = new double[norms.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = norms[i] + rows.bias(i);
        }
        Arrays.sort(values);
        double[] thresholds = new double[SHARES.length];
        for (int i = 0; i < thresholds.length; i++) {
            thresholds[i] = values[(int) ((1 - SHARES[i]) * (values.length - 1))];
        }
        return thresholds;
    }

    /** Returns what queries with these thresholds have to look at, each relative to what there is for it. */
    private double cost(double[] thresholds) {
        double cost = 0;
        for (int i = 0; i < thresholds.length; i++) {
            double blocks = 0;
            for (int group = 0; group < groups() && values[group] > thresholds[i]; group++) {
                blocks += blocks(group) + BLOCKS_WORTH_A_GROUP;
            }
            cost += blocks / (SHARES[i] * sorted.length);
        }
        return cost;
    }

    /** Returns an integer that sorts as the float does, the other way round. */
    static int descending(float value) {
        int bits = Float.floatToIntBits(value);
        return ~(bits ^ (bits >> 31 & Integer.MAX_VALUE));
    }

    private static double largestBias(RowList rows, int[] sorted, int from, int to) {
        double largest = Double.NEGATIVE_INFINITY;
        for (int i = from; i < to; i++) {
            largest = Math.max(largest, rows.bias(sorted[i]));
        }
        return largest;
    }

    int groups() {
        return places.length;
    }

    /** Returns how many rows a group has. */
    int size(int group) {
        return starts[places[group] + 1] - starts[places[group]];
    }

    /** Returns how many blocks a group fills, the last of them perhaps in part. */
    int blocks(int group) {
        return (size(group) + BLOCK - 1) / BLOCK;
    }

    /** Returns the {@code i}-th row of a group, by its number in the list. */
    int row(int group, int i) {
        return sorted[starts[places[group]] + i];
    }
}
