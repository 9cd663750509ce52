package io.magpie.core.vector.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The yardstick of the index: a float32 scan of every item, as fast as Java can. Not part of the index; kept here, as
 * only this package may see {@code jdk.incubator.vector}. Thread-safe: it holds no state.
 */
public final class PlainFloatScan {
    /** Items in a block; a block is {@code dimension} rows of so many floats. */
    public static final int BLOCK = 64;

    private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = FLOATS.length();

    private PlainFloatScan() {}

    /** Repeats each component for all lanes: {@code float32[dimension * lanes]}. */
    public static float[] expand(float[] query) {
        float[] expanded = new float[query.length * LANES];
        for (int i = 0; i < expanded.length; i++) {
            expanded[i] = query[i / LANES];
        }
        return expanded;
    }

    /**
     * Scores blocks and finds those in which an item reaches a threshold.
     *
     * @param blocks {@code float32[count][dimension][64]}
     * @param query  expanded
     * @param hits   the blocks found, from 0; room for all
     * @param scores the scores of the h-th block found at 64 h; room for all and one more
     * @return how many blocks were found
     */
    public static int scan(
            float[] blocks,
            int offset,
            int count,
            int dimension,
            float[] query,
            float threshold,
            int[] hits,
            float[] scores) {
        FloatVector bar = FloatVector.broadcast(FLOATS, threshold);
        int found = 0;
        int from = offset;
        for (int block = 0; block < count; block++) {
            boolean hit = false;
            for (int part = 0; part < BLOCK; part += 4 * LANES) {
                // Four accumulators: enough to hide the latency of a fused multiply-add; no sum across lanes is needed.
                FloatVector a = FloatVector.zero(FLOATS);
                FloatVector b = a;
                FloatVector c = a;
                FloatVector d = a;
                int at = from + part;
                for (int i = 0; i < dimension; i++) {
                    FloatVector factor = FloatVector.fromArray(FLOATS, query, i * LANES);
                    a = FloatVector.fromArray(FLOATS, blocks, at).fma(factor, a);
                    b = FloatVector.fromArray(FLOATS, blocks, at + LANES).fma(factor, b);
                    c = FloatVector.fromArray(FLOATS, blocks, at + 2 * LANES).fma(factor, c);
                    d = FloatVector.fromArray(FLOATS, blocks, at + 3 * LANES).fma(factor, d);
                    at += BLOCK;
                }
                int out = found * BLOCK + part;
                a.intoArray(scores, out);
                b.intoArray(scores, out + LANES);
                c.intoArray(scores, out + 2 * LANES);
                d.intoArray(scores, out + 3 * LANES);
                hit |= a.max(b).max(c.max(d)).compare(VectorOperators.GE, bar).anyTrue();
            }
            if (hit) {
                hits[found++] = block;
            }
            from += dimension * BLOCK;
        }
        return found;
    }

    /** Reads an array as fast as Java can: adds it up with four accumulators. */
    public static float read(float[] values) {
        FloatVector a = FloatVector.zero(FLOATS);
        FloatVector b = a;
        FloatVector c = a;
        FloatVector d = a;
        int end = values.length / (4 * LANES) * (4 * LANES);
        for (int i = 0; i < end; i += 4 * LANES) {
            a = a.add(FloatVector.fromArray(FLOATS, values, i));
            b = b.add(FloatVector.fromArray(FLOATS, values, i + LANES));
            c = c.add(FloatVector.fromArray(FLOATS, values, i + 2 * LANES));
            d = d.add(FloatVector.fromArray(FLOATS, values, i + 3 * LANES));
        }
        return a.add(b).add(c.add(d)).reduceLanes(VectorOperators.ADD);
    }
}
