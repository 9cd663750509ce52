package io.magpie.core.vector.simd;

import io.magpie.core.vector.Kernels;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link Kernels#scanTogether} for vectors of 512 bits. Two blocks are unpacked to floats once for all queries, each
 * float one item plus 4096 times its neighbour; then four queries at a time are multiplied with them, sixteen sums kept
 * in registers: a fused multiply-add does 32 codes, twice what the scan of a single query does, and loads are shared.
 *
 * <p>Methods are as small as HotSpot wants them: it stops inlining at 18,000 nodes of a method, and a vector that is
 * then passed on becomes an object.
 */
final class SimdTogether {
    private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_512;
    private static final VectorSpecies<Short> SHORTS = ShortVector.SPECIES_512;
    private static final int BLOCK = Kernels.BLOCK;
    private static final int LANES = 16;
    /** Sixteen sums go through the front of the scratch. */
    private static final int ROWS = 16 * LANES;
    /** One factor is for a column of 64 floats: two blocks of 32 pairs of items. */
    private static final int TILE = 4;

    /** Of a pair of sums, the upper one counts so many times. */
    private static final float UPPER = 4096;
    /** Adding it rounds to multiples of 4096: the last place of a float of this size. */
    private static final float ROUNDING = 1.5f * (1L << 35);

    private SimdTogether() {}

    static void scan(
            short[] codes,
            int offset,
            int blocks,
            int columns,
            float[] queries,
            int tiles,
            float[] thresholds,
            float[] scratch,
            long[] reached) {
        int factors = 2 * columns - 1;
        java.util.Arrays.fill(reached, 0, TILE * tiles, 0);
        for (int block = 0; block < blocks; block += 2) {
            unpack(codes, offset + block * columns * BLOCK, columns, scratch, ROWS);
            boolean two = block + 1 < blocks;
            if (two) {
                unpack(codes, offset + (block + 1) * columns * BLOCK, columns, scratch, ROWS + BLOCK / 2);
            }
            for (int tile = 0; tile < tiles; tile++) {
                multiply(scratch, factors, queries, tile * TILE * factors);
                for (int i = 0; i < TILE; i++) {
                    int query = tile * TILE + i;
                    // Without a second block its place holds codes of earlier ones.
                    int hits = reaches(scratch, i * 4 * LANES, thresholds[query]) & (two ? 3 : 1);
                    reached[query] |= (long) hits << block;
                }
            }
        }
    }

    private static void unpack(short[] codes, int offset, int columns, float[] rows, int to) {
        int at = offset;
        int out = to;
        for (int column = 1; column < columns; column++) {
            unpackCodes(codes, at, rows, out);
            unpackCodes(codes, at + BLOCK / 2, rows, out + LANES);
            at += BLOCK;
            out += 2 * BLOCK;
        }
        unpackRest(codes, at, rows, out);
        unpackRest(codes, at + BLOCK / 2, rows, out + LANES);
    }

    /** Two codes each of 32 items: the lower bytes to a row of floats, the upper ones to the next row. */
    private static void unpackCodes(short[] codes, int at, float[] rows, int out) {
        IntVector pairs = ShortVector.fromArray(SHORTS, codes, at).reinterpretAsInts();
        // Lower bytes are 128 too large, a quarter of them 32: for both items.
        IntVector lower = pairs.lanewise(VectorOperators.LSHR, 2)
                .and(0x3F)
                .or(pairs.lanewise(VectorOperators.LSHR, 6).and(0x3F << 12))
                .sub(32 + (32 << 12));
        IntVector upper = pairs.lanewise(VectorOperators.LSHL, 16)
                .lanewise(VectorOperators.ASHR, 26)
                .add(pairs.lanewise(VectorOperators.ASHR, 14).and(-1 << 12));
        ((FloatVector) lower.convertShape(VectorOperators.I2F, FLOATS, 0)).intoArray(rows, out);
        ((FloatVector) upper.convertShape(VectorOperators.I2F, FLOATS, 0)).intoArray(rows, out + BLOCK);
    }

    private static void unpackRest(short[] codes, int at, float[] rows, int out) {
        IntVector pairs = ShortVector.fromArray(SHORTS, codes, at).reinterpretAsInts();
        IntVector rest = pairs.and(0xFF00FF).add(0xF000F).lanewise(VectorOperators.LSHR, 4);
        IntVector both =
                rest.and(0x1F).or(rest.lanewise(VectorOperators.LSHR, 4).and(0x1F << 12));
        ((FloatVector) both.convertShape(VectorOperators.I2F, FLOATS, 0)).intoArray(rows, out);
    }

    private static void multiply(float[] rows, int factors, float[] queries, int from) {
        FloatVector a0 = FloatVector.zero(FLOATS);
        FloatVector a1 = a0;
        FloatVector a2 = a0;
        FloatVector a3 = a0;
        FloatVector b0 = a0;
        FloatVector b1 = a0;
        FloatVector b2 = a0;
        FloatVector b3 = a0;
        FloatVector c0 = a0;
        FloatVector c1 = a0;
        FloatVector c2 = a0;
        FloatVector c3 = a0;
        FloatVector d0 = a0;
        FloatVector d1 = a0;
        FloatVector d2 = a0;
        FloatVector d3 = a0;
        int at = ROWS;
        int query = from;
        for (int i = 0; i < factors; i++) {
            FloatVector w = FloatVector.fromArray(FLOATS, rows, at);
            FloatVector x = FloatVector.fromArray(FLOATS, rows, at + LANES);
            FloatVector y = FloatVector.fromArray(FLOATS, rows, at + 2 * LANES);
            FloatVector z = FloatVector.fromArray(FLOATS, rows, at + 3 * LANES);
            FloatVector factor = FloatVector.broadcast(FLOATS, queries[query]);
            a0 = w.fma(factor, a0);
            a1 = x.fma(factor, a1);
            a2 = y.fma(factor, a2);
            a3 = z.fma(factor, a3);
            factor = FloatVector.broadcast(FLOATS, queries[query + 1]);
            b0 = w.fma(factor, b0);
            b1 = x.fma(factor, b1);
            b2 = y.fma(factor, b2);
            b3 = z.fma(factor, b3);
            factor = FloatVector.broadcast(FLOATS, queries[query + 2]);
            c0 = w.fma(factor, c0);
            c1 = x.fma(factor, c1);
            c2 = y.fma(factor, c2);
            c3 = z.fma(factor, c3);
            factor = FloatVector.broadcast(FLOATS, queries[query + 3]);
            d0 = w.fma(factor, d0);
            d1 = x.fma(factor, d1);
            d2 = y.fma(factor, d2);
            d3 = z.fma(factor, d3);
            at += BLOCK;
            query += TILE;
        }
        a0.intoArray(rows, 0);
        a1.intoArray(rows, LANES);
        a2.intoArray(rows, 2 * LANES);
        a3.intoArray(rows, 3 * LANES);
        b0.intoArray(rows, 4 * LANES);
        b1.intoArray(rows, 5 * LANES);
        b2.intoArray(rows, 6 * LANES);
        b3.intoArray(rows, 7 * LANES);
        c0.intoArray(rows, 8 * LANES);
        c1.intoArray(rows, 9 * LANES);
        c2.intoArray(rows, 10 * LANES);
        c3.intoArray(rows, 11 * LANES);
        d0.intoArray(rows, 12 * LANES);
        d1.intoArray(rows, 13 * LANES);
        d2.intoArray(rows, 14 * LANES);
        d3.intoArray(rows, 15 * LANES);
    }

    /** Returns a bit for each of two blocks: whether one of its 64 sums reaches the threshold. */
    private static int reaches(float[] sums, int at, float threshold) {
        // Lower sums lie within -2047..2047, so a pair's value tells whether the upper one reaches it.
        float upper = UPPER * threshold - UPPER / 2;
        int blocks = 0;
        for (int block = 0; block < 2; block++) {
            FloatVector x = FloatVector.fromArray(FLOATS, sums, at + 2 * block * LANES);
            FloatVector y = FloatVector.fromArray(FLOATS, sums, at + (2 * block + 1) * LANES);
            FloatVector lowerX = x.sub(x.add(ROUNDING).sub(ROUNDING));
            FloatVector lowerY = y.sub(y.add(ROUNDING).sub(ROUNDING));
            if (x.max(y).compare(VectorOperators.GE, upper).anyTrue()
                    || lowerX.max(lowerY).compare(VectorOperators.GE, threshold).anyTrue()) {
                blocks |= 1 << block;
            }
        }
        return blocks;
    }
}
