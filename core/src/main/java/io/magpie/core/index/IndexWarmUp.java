package io.magpie.core.index;

import java.time.Duration;
import java.util.SplittableRandom;

/**
 * Has searches compiled before anybody waits for one. Until the compiler has been over them, SIMD kernels run a thousand
 * times slower: the first queries of a process take milliseconds where later ones take microseconds. So some catalogues
 * are made and searched, of both kinds that are coded differently, until searches get no faster.
 */
public final class IndexWarmUp {
    private static final int ITEMS = 4_096;
    private static final int CATEGORIES = 16;
    private static final int QUERIES = 48;
    private static final int[] BATCHES = {1, 4, 16};
    private static final int TOP = 10;
    /** So many rounds without a faster one, and there is none to come. */
    private static final int PATIENCE = 40;

    private final SplittableRandom random = new SplittableRandom(1);
    private final int dimension;
    private final ItemQuery[] batch = new ItemQuery[BATCHES[BATCHES.length - 1]];

    private IndexWarmUp(int dimension) {
        this.dimension = dimension;
        for (int i = 0; i < batch.length; i++) {
            batch[i] = new ItemQuery(dimension);
        }
    }

    /**
     * Searches until it goes no faster. Answers do not depend on it.
     *
     * @param dimension of the vectors that will be searched
     * @param atMost    returns then at the latest, but for one round
     * @return whether it got that far
     */
    public static boolean run(int dimension, Duration atMost) {
        long end = System.nanoTime() + atMost.toNanos();
        IndexWarmUp warmUp = new IndexWarmUp(dimension);
        // Few directions hold what there is, or all of them: codes of 8 bits, or of 4.
        return warmUp.search(Math.max(1, dimension / 4), end) && warmUp.search(dimension, end);
    }

    private boolean search(int rank, long end) {
        try (LiveItemIndex index = new LiveItemIndex(dimension)) {
            for (int id = 0; id < ITEMS; id++) {
                index.put(id + 1, id, vector(rank), 0, new ItemAttributes(id % CATEGORIES, id, true, false));
            }
            index.settle();
            ItemIndex.Searcher searcher = index.newSearcher();
            long best = Long.MAX_VALUE;
            for (int since = 0; since < PATIENCE; since++) {
                long from = System.nanoTime();
                if (from - end > 0) {
                    return false;
                }
                round(searcher, rank);
                long nanos = System.nanoTime() - from;
                if (nanos < best - best / 8) {
                    best = nanos;
                    since = 0;
                }
            }
        }
        return true;
    }

    /** Asks as many queries in batches of each size. */
    private void round(ItemIndex.Searcher searcher, int rank) {
        for (int size : BATCHES) {
            for (int asked = 0; asked < QUERIES; asked += size) {
                for (int i = 0; i < size; i++) {
                    batch[i].clear();
                    batch[i].limit(TOP);
                    System.arraycopy(vector(rank), 0, batch[i].vector(), 0, dimension);
                    if (i % 4 == 3) {
                        batch[i].filter().addCategory(random.nextInt(CATEGORIES));
                    }
                }
                searcher.search(batch, size);
            }
        }
    }

    /** Returns a vector whose first coordinates hold nearly all of it, with a norm of its own. */
    private float[] vector(int rank) {
        float[] vector = new float[dimension];
        double norm = Math.exp(random.nextDouble(-1, 1));
        for (int i = 0; i < dimension; i++) {
            vector[i] = (float) (norm * (i < rank ? 1 : 0.01) * random.nextDouble(-1, 1));
        }
        return vector;
    }
}
