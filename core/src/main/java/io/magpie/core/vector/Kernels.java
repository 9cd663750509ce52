package io.magpie.core.vector;

import java.lang.reflect.InvocationTargetException;

/**
 * The arithmetic of hot loops, as functions of primitives. One implementation uses SIMD, one is plain Java; both give
 * the same results bit for bit. Thread-safe: it holds no state.
 *
 * <p>Callers check shapes once; kernels only rely on the array bounds that the JVM checks.
 */
public abstract class Kernels {
    /** {@code -Dmagpie.kernels=scalar} switches SIMD off. */
    public static final String PROPERTY = "magpie.kernels";

    /** Items in a block of codes. */
    public static final int BLOCK = 64;

    private static final String SIMD_CLASS = "io.magpie.core.vector.simd.SimdKernels";
    private static final Kernels SCALAR = new ScalarKernels();
    private static final String[] FALLBACK_REASON = new String[1];
    private static final Kernels BEST = load();

    /** Returns the fastest implementation that this JVM can run. */
    public static Kernels best() {
        return BEST;
    }

    /** Returns the implementation without SIMD. */
    public static Kernels scalar() {
        return SCALAR;
    }

    /** Returns why {@link #best()} is not SIMD, or null if it is. Said once at start by whoever owns the log. */
    public static String fallbackReason() {
        return FALLBACK_REASON[0];
    }

    /** Returns the name and, for SIMD, the width in bits. */
    public abstract String name();

    /**
     * Computes the inner product in the order that this package's page states, in double.
     *
     * @param query     {@code float64[dimension]}: the float32 query, widened
     * @param vectors   rows of {@code float32[dimension]}
     * @param offset    where the row starts
     * @param dimension how many components
     */
    public abstract double dot(double[] query, float[] vectors, int offset, int dimension);

    /**
     * Adds rows up: component i is {@code factors[0] * row_0[i] + factors[1] * row_1[i] + ...}, from +0.0, in double, in
     * that order, each product rounded before it is added, the sum rounded once to float32.
     *
     * @param factors   one a row
     * @param offsets   where each row starts
     * @param rows      how many rows; 0 makes zeros
     * @param vectors   rows of {@code float32[dimension]}
     * @param into      {@code float32[dimension]}, overwritten
     * @param dimension how many components
     */
    public abstract void weightedSum(
            double[] factors, int[] offsets, int rows, float[] vectors, float[] into, int dimension);

    /** Returns how often {@link #expand} repeats each value: the lanes of a vector of shorts. */
    public abstract int lanes();

    /** Writes each of {@code count} values {@link #lanes()} times in a row, as the scans want their query. */
    public abstract void expand(short[] values, int count, short[] expanded, int offset);

    /**
     * Multiplies a square matrix, stored column after column, by a vector.
     *
     * @param columns {@code float64[dimension][stride]}, each column padded with zeros
     * @param stride  a multiple of 8, at least {@code dimension}
     * @param vector  {@code float64[dimension]}
     * @param product {@code float64[stride]}, overwritten
     */
    public abstract void multiply(double[] columns, int stride, double[] vector, int dimension, double[] product);

    /**
     * Sums codes times query over blocks of {@value #BLOCK} items and finds the blocks in which an item's sum reaches a
     * threshold. Arithmetic is modulo 2^16: the last sum must fit into a short, those before it need not.
     *
     * <p>A block is {@code columns} rows of 64 shorts, one an item. A short holds two codes, the lower byte's first;
     * the query holds for them the factor of the lower one, and the factor of the upper one less 256 times the lower
     * one's: so nothing needs masking, for (short x lower + (short &gt;&gt; 8) x that) is lower code x lower factor +
     * upper code x upper factor, with the lower byte unsigned and the upper one signed. The last column adds to what is
     * compared, not to what is kept.
     *
     * @param query     expanded, two factors a column
     * @param start     what sums start with
     * @param threshold what a sum must reach, -32767 or more
     * @param hits      the blocks found: the block's number, from 0, times 16, plus a bit for each quarter of the block
     *                  that may hold such an item; room for all
     * @param sums      of the h-th block found, 64 sums without the last column at 64 h; room for all and one more
     * @return how many blocks were found
     */
    public abstract int scanPairs(
            short[] codes,
            int offset,
            int blocks,
            int columns,
            short[] query,
            short start,
            short threshold,
            int[] hits,
            short[] sums);

    /**
     * As {@link #scanPairs}, with four codes of four bits in a short, all unsigned, in every column but the last; the
     * query holds four factors for each of these, each less 16 times the one before.
     */
    public abstract int scanQuads(
            short[] codes,
            int offset,
            int blocks,
            int columns,
            short[] query,
            short start,
            short threshold,
            int[] hits,
            short[] sums);

    /**
     * Goes on summing one block: adds this level's codes to its kept sums.
     *
     * @param sums its last 64 places are scratch
     * @param hit where the sums are kept, divided by 64, times 16, plus a bit for each quarter to look at; the sums of
     *            others are left as they are
     * @return bit i is set if item i's sum, the last column included, reaches the threshold
     */
    public abstract long refinePairs(
            short[] codes, int offset, int columns, short[] query, short start, short threshold, short[] sums, int hit);

    /** As {@link #refinePairs}, with the codes of {@link #scanQuads}. */
    public abstract long refineQuads(
            short[] codes, int offset, int columns, short[] query, short start, short threshold, short[] sums, int hit);

    /**
     * Compares kept sums of one block with a threshold.
     *
     * @param offset where the block's last column starts
     * @param factor where the two expanded factors of the last column start
     * @return as {@link #refinePairs}
     */
    public abstract long lastColumn(
            short[] codes, int offset, short[] query, int factor, short threshold, short[] sums, int sumsOffset);

    /**
     * Finds the largest sum of each lane.
     *
     * @param sums   of each block, {@value #BLOCK} sums
     * @param blocks how many; with none, every maximum is the smallest short
     * @param maxima {@code int16[64]}, overwritten
     */
    public abstract void laneMaxima(short[] sums, int blocks, short[] maxima);

    /** Returns whether {@link #scanTogether} is worth calling: whether it beats {@link #scanPairs} query by query. */
    public abstract boolean scansTogether();

    /**
     * Scans blocks of {@link #scanPairs} for several queries at once, with coarser codes: finds the blocks in which an
     * item's sum reaches a query's threshold. A sum is factor times (code &gt;&gt; 2) over the codes but the last
     * column's, both bytes of which are signed once 128 is taken from the lower one, plus the last factor times (lower
     * byte of the last column + 15 &gt;&gt; 4).
     *
     * <p>Two items share a float, one 4096 times the other: a sum, and every sum on the way to it, must lie within
     * -2047..2047, so that float32 holds both exactly.
     *
     * @param queries    {@code float32[tiles][2 * columns - 1][4]}, integers: the factors of four queries side by side
     * @param tiles      how many times four queries
     * @param thresholds {@code float32[4 * tiles]}, integers; a query with a larger one than 2047 finds nothing
     * @param scratch    {@link #togetherScratch} floats
     * @param reached    {@code int64[4 * tiles]}: bit b is set if an item of block b, of 64 at most, reaches the threshold
     */
    public abstract void scanTogether(
            short[] codes,
            int offset,
            int blocks,
            int columns,
            float[] queries,
            int tiles,
            float[] thresholds,
            float[] scratch,
            long[] reached);

    /** Returns how many floats {@link #scanTogether} needs for its own use. */
    public static int togetherScratch(int columns) {
        return (2 * columns + 3) * BLOCK;
    }

    /** Rounds an inner product and a bias to the score. */
    public static float score(double dot, float bias) {
        return (float) (dot + bias) + 0.0f;
    }

    /** Widens a float32 vector, for {@link #dot}. */
    public static void widen(float[] from, double[] to, int dimension) {
        for (int i = 0; i < dimension; i++) {
            to[i] = from[i];
        }
    }

    private static Kernels load() {
        String wanted = System.getProperty(PROPERTY, "");
        if (wanted.equals("scalar")) {
            FALLBACK_REASON[0] = "-D" + PROPERTY + "=scalar";
            return SCALAR;
        }
        if (ModuleLayer.boot().findModule("jdk.incubator.vector").isEmpty()) {
            FALLBACK_REASON[0] = "the JVM was started without --add-modules jdk.incubator.vector";
            return SCALAR;
        }
        try {
            return (Kernels) Class.forName(SIMD_CLASS).getDeclaredConstructor().newInstance();
        } catch (InvocationTargetException failed) {
            FALLBACK_REASON[0] = String.valueOf(failed.getCause());
        } catch (ReflectiveOperationException | LinkageError failed) {
            FALLBACK_REASON[0] = failed.toString();
        }
        return SCALAR;
    }
}
