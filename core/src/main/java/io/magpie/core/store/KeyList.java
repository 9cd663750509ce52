package io.magpie.core.store;

import java.util.Arrays;

/** Keys of entries, in one array that is used again. Not thread-safe. */
final class KeyList {
    private long[] words = new long[1 << 12];
    private int used;

    void clear() {
        used = 0;
    }

    void add(long id, long part) {
        if (used == words.length) {
            words = Arrays.copyOf(words, 2 * used);
        }
        words[used++] = id;
        words[used++] = part;
    }

    int count() {
        return used / 2;
    }

    void get(int index, EntryKey into) {
        into.setId(words[2 * index]);
        into.setPart(words[2 * index + 1]);
    }
}
