package io.magpie.server.cli;

import java.util.Arrays;

/**
 * What {@code eval} checks answers against: every item scored in plain Java as the score is defined, the best kept in order.
 * Shares nothing with the index or its kernels. The oracle of the tests says the same, in a loop and a sort that take ten
 * times as long; a test holds the two together bit by bit. An item's id is its row. Owned by one thread.
 */
final class FullScan {
    private final float[] items;
    private final int rows;
    private final int dimension;
    /** Min-heap of the best so far; see {@link #key}. */
    private final long[] best;

    private final double[] wide;

    /**
     * @param items {@code float32[rows][dimension]}
     * @param top   how many to keep, at most {@code rows}
     */
    FullScan(float[] items, int rows, int dimension, int top) {
        this.items = items;
        this.rows = rows;
        this.dimension = dimension;
        best = new long[top];
        wide = new double[dimension];
    }

    /**
     * Finds the best items: score descending, then row ascending.
     *
     * @param query  {@code float32[dimension]}
     * @param ids    {@code int[top]}, overwritten
     * @param scores {@code float32[top]}, overwritten
     */
    void search(float[] query, int[] ids, float[] scores) {
        int top = best.length;
        for (int i = 0; i < dimension; i++) {
            wide[i] = query[i];
        }
        for (int row = 0; row < rows; row++) {
            long key = key(score(row * dimension), row);
            if (row < top) {
                best[row] = key;
                if (row == top - 1) {
                    Arrays.sort(best);
                }
            } else if (key > best[0]) {
                replaceWorst(key);
            }
        }
        Arrays.sort(best);
        for (int rank = 0; rank < top; rank++) {
            long key = best[top - 1 - rank];
            int sortable = (int) (key >> 32);
            ids[rank] = ~(int) key;
            scores[rank] = Float.intBitsToFloat(sortable >= 0 ? sortable : sortable ^ 0x7FFF_FFFF);
        }
    }

    /** The eight accumulators of the definition by name: in an array they cost three times as much. */
    private float score(int offset) {
        double a0 = 0;
        double a1 = 0;
        double a2 = 0;
        double a3 = 0;
        double a4 = 0;
        double a5 = 0;
        double a6 = 0;
        double a7 = 0;
        int i = 0;
        for (; i + 7 < dimension; i += 8) {
            int at = offset + i;
            a0 += wide[i] * items[at];
            a1 += wide[i + 1] * items[at + 1];
            a2 += wide[i + 2] * items[at + 2];
            a3 += wide[i + 3] * items[at + 3];
            a4 += wide[i + 4] * items[at + 4];
            a5 += wide[i + 5] * items[at + 5];
            a6 += wide[i + 6] * items[at + 6];
            a7 += wide[i + 7] * items[at + 7];
        }
        int rest = dimension - i;
        a0 += product(rest, 0, offset, i);
        a1 += product(rest, 1, offset, i);
        a2 += product(rest, 2, offset, i);
        a3 += product(rest, 3, offset, i);
        a4 += product(rest, 4, offset, i);
        a5 += product(rest, 5, offset, i);
        a6 += product(rest, 6, offset, i);
        return (float) (((a0 + a4) + (a2 + a6)) + ((a1 + a5) + (a3 + a7))) + 0.0f;
    }

    /** A component behind the last whole eight, or 0: no sum that began with +0 changes by adding it. */
    private double product(int rest, int ahead, int offset, int i) {
        return ahead < rest ? wide[i + ahead] * items[offset + i + ahead] : 0.0;
    }

    /** Orders as answers are ordered: a better item has a greater key. The score is never NaN and never -0. */
    private static long key(float score, int row) {
        int bits = Float.floatToIntBits(score);
        int sortable = bits >= 0 ? bits : bits ^ 0x7FFF_FFFF;
        return (long) sortable << 32 | ~row & 0xFFFF_FFFFL;
    }

    private void replaceWorst(long key) {
        int at = 0;
        int half = best.length >>> 1;
        while (at < half) {
            int child = 2 * at + 1;
            if (child + 1 < best.length && best[child + 1] < best[child]) {
                child++;
            }
            if (best[child] >= key) {
                break;
            }
            best[at] = best[child];
            at = child;
        }
        best[at] = key;
    }
}
