package io.magpie.core.ranking;

import java.util.Arrays;

/**
 * Items with their scores, in an order. Grows and is reused; adding allocates nothing once it has grown. Not thread-safe.
 */
public final class RankedItems {
    private long[] ids = new long[32];
    private float[] scores = new float[32];
    private int count;

    /** Empties it. */
    public void clear() {
        count = 0;
    }

    /** Adds an item at the end. */
    public void add(long itemId, float score) {
        if (count == ids.length) {
            ids = Arrays.copyOf(ids, 2 * count);
            scores = Arrays.copyOf(scores, 2 * count);
        }
        ids[count] = itemId;
        scores[count++] = score;
    }

    /** Returns how many items it holds. */
    public int count() {
        return count;
    }

    /** Returns the unsigned 64-bit id of the item at {@code rank}, from 0. */
    public long id(int rank) {
        return ids[rank];
    }

    /** Returns the ids, of which the first {@link #count()} are the items': its own array, until the next change. */
    public long[] ids() {
        return ids;
    }

    /** Returns the score of the item at {@code rank}, from 0. */
    public float score(int rank) {
        return scores[rank];
    }

    /** Returns whether one item comes before another: score descending, then id ascending as unsigned. */
    public static boolean isBefore(float score, long itemId, float otherScore, long otherId) {
        return score > otherScore || score == otherScore && Long.compareUnsigned(itemId, otherId) < 0;
    }

    /** Brings it in order, best first. The result does not depend on the order before. */
    public void sort() {
        // A heap sort: in place, and at its worst as fast as ever.
        for (int i = count / 2 - 1; i >= 0; i--) {
            down(i, count);
        }
        for (int end = count - 1; end > 0; end--) {
            swap(0, end);
            down(0, end);
        }
    }

    /** Puts the item at {@code order[i]} at rank i, for the first {@code length} ranks. */
    void permute(int[] order, int length, RankedItems scratch) {
        scratch.clear();
        for (int i = 0; i < length; i++) {
            scratch.add(ids[order[i]], scores[order[i]]);
        }
        System.arraycopy(scratch.ids, 0, ids, 0, length);
        System.arraycopy(scratch.scores, 0, scores, 0, length);
    }

    /** The heap has the last item of the order on top. */
    private void down(int from, int end) {
        int at = from;
        int child = 2 * at + 1;
        while (child < end) {
            if (child + 1 < end && isBefore(scores[child], ids[child], scores[child + 1], ids[child + 1])) {
                child++;
            }
            if (!isBefore(scores[at], ids[at], scores[child], ids[child])) {
                return;
            }
            swap(at, child);
            at = child;
            child = 2 * at + 1;
        }
    }

    private void swap(int a, int b) {
        long id = ids[a];
        ids[a] = ids[b];
        ids[b] = id;
        float score = scores[a];
        scores[a] = scores[b];
        scores[b] = score;
    }
}
