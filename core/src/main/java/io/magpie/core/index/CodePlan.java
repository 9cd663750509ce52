package io.magpie.core.index;

/**
 * How a segment's vectors are coded: how many bits a coordinate, and after which coordinates a scan asks whether to go
 * on. Chosen from the data's energies. Immutable.
 */
final class CodePlan {
    /** Bits a code: 8 or 4. */
    final int width;
    /** After how many coordinates each level ends; the last is the dimension. */
    final int[] ends;
    /** Of each coordinate, the step of its codes relative to the group's scale. */
    final double[] weights;

    /**
     * If so few coordinates hold this much energy, they alone decide about most items. (Measured: at 0.93 the first 16
     * of 64 coordinates leave 3 % of the blocks of low-rank data; see docs/BENCHMARKS.md.)
     */
    private static final double HEAD_ENERGY = 0.93;
    /** Where the energy is spread out, the level at which it is worth asking for the first time. */
    private static final double FLAT_ENERGY = 0.78;
    /** The step of the best uniform code of 16 levels for a normal distribution, in standard deviations (Max, 1960). */
    private static final double BEST_STEP = 0.335;

    private static final double SMALLEST_WEIGHT = 1e-4;

    private CodePlan(int width, int[] ends, double[] weights) {
        this.width = width;
        this.ends = ends;
        this.weights = weights;
    }

    /** Chooses a plan for items as this rotation sees them. */
    static CodePlan of(Rotation rotation, int dimension) {
        int head = reaching(HEAD_ENERGY, rotation, dimension, 4);
        double[] weights = new double[dimension];
        if (2 * head <= dimension || dimension < 16) {
            java.util.Arrays.fill(weights, 1);
            return new CodePlan(8, ends(head, dimension), weights);
        }
        for (int i = 0; i < dimension; i++) {
            weights[i] = Math.max(SMALLEST_WEIGHT, BEST_STEP * Math.sqrt(rotation.energy(i)));
        }
        return new CodePlan(4, ends(reaching(FLAT_ENERGY, rotation, dimension, 8), dimension), weights);
    }

    /** Returns how many codes a short holds. */
    int codesInShort() {
        return 16 / width;
    }

    int levels() {
        return ends.length;
    }

    /** Returns the first coordinate of a level. */
    int start(int level) {
        return level == 0 ? 0 : ends[level - 1];
    }

    /** Returns how many shorts an item has in a level, the one for rest and error included. */
    int columns(int level) {
        int codes = codesInShort();
        return (ends[level] - start(level) + codes - 1) / codes + 1;
    }

    private static int[] ends(int first, int dimension) {
        return first >= dimension ? new int[] {dimension} : new int[] {first, dimension};
    }

    private static int reaching(double wanted, Rotation rotation, int dimension, int multiple) {
        double sum = 0;
        int i = 0;
        while (i < dimension && sum < wanted) {
            sum += rotation.energy(i++);
        }
        return Math.min(dimension, (i + multiple - 1) / multiple * multiple);
    }
}
