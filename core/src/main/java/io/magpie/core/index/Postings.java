package io.magpie.core.index;

import java.util.Arrays;

/** Of each key, the rows that bear it. Immutable; thread-safe. */
final class Postings {
    private final int[] keys;
    /** Of each key where its rows start, and behind the last one their number. */
    private final int[] starts;

    private final int[] rows;

    /**
     * @param pairs of key (upper half) and row (lower half), in any order; sorted here
     */
    Postings(long[] pairs, int count) {
        Arrays.sort(pairs, 0, count);
        int distinct = 0;
        for (int i = 0; i < count; i++) {
            distinct += i == 0 || (int) (pairs[i] >> 32) != (int) (pairs[i - 1] >> 32) ? 1 : 0;
        }
        keys = new int[distinct];
        starts = new int[distinct + 1];
        rows = new int[count];
        int key = -1;
        for (int i = 0; i < count; i++) {
            if (key < 0 || keys[key] != (int) (pairs[i] >> 32)) {
                keys[++key] = (int) (pairs[i] >> 32);
                starts[key] = i;
            }
            rows[i] = (int) pairs[i];
        }
        starts[distinct] = count;
    }

    /** Returns how many rows bear a key. */
    int count(int key) {
        int at = Arrays.binarySearch(keys, key);
        return at < 0 ? 0 : starts[at + 1] - starts[at];
    }

    /** Sets the bits of the rows that bear a key. */
    void mark(int key, long[] bits) {
        int at = Arrays.binarySearch(keys, key);
        if (at >= 0) {
            for (int i = starts[at]; i < starts[at + 1]; i++) {
                bits[rows[i] >>> 6] |= 1L << rows[i];
            }
        }
    }

    /** Returns how many keys there are. */
    int keys() {
        return keys.length;
    }

    /** Returns a key, by its number. */
    int key(int number) {
        return keys[number];
    }
}
