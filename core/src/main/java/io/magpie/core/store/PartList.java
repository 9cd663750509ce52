package io.magpie.core.store;

import java.util.Arrays;

/**
 * The parts of one change, with their images in one array; reused, so that it allocates only while it grows. Not
 * thread-safe. Parts that a later one makes void stay with kind 0.
 */
final class PartList {
    private byte[] images = new byte[16 << 10];
    private int used;
    private int[] kinds = new int[16];
    private long[] ids = new long[16];
    private int[] subs = new int[16];
    private int[] offsets = new int[16];
    private int[] lengths = new int[16];
    private int[] growths = new int[16];
    private int count;

    void clear() {
        count = 0;
        used = 0;
    }

    int count() {
        return count;
    }

    int kind(int index) {
        return kinds[index];
    }

    long id(int index) {
        return ids[index];
    }

    int sub(int index) {
        return subs[index];
    }

    int offset(int index) {
        return offsets[index];
    }

    int length(int index) {
        return lengths[index];
    }

    /** Returns by how many entries the part makes its map grow; negative where it removes some. */
    int growth(int index) {
        return growths[index];
    }

    byte[] images() {
        return images;
    }

    /** Makes room for an image, which the caller writes to {@link #images()} at the offset returned. */
    int reserve(int length) {
        if (used + length > images.length) {
            images = Arrays.copyOf(images, Math.max(images.length * 2, used + length));
        }
        return used;
    }

    /** Adds a part whose image was written where {@link #reserve} said. */
    void add(int kind, long id, int sub, int length, int growth) {
        if (count == kinds.length) {
            int larger = count * 2;
            kinds = Arrays.copyOf(kinds, larger);
            ids = Arrays.copyOf(ids, larger);
            subs = Arrays.copyOf(subs, larger);
            offsets = Arrays.copyOf(offsets, larger);
            lengths = Arrays.copyOf(lengths, larger);
            growths = Arrays.copyOf(growths, larger);
        }
        kinds[count] = kind;
        ids[count] = id;
        subs[count] = sub;
        offsets[count] = used;
        lengths[count] = length;
        growths[count] = growth;
        used += length;
        count++;
    }

    /** Makes the parts of an id and the number below it void that are of one of two kinds. */
    void forget(int kind, int otherKind, long id, int sub) {
        for (int i = 0; i < count; i++) {
            if (ids[i] == id && subs[i] == sub && (kinds[i] == kind || kinds[i] == otherKind)) {
                forget(i);
            }
        }
    }

    /** Makes a part void. */
    void forget(int index) {
        kinds[index] = 0;
        growths[index] = 0;
    }

    /** Makes the parts of an id void that are of one of two kinds: the last word on it counts. */
    void forget(int kind, int otherKind, long id) {
        for (int i = 0; i < count; i++) {
            if (ids[i] == id && (kinds[i] == kind || kinds[i] == otherKind)) {
                forget(i);
            }
        }
    }
}
