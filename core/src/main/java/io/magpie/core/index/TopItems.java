package io.magpie.core.index;

import java.util.Arrays;

/**
 * The best items so far, as a heap with the worst on top. The order is the score, descending, then the id, ascending
 * and unsigned; so which items stay does not depend on the order in which they come. Not thread-safe; reusable.
 */
final class TopItems {
    private float[] scores = new float[64];
    private long[] ids = new long[64];
    private int limit;
    private int count;

    /** Empties it. */
    void clear(int newLimit) {
        limit = newLimit;
        count = 0;
    }

    /** Returns whether as many items as were asked for are in. */
    boolean isFull() {
        return count == limit;
    }

    /** Returns how many items are in. */
    int count() {
        return count;
    }

    /** Returns the score that a new item must reach: of the worst item when full, else minus infinity. */
    float threshold() {
        return count == limit ? scores[0] : Float.NEGATIVE_INFINITY;
    }

    /** Offers an item. */
    void offer(long id, float score) {
        if (count < limit) {
            if (count == scores.length) {
                scores = Arrays.copyOf(scores, 2 * count);
                ids = Arrays.copyOf(ids, 2 * count);
            }
            up(count++, id, score);
        } else if (isWorse(scores[0], ids[0], score, id)) {
            down(id, score);
        }
    }

    /** Offers all its items to another. */
    void offerTo(TopItems other) {
        for (int i = 0; i < count; i++) {
            other.offer(ids[i], scores[i]);
        }
    }

    /** Empties it into an answer, best first. */
    void drainTo(ItemQuery query) {
        int all = count;
        // A heap sort: each worst item goes behind the shrinking heap, so that the best ends up in front.
        while (count > 0) {
            float score = scores[0];
            long id = ids[0];
            count--;
            if (count > 0) {
                down(ids[count], scores[count]);
            }
            scores[count] = score;
            ids[count] = id;
        }
        for (int i = 0; i < all; i++) {
            query.append(ids[i], scores[i]);
        }
    }

    private void up(int hole, long id, float score) {
        int at = hole;
        while (at > 0) {
            int parent = (at - 1) >>> 1;
            if (!isWorse(score, id, scores[parent], ids[parent])) {
                break;
            }
            scores[at] = scores[parent];
            ids[at] = ids[parent];
            at = parent;
        }
        scores[at] = score;
        ids[at] = id;
    }

    private void down(long id, float score) {
        int at = 0;
        int child = 1;
        while (child < count) {
            if (child + 1 < count && isWorse(scores[child + 1], ids[child + 1], scores[child], ids[child])) {
                child++;
            }
            if (!isWorse(scores[child], ids[child], score, id)) {
                break;
            }
            scores[at] = scores[child];
            ids[at] = ids[child];
            at = child;
            child = 2 * at + 1;
        }
        scores[at] = score;
        ids[at] = id;
    }

    private static boolean isWorse(float score, long id, float otherScore, long otherId) {
        return score < otherScore || score == otherScore && Long.compareUnsigned(id, otherId) > 0;
    }
}
