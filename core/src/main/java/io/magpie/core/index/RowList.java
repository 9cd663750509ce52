package io.magpie.core.index;

import java.util.Arrays;

/** Rows gathered from several segments, to be sealed together. Not thread-safe. */
final class RowList {
    private final Segment[] segments;
    private long[] rows;
    private int count;

    RowList(Segment[] segments, int expected) {
        this.segments = segments;
        rows = new long[Math.max(16, expected)];
    }

    void add(int segment, int row) {
        if (count == rows.length) {
            rows = Arrays.copyOf(rows, 2 * count);
        }
        rows[count++] = (long) segment << 32 | row;
    }

    int count() {
        return count;
    }

    Segment segment(int i) {
        return segments[(int) (rows[i] >>> 32)];
    }

    int row(int i) {
        return (int) rows[i];
    }

    /** Returns the array that holds a row's vector, from {@link #offset} on. */
    float[] vectors(int i) {
        return segment(i).vectors;
    }

    int offset(int i) {
        return row(i) * segment(i).dimension;
    }

    float bias(int i) {
        return segment(i).biases[row(i)];
    }
}
