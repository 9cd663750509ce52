package io.magpie.core.index;

/**
 * Rows that are worth their real score, kept for a moment: they lie far from each other in memory, and looking at all of
 * them before the first is scored fetches them side by side. Scratch; not thread-safe.
 */
final class CandidateRows {
    private static final int MOST = 64;
    private static final int FLOATS_IN_LINE = 16;

    private final QueryRun[] runs = new QueryRun[MOST];
    private final int[] rows = new int[MOST];
    private int count;
    /** Keeps the first look from being optimised away. */
    private int touched;

    boolean isFull() {
        return count == MOST;
    }

    void add(QueryRun run, int row) {
        runs[count] = run;
        rows[count++] = row;
    }

    /** Scores all, and forgets them. */
    void score(Segment segment, int at) {
        if (count > 1) {
            touch(segment.vectors, segment.dimension, segment.biases);
        }
        for (int i = 0; i < count; i++) {
            runs[i].consider(segment, rows[i], at);
        }
        count = 0;
    }

    private void touch(float[] vectors, int dimension, float[] biases) {
        int bits = 0;
        for (int i = 0; i < count; i++) {
            int row = rows[i];
            bits |= Float.floatToRawIntBits(biases[row]);
            for (int at = row * dimension; at < (row + 1) * dimension; at += FLOATS_IN_LINE) {
                bits |= Float.floatToRawIntBits(vectors[at]);
            }
        }
        touched = bits;
    }
}
