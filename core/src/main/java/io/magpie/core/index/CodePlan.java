package io.magpie.core.index;

import java.util.Arrays;

/**
 * How a segment's vectors are coded: how many bits a coordinate, and after which coordinates a scan asks whether to go
 * on. Chosen from the data's energies. Immutable.
 */
final class CodePlan {
    /** Bits a code: 8 or 4. */
    final int width;
    /** After how many coordinates each level ends; the last is the dimension. */
    final int[] ends;
    /** So many first coordinates have two codes of width 4 each, sixteen steps and one: 8 bits in all. */
    final int head;
    /** Of each code, its step relative to the group's scale. Coordinate after coordinate, the coarser code first. */
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
    /**
     * The head, where it has twice its even share of the energy. Queries may have much more of theirs there (rare words a
     * third in the first coordinate of 100), and then what coarse codes of it err weighs most in their bounds.
     */
    private static final int HEAD = 4;

    private static final double HEAD_SHARE = 2;
    /** A head's codes reach from minus to plus the largest norm in 255 steps. */
    private static final double HEAD_STEP = 1 / 127.5;

    private CodePlan(int width, int[] ends, int head, double[] weights) {
        this.width = width;
        this.ends = ends;
        this.head = head;
        this.weights = weights;
    }

    /** Chooses a plan for items as this rotation sees them. */
    static CodePlan of(Rotation rotation, int dimension) {
        int few = reaching(HEAD_ENERGY, rotation, dimension, 4);
        if (2 * few <= dimension || dimension < 16) {
            double[] even = new double[dimension];
            Arrays.fill(even, 1);
            return new CodePlan(8, ends(few, dimension), 0, even);
        }
        int head = head(rotation, dimension);
        double[] weights = new double[dimension + head];
        for (int d = 0; d < head; d++) {
            weights[2 * d] = 16 * HEAD_STEP;
            weights[2 * d + 1] = HEAD_STEP;
        }
        for (int d = head; d < dimension; d++) {
            weights[d + head] = Math.max(SMALLEST_WEIGHT, BEST_STEP * Math.sqrt(rotation.energy(d)));
        }
        return new CodePlan(4, ends(reaching(FLAT_ENERGY, rotation, dimension, 8), dimension), head, weights);
    }

    private static int head(Rotation rotation, int dimension) {
        double energy = 0;
        for (int d = 0; d < HEAD; d++) {
            energy += rotation.energy(d);
        }
        return energy * dimension > HEAD_SHARE * HEAD ? HEAD : 0;
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

    /** Returns the first code of a level. */
    int firstCode(int level) {
        return code(start(level));
    }

    /** Returns the code behind a level's last. */
    int endCode(int level) {
        return code(ends[level]);
    }

    /** Returns the first code of a coordinate. */
    private int code(int coordinate) {
        return coordinate + Math.min(coordinate, head);
    }

    /** Returns whose code it is. */
    int coordinate(int code) {
        return code < 2 * head ? code / 2 : code - head;
    }

    /** Returns how many shorts an item has in a level, the one for rest and error included. */
    int columns(int level) {
        int inShort = codesInShort();
        return (endCode(level) - firstCode(level) + inShort - 1) / inShort + 1;
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
