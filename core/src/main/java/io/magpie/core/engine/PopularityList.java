package io.magpie.core.engine;

import io.magpie.core.fusion.Decay;
import java.util.Arrays;

/**
 * The items of the highest fading counts, in order: count as of one common moment (the landmark) descending, then id
 * ascending as unsigned. Holds up to twice as many as are listed, so that removals do not make it short each time. Guarded
 * by {@link PopularityBoard}.
 *
 * <p>The landmark lies ahead of every event, on a multiple of {@value #HALF_LIVES_AHEAD} half-lives, and follows from the
 * newest event alone; it is so far ahead that it seldom moves and so near that no count of use vanishes on the way there.
 */
final class PopularityList {
    private static final int HALF_LIVES_AHEAD = 256;

    private final long halfLifeMillis;
    private final int capacity;
    private final long[] ids;
    private final double[] keys;
    private final double[] counts;
    private final long[] times;
    private int count;
    private long landmarkMillis;
    /** Whether every item with a count is in. */
    private boolean isAll = true;

    PopularityList(int listed, long halfLifeMillis) {
        this.halfLifeMillis = halfLifeMillis;
        capacity = 2 * listed;
        ids = new long[capacity];
        keys = new double[capacity];
        counts = new double[capacity];
        times = new long[capacity];
    }

    int count() {
        return count;
    }

    /** Returns whether the landmark still lies ahead of an event of this time. */
    boolean covers(long timeMillis) {
        return timeMillis < landmarkMillis;
    }

    /** Empties it, and puts the landmark ahead of the newest event. */
    void clear(long latestMillis) {
        count = 0;
        isAll = true;
        long stride = halfLifeMillis > Long.MAX_VALUE / 4 / HALF_LIVES_AHEAD
                ? Long.MAX_VALUE / 4
                : halfLifeMillis * HALF_LIVES_AHEAD;
        landmarkMillis = (latestMillis / stride + 1) * stride;
    }

    /** Puts an item, whose count was 0 or something else before, at its place. */
    void move(long itemId, double before, long beforeMillis, double after, long afterMillis) {
        if (before > 0) {
            removeAt(find(key(before, beforeMillis), itemId), itemId);
        }
        insert(itemId, after, afterMillis);
    }

    /** Takes an item out, if it is in. */
    void remove(long itemId, double itemCount, long timeMillis) {
        removeAt(find(key(itemCount, timeMillis), itemId), itemId);
    }

    /** Puts an item in that is not. */
    void insert(long itemId, double itemCount, long timeMillis) {
        double key = key(itemCount, timeMillis);
        int at = find(key, itemId);
        if (at == count && !isAll || at == capacity) {
            // Behind the last, and others may lie between: it is not known to be the next.
            isAll = false;
            return;
        }
        if (count == capacity) {
            count--;
            isAll = false;
        }
        int moved = count - at;
        System.arraycopy(ids, at, ids, at + 1, moved);
        System.arraycopy(keys, at, keys, at + 1, moved);
        System.arraycopy(counts, at, counts, at + 1, moved);
        System.arraycopy(times, at, times, at + 1, moved);
        ids[at] = itemId;
        keys[at] = key;
        counts[at] = itemCount;
        times[at] = timeMillis;
        count++;
    }

    /** Copies the first items. May be called while the list is changed; the copy is thrown away then. */
    void copyTo(PopularItems into, int most) {
        into.copyFrom(ids, counts, times, Math.max(0, Math.min(most, Math.min(count, capacity))));
    }

    private double key(double itemCount, long timeMillis) {
        return itemCount * Decay.factor(landmarkMillis - timeMillis, halfLifeMillis);
    }

    /** Returns the place of an item of this key, or where it belongs. */
    private int find(double key, long itemId) {
        int low = 0;
        int high = count;
        while (low < high) {
            int middle = (low + high) >>> 1;
            boolean isBefore =
                    keys[middle] > key || keys[middle] == key && Long.compareUnsigned(ids[middle], itemId) < 0;
            if (isBefore) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private void removeAt(int at, long itemId) {
        if (at >= count || ids[at] != itemId) {
            return;
        }
        int moved = count - at - 1;
        System.arraycopy(ids, at + 1, ids, at, moved);
        System.arraycopy(keys, at + 1, keys, at, moved);
        System.arraycopy(counts, at + 1, counts, at, moved);
        System.arraycopy(times, at + 1, times, at, moved);
        count--;
    }

    @Override
    public String toString() {
        return "count=" + count + " landmarkMillis=" + landmarkMillis + " ids="
                + Arrays.toString(Arrays.copyOf(ids, Math.min(4, count)));
    }
}
