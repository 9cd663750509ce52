package io.magpie.core.vector;

import java.util.Arrays;

/** The kernels without SIMD. Eight locals stand for the eight accumulators, so that the JIT keeps them in registers. */
final class ScalarKernels extends Kernels {
    private static final int ALL_QUARTERS = 15;

    @Override
    public String name() {
        return "scalar";
    }

    @Override
    public double dot(double[] query, float[] vectors, int offset, int dimension) {
        double a0 = 0;
        double a1 = 0;
        double a2 = 0;
        double a3 = 0;
        double a4 = 0;
        double a5 = 0;
        double a6 = 0;
        double a7 = 0;
        int whole = dimension & -8;
        int i = 0;
        for (; i < whole; i += 8) {
            int at = offset + i;
            a0 += query[i] * vectors[at];
            a1 += query[i + 1] * vectors[at + 1];
            a2 += query[i + 2] * vectors[at + 2];
            a3 += query[i + 3] * vectors[at + 3];
            a4 += query[i + 4] * vectors[at + 4];
            a5 += query[i + 5] * vectors[at + 5];
            a6 += query[i + 6] * vectors[at + 6];
            a7 += query[i + 7] * vectors[at + 7];
        }
        // The rest, fewer than eight, falls to accumulators 0.. in turn.
        int rest = dimension - whole;
        int at = offset + whole;
        a0 = rest > 0 ? a0 + query[i] * vectors[at] : a0;
        a1 = rest > 1 ? a1 + query[i + 1] * vectors[at + 1] : a1;
        a2 = rest > 2 ? a2 + query[i + 2] * vectors[at + 2] : a2;
        a3 = rest > 3 ? a3 + query[i + 3] * vectors[at + 3] : a3;
        a4 = rest > 4 ? a4 + query[i + 4] * vectors[at + 4] : a4;
        a5 = rest > 5 ? a5 + query[i + 5] * vectors[at + 5] : a5;
        a6 = rest > 6 ? a6 + query[i + 6] * vectors[at + 6] : a6;
        return ((a0 + a4) + (a2 + a6)) + ((a1 + a5) + (a3 + a7));
    }

    @Override
    public void weightedSum(double[] factors, int[] offsets, int rows, float[] vectors, float[] into, int dimension) {
        for (int i = 0; i < dimension; i++) {
            double sum = 0;
            for (int row = 0; row < rows; row++) {
                sum += factors[row] * vectors[offsets[row] + i];
            }
            into[i] = (float) sum;
        }
    }

    @Override
    public int lanes() {
        return 1;
    }

    @Override
    public void expand(short[] values, int count, short[] expanded, int offset) {
        System.arraycopy(values, 0, expanded, offset, count);
    }

    @Override
    public void multiply(double[] columns, int stride, double[] vector, int dimension, double[] product) {
        for (int i = 0; i < stride; i++) {
            product[i] = 0;
        }
        for (int j = 0; j < dimension; j++) {
            double factor = vector[j];
            int at = j * stride;
            for (int i = 0; i < stride; i++) {
                // Fused like the SIMD kernel; the last bit does not matter here, but equal is easier to test.
                product[i] = Math.fma(columns[at + i], factor, product[i]);
            }
        }
    }

    @Override
    public int scanPairs(
            short[] codes,
            int offset,
            int blocks,
            int columns,
            short[] query,
            short start,
            short threshold,
            int[] hits,
            short[] sums) {
        int found = 0;
        for (int block = 0; block < blocks; block++) {
            int at = offset + block * columns * BLOCK;
            int out = found * BLOCK;
            clear(sums, out, start);
            addPairs(codes, at, columns - 1, query, 0, sums, out);
            if (reached(codes, at + (columns - 1) * BLOCK, query, 2 * (columns - 1), threshold, sums, out) != 0) {
                hits[found++] = block << 4 | ALL_QUARTERS;
            }
        }
        return found;
    }

    @Override
    public int scanQuads(
            short[] codes,
            int offset,
            int blocks,
            int columns,
            short[] query,
            short start,
            short threshold,
            int[] hits,
            short[] sums) {
        int found = 0;
        for (int block = 0; block < blocks; block++) {
            int at = offset + block * columns * BLOCK;
            int out = found * BLOCK;
            clear(sums, out, start);
            addQuads(codes, at, columns - 1, query, sums, out);
            if (reached(codes, at + (columns - 1) * BLOCK, query, 4 * (columns - 1), threshold, sums, out) != 0) {
                hits[found++] = block << 4 | ALL_QUARTERS;
            }
        }
        return found;
    }

    @Override
    public long refinePairs(
            short[] codes,
            int offset,
            int columns,
            short[] query,
            short start,
            short threshold,
            short[] sums,
            int hit) {
        int sumsOffset = (hit >>> 4) * BLOCK;
        add(sums, sumsOffset, start);
        addPairs(codes, offset, columns - 1, query, 0, sums, sumsOffset);
        return reached(codes, offset + (columns - 1) * BLOCK, query, 2 * (columns - 1), threshold, sums, sumsOffset);
    }

    @Override
    public long refineQuads(
            short[] codes,
            int offset,
            int columns,
            short[] query,
            short start,
            short threshold,
            short[] sums,
            int hit) {
        int sumsOffset = (hit >>> 4) * BLOCK;
        add(sums, sumsOffset, start);
        addQuads(codes, offset, columns - 1, query, sums, sumsOffset);
        return reached(codes, offset + (columns - 1) * BLOCK, query, 4 * (columns - 1), threshold, sums, sumsOffset);
    }

    @Override
    public long lastColumn(
            short[] codes, int offset, short[] query, int factor, short threshold, short[] sums, int sumsOffset) {
        return reached(codes, offset, query, factor, threshold, sums, sumsOffset);
    }

    @Override
    public void laneMaxima(short[] sums, int blocks, short[] maxima) {
        Arrays.fill(maxima, 0, BLOCK, Short.MIN_VALUE);
        for (int i = 0; i < blocks * BLOCK; i++) {
            maxima[i % BLOCK] = (short) Math.max(maxima[i % BLOCK], sums[i]);
        }
    }

    @Override
    public boolean scansTogether() {
        return false;
    }

    @Override
    public void scanTogether(
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
        for (int query = 0; query < 4 * tiles; query++) {
            int from = query / 4 * 4 * factors + query % 4;
            reached[query] = 0;
            for (int item = 0; item < blocks * BLOCK; item++) {
                int at = offset + item / BLOCK * columns * BLOCK + item % BLOCK;
                if (coarseSum(codes, at, columns, queries, from) >= thresholds[query]) {
                    reached[query] |= 1L << item / BLOCK;
                }
            }
        }
    }

    private static float coarseSum(short[] codes, int offset, int columns, float[] queries, int from) {
        float sum = 0;
        int factor = from;
        for (int column = 0; column < columns - 1; column++) {
            int code = codes[offset + column * BLOCK];
            sum += queries[factor] * ((code & 0xFF) - 128 >> 2) + queries[factor + 4] * (code >> 10);
            factor += 8;
        }
        return sum + queries[factor] * ((codes[offset + (columns - 1) * BLOCK] & 0xFF) + 15 >> 4);
    }

    private static void clear(short[] sums, int at, short start) {
        for (int i = 0; i < BLOCK; i++) {
            sums[at + i] = start;
        }
    }

    private static void add(short[] sums, int at, short start) {
        for (int i = 0; i < BLOCK; i++) {
            sums[at + i] += start;
        }
    }

    // Loops over shorts with one factor each: HotSpot vectorises them by itself where it can.
    private static void addPairs(
            short[] codes, int offset, int columns, short[] query, int firstFactor, short[] sums, int out) {
        for (int column = 0; column < columns; column++) {
            int at = offset + column * BLOCK;
            short low = query[firstFactor + 2 * column];
            short high = query[firstFactor + 2 * column + 1];
            for (int i = 0; i < BLOCK; i++) {
                short code = codes[at + i];
                sums[out + i] += (short) (code * low + (code >> 8) * high);
            }
        }
    }

    private static void addQuads(short[] codes, int offset, int columns, short[] query, short[] sums, int out) {
        for (int column = 0; column < columns; column++) {
            int at = offset + column * BLOCK;
            short a = query[4 * column];
            short b = query[4 * column + 1];
            short c = query[4 * column + 2];
            short d = query[4 * column + 3];
            for (int i = 0; i < BLOCK; i++) {
                int code = codes[at + i] & 0xFFFF;
                sums[out + i] += (short) (code * a + (code >> 4) * b + (code >> 8) * c + (code >> 12) * d);
            }
        }
    }

    private static long reached(
            short[] codes, int offset, short[] query, int factor, short threshold, short[] sums, int out) {
        short low = query[factor];
        short high = query[factor + 1];
        long mask = 0;
        for (int i = 0; i < BLOCK; i++) {
            short code = codes[offset + i];
            short sum = (short) (sums[out + i] + code * low + (code >> 8) * high);
            mask |= sum >= threshold ? 1L << i : 0;
        }
        return mask;
    }
}
