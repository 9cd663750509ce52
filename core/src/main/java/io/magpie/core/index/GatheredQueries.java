package io.magpie.core.index;

import io.magpie.core.vector.Kernels;

/** Queries of a batch that scan a group of blocks together. Scratch, reused; not thread-safe. */
final class GatheredQueries {
    /** Four tiles: unpacking a block is then a sixth of the work. */
    private static final int MOST = 16;

    private static final int TILE = 4;
    /** No sum reaches it. */
    private static final float NEVER = 1 << 11;

    private final QueryRun[] runs = new QueryRun[MOST];
    private final float[] thresholds = new float[MOST];
    private final long[] reached = new long[MOST];
    private float[] tiles = new float[0];
    private float[] scratch = new float[0];
    private final double[] leasts = new double[MOST];
    private int count;

    // Of the group being scanned.
    private BlockCodes codes;
    private int group;
    private int columns;
    private int used;

    int count() {
        return count;
    }

    QueryRun run(int i) {
        return runs[i];
    }

    boolean isFull() {
        return count == MOST;
    }

    void clear() {
        count = 0;
    }

    /** Gives back the query that was taken in last. */
    QueryRun removeLast() {
        return runs[--count];
    }

    /** Takes a query in, unless it is better off alone. */
    boolean add(QueryRun run, BlockCodes codes) {
        if (run.selective) {
            return false;
        }
        run.codes.prepare(codes);
        if (!run.codes.pack()) {
            return false;
        }
        runs[count++] = run;
        return true;
    }

    /** Gets ready to scan a group. */
    void start(BlockCodes ofCodes, int ofGroup) {
        codes = ofCodes;
        group = ofGroup;
        columns = codes.plan.columns(0);
        int factors = 2 * columns - 1;
        if (tiles.length < MOST * factors) {
            tiles = new float[MOST * factors];
            scratch = new float[Kernels.togetherScratch(columns)];
        }
        used = (count + TILE - 1) / TILE;
        for (int i = 0; i < used * TILE; i++) {
            thresholds[i] = NEVER;
            if (i < count) {
                QueryCodes query = runs[i].codes;
                leasts[i] = runs[i].least();
                thresholds[i] = query.packedThreshold(group, leasts[i]);
                query.packed().copyTo(tiles, i / TILE * TILE * factors + i % TILE);
            }
        }
    }

    /** Scans some of the group's blocks, for the thresholds as they are by now. */
    void scan(Kernels kernels, int first, int blocks) {
        for (int i = 0; i < count; i++) {
            double least = runs[i].least();
            if (least != leasts[i]) {
                leasts[i] = least;
                thresholds[i] = runs[i].codes.packedThreshold(group, least);
            }
        }
        int offset = first * columns * Kernels.BLOCK;
        kernels.scanTogether(codes.codes[0], offset, blocks, columns, tiles, used, thresholds, scratch, reached);
    }

    /** Returns a bit for each block scanned last in which an item may reach the i-th query's threshold. */
    long reached(int i) {
        return reached[i];
    }
}
