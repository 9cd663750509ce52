package io.magpie.core.ranking;

import io.magpie.core.vector.Kernels;
import java.util.Arrays;

/**
 * Maximal marginal relevance (Carbonell and Goldstein, SIGIR 1998) over the best items: picks, one after the other, the
 * item of the highest {@code lambda x relevance - (1 - lambda) x likeness}. Relevance is the score, moved and scaled so that
 * the pool's best has 1 and its last 0 (all 1 if they are equal); likeness is the largest cosine to an item picked before, 0
 * for the first pick; a zero vector is like nothing. All in double; of equals the one that ranked higher is picked.
 *
 * <p>Not thread-safe. Allocates nothing once its scratch has grown to the largest pool: {@code float32[pool x dimension]}.
 */
final class Diversity {
    private final Kernels kernels = Kernels.best();
    private final int dimension;
    private final double[] picked;
    private final RankedItems scratch = new RankedItems();
    private float[] vectors = new float[0];
    private double[] norms = new double[0];
    private double[] relevance = new double[0];
    private double[] likeness = new double[0];
    private boolean[] taken = new boolean[0];
    private int[] order = new int[0];

    Diversity(int dimension) {
        this.dimension = dimension;
        picked = new double[dimension];
    }

    /**
     * Orders the first {@code pool} items.
     *
     * @param picks how many ranks must be right; what follows them in the pool keeps its order
     * @return false if an item has changed since its answer's version
     */
    boolean order(RankedItems items, int pool, int picks, double lambda, ItemLookup lookup, long version) {
        int size = Math.min(pool, items.count());
        reserve(size);
        for (int i = 0; i < size; i++) {
            if (!lookup.read(items.id(i), version)) {
                return false;
            }
            System.arraycopy(lookup.vector(), 0, vectors, i * dimension, dimension);
        }
        measure(items, size);
        int done = 0;
        while (done < Math.min(picks, size)) {
            int pick = best(size, lambda);
            taken[pick] = true;
            order[done++] = pick;
            compare(pick, size, done == 1);
        }
        for (int i = 0; i < size; i++) {
            if (!taken[i]) {
                order[done++] = i;
            }
        }
        items.permute(order, size, scratch);
        return true;
    }

    private void reserve(int size) {
        if (norms.length < size) {
            vectors = new float[size * dimension];
            norms = new double[size];
            relevance = new double[size];
            likeness = new double[size];
            taken = new boolean[size];
            order = new int[size];
        }
        Arrays.fill(taken, 0, size, false);
        Arrays.fill(likeness, 0, size, 0);
    }

    private void measure(RankedItems items, int size) {
        double low = size == 0 ? 0 : items.score(size - 1);
        double range = size == 0 ? 0 : items.score(0) - low;
        for (int i = 0; i < size; i++) {
            relevance[i] = range > 0 ? (items.score(i) - low) / range : 1;
            widen(i);
            norms[i] = Math.sqrt(kernels.dot(picked, vectors, i * dimension, dimension));
        }
    }

    private int best(int size, double lambda) {
        int best = -1;
        double most = 0;
        for (int i = 0; i < size; i++) {
            if (!taken[i]) {
                double worth = lambda * relevance[i] - (1 - lambda) * likeness[i];
                if (best < 0 || worth > most) {
                    best = i;
                    most = worth;
                }
            }
        }
        return best;
    }

    private void compare(int pick, int size, boolean first) {
        widen(pick);
        for (int i = 0; i < size; i++) {
            if (!taken[i]) {
                double norm = norms[pick] * norms[i];
                double cosine = norm > 0 ? kernels.dot(picked, vectors, i * dimension, dimension) / norm : 0;
                likeness[i] = first ? cosine : Math.max(likeness[i], cosine);
            }
        }
    }

    private void widen(int row) {
        for (int i = 0; i < dimension; i++) {
            picked[i] = vectors[row * dimension + i];
        }
    }
}
