package io.magpie.benchmarks;

import io.magpie.core.vector.simd.PlainFloatScan;

/** The yardstick: every item scored in float32 by SIMD, blocks of 64 items, dimension-major; the ten best kept. */
final class PlainFloatIndex {
    private static final int BLOCKS_A_CALL = 64;
    private static final int BLOCK = PlainFloatScan.BLOCK;

    private final int dimension;
    private final int count;
    private final float[] blocks;
    private final int[] hits = new int[BLOCKS_A_CALL];
    private final float[] scores = new float[(BLOCKS_A_CALL + 1) * BLOCK];
    final int[] bestIds;
    final float[] bestScores;
    private int found;

    PlainFloatIndex(FactorData data, int limit) {
        dimension = data.dimension();
        count = data.count();
        int whole = (count + BLOCK - 1) / BLOCK;
        blocks = new float[whole * BLOCK * dimension];
        for (int item = 0; item < count; item++) {
            for (int j = 0; j < dimension; j++) {
                blocks[(item / BLOCK * dimension + j) * BLOCK + item % BLOCK] = data.items()[item * dimension + j];
            }
        }
        bestIds = new int[limit];
        bestScores = new float[limit];
    }

    /** Returns the array that a scan reads, to be read otherwise for comparison. */
    float[] memory() {
        return blocks;
    }

    /** Finds the best items for an expanded query; ties by id. */
    int search(float[] query) {
        found = 0;
        int whole = blocks.length / (BLOCK * dimension);
        for (int first = 0; first < whole; first += BLOCKS_A_CALL) {
            float bar = found == bestIds.length ? bestScores[found - 1] : Float.NEGATIVE_INFINITY;
            int now = Math.min(BLOCKS_A_CALL, whole - first);
            int offset = first * BLOCK * dimension;
            int hit = PlainFloatScan.scan(blocks, offset, now, dimension, query, bar, hits, scores);
            for (int h = 0; h < hit; h++) {
                int item = (first + hits[h]) * BLOCK;
                for (int lane = 0; lane < BLOCK && item + lane < count; lane++) {
                    offer(item + lane, scores[h * BLOCK + lane]);
                }
            }
        }
        return bestIds[0];
    }

    private void offer(int item, float score) {
        int at = found;
        if (found == bestIds.length) {
            if (score <= bestScores[found - 1]) {
                return;
            }
            at = found - 1;
        } else {
            found++;
        }
        while (at > 0 && bestScores[at - 1] < score) {
            bestScores[at] = bestScores[at - 1];
            bestIds[at] = bestIds[at - 1];
            at--;
        }
        bestScores[at] = score;
        bestIds[at] = item;
    }
}
