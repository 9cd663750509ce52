package io.magpie.core.vector.simd;

import io.magpie.core.vector.Kernels;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The kernels with SIMD, for the widest species the machine prefers. Keeps to what Java 17 and 25 share and what
 * HotSpot 17 compiles without boxing: loads, stores, arithmetic, {@code compare} with {@code anyTrue}.
 */
public final class SimdKernels extends Kernels {
    private static final VectorSpecies<Double> DOUBLES =
            DoubleVector.SPECIES_PREFERRED.length() >= 8 ? DoubleVector.SPECIES_512 : DoubleVector.SPECIES_256;
    private static final VectorSpecies<Float> HALF =
            DOUBLES.length() == 8 ? FloatVector.SPECIES_256 : FloatVector.SPECIES_128;
    private static final VectorSpecies<Short> SHORTS =
            DOUBLES.length() == 8 ? ShortVector.SPECIES_512 : ShortVector.SPECIES_256;
    private static final int LANES = SHORTS.length();
    /** The quarters of a block that a vector covers. */
    private static final int QUARTERS = (1 << LANES / 16) - 1;

    private static final boolean EIGHT = DOUBLES.length() == 8;

    /** Called reflectively. Fails on a machine where double vectors hold fewer than four lanes. */
    public SimdKernels() {
        if (DoubleVector.SPECIES_PREFERRED.length() < 4) {
            throw new UnsupportedOperationException("vectors of 256 bits or more are needed: preferred="
                    + DoubleVector.SPECIES_PREFERRED.vectorBitSize());
        }
    }

    @Override
    public String name() {
        return "simd-" + DOUBLES.vectorBitSize();
    }

    @Override
    public double dot(double[] query, float[] vectors, int offset, int dimension) {
        int whole = dimension & -8;
        double a0;
        double a1;
        double a2;
        double a3;
        double a4;
        double a5;
        double a6;
        double a7;
        if (EIGHT) {
            // One chain of additions: the order of the sum is fixed, and neighbouring calls overlap.
            DoubleVector sum = DoubleVector.zero(DOUBLES);
            for (int i = 0; i < whole; i += 8) {
                DoubleVector x = (DoubleVector)
                        FloatVector.fromArray(HALF, vectors, offset + i).convertShape(VectorOperators.F2D, DOUBLES, 0);
                // A product of two floats is exact in double, so fusing changes nothing.
                sum = x.fma(DoubleVector.fromArray(DOUBLES, query, i), sum);
            }
            a0 = sum.lane(0);
            a1 = sum.lane(1);
            a2 = sum.lane(2);
            a3 = sum.lane(3);
            a4 = sum.lane(4);
            a5 = sum.lane(5);
            a6 = sum.lane(6);
            a7 = sum.lane(7);
        } else {
            DoubleVector low = DoubleVector.zero(DOUBLES);
            DoubleVector high = DoubleVector.zero(DOUBLES);
            for (int i = 0; i < whole; i += 8) {
                DoubleVector x = (DoubleVector)
                        FloatVector.fromArray(HALF, vectors, offset + i).convertShape(VectorOperators.F2D, DOUBLES, 0);
                DoubleVector y = (DoubleVector) FloatVector.fromArray(HALF, vectors, offset + i + 4)
                        .convertShape(VectorOperators.F2D, DOUBLES, 0);
                low = x.fma(DoubleVector.fromArray(DOUBLES, query, i), low);
                high = y.fma(DoubleVector.fromArray(DOUBLES, query, i + 4), high);
            }
            a0 = low.lane(0);
            a1 = low.lane(1);
            a2 = low.lane(2);
            a3 = low.lane(3);
            a4 = high.lane(0);
            a5 = high.lane(1);
            a6 = high.lane(2);
            a7 = high.lane(3);
        }
        int rest = dimension - whole;
        int at = offset + whole;
        int i = whole;
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
        int step = DOUBLES.length();
        int i = 0;
        // The sums stay in registers over all rows: three rows of 64 cost a third of adding row by row in memory.
        // Four sums at a time: a row's factor and place are looked up once for four.
        for (; i + 4 * step <= dimension; i += 4 * step) {
            DoubleVector a = DoubleVector.zero(DOUBLES);
            DoubleVector b = a;
            DoubleVector c = a;
            DoubleVector d = a;
            for (int row = 0; row < rows; row++) {
                DoubleVector factor = DoubleVector.broadcast(DOUBLES, factors[row]);
                int at = offsets[row] + i;
                // Not fused: factors have 53 bits, and scalar code rounds the product too.
                a = a.add(widen(vectors, at).mul(factor));
                b = b.add(widen(vectors, at + step).mul(factor));
                c = c.add(widen(vectors, at + 2 * step).mul(factor));
                d = d.add(widen(vectors, at + 3 * step).mul(factor));
            }
            narrow(a, into, i);
            narrow(b, into, i + step);
            narrow(c, into, i + 2 * step);
            narrow(d, into, i + 3 * step);
        }
        for (; i + step <= dimension; i += step) {
            DoubleVector sum = DoubleVector.zero(DOUBLES);
            for (int row = 0; row < rows; row++) {
                sum = sum.add(widen(vectors, offsets[row] + i).mul(factors[row]));
            }
            narrow(sum, into, i);
        }
        for (; i < dimension; i++) {
            double sum = 0;
            for (int row = 0; row < rows; row++) {
                sum += factors[row] * vectors[offsets[row] + i];
            }
            into[i] = (float) sum;
        }
    }

    private static DoubleVector widen(float[] vectors, int at) {
        return (DoubleVector) FloatVector.fromArray(HALF, vectors, at).convertShape(VectorOperators.F2D, DOUBLES, 0);
    }

    private static void narrow(DoubleVector sum, float[] into, int at) {
        ((FloatVector) sum.convertShape(VectorOperators.D2F, HALF, 0)).intoArray(into, at);
    }

    @Override
    public int lanes() {
        return LANES;
    }

    @Override
    public void expand(short[] values, int count, short[] expanded, int offset) {
        for (int i = 0; i < count; i++) {
            ShortVector.broadcast(SHORTS, values[i]).intoArray(expanded, offset + i * LANES);
        }
    }

    @Override
    public void multiply(double[] columns, int stride, double[] vector, int dimension, double[] product) {
        // Four accumulators at a time: enough to hide the latency of an addition, and each factor is loaded once for
        // four.
        int step = DOUBLES.length();
        int i = 0;
        for (; i + 4 * step <= stride; i += 4 * step) {
            DoubleVector a = DoubleVector.zero(DOUBLES);
            DoubleVector b = a;
            DoubleVector c = a;
            DoubleVector d = a;
            for (int j = 0; j < dimension; j++) {
                DoubleVector factor = DoubleVector.broadcast(DOUBLES, vector[j]);
                int at = j * stride + i;
                a = DoubleVector.fromArray(DOUBLES, columns, at).fma(factor, a);
                b = DoubleVector.fromArray(DOUBLES, columns, at + step).fma(factor, b);
                c = DoubleVector.fromArray(DOUBLES, columns, at + 2 * step).fma(factor, c);
                d = DoubleVector.fromArray(DOUBLES, columns, at + 3 * step).fma(factor, d);
            }
            a.intoArray(product, i);
            b.intoArray(product, i + step);
            c.intoArray(product, i + 2 * step);
            d.intoArray(product, i + 3 * step);
        }
        for (; i < stride; i += step) {
            DoubleVector a = DoubleVector.zero(DOUBLES);
            for (int j = 0; j < dimension; j++) {
                a = DoubleVector.fromArray(DOUBLES, columns, j * stride + i)
                        .fma(DoubleVector.broadcast(DOUBLES, vector[j]), a);
            }
            a.intoArray(product, i);
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
        ShortVector zero = ShortVector.broadcast(SHORTS, start);
        ShortVector below = ShortVector.broadcast(SHORTS, (short) (threshold - 1));
        int found = 0;
        for (int block = 0; block < blocks; block++) {
            int parts = 0;
            for (int part = 0; part < BLOCK; part += 2 * LANES) {
                int at = offset + part;
                int factor = 0;
                // Two sums: a factor is loaded once for both, and the chains overlap.
                ShortVector left = zero;
                ShortVector right = zero;
                for (int column = 1; column < columns; column++) {
                    ShortVector low = ShortVector.fromArray(SHORTS, query, factor);
                    ShortVector high = ShortVector.fromArray(SHORTS, query, factor + LANES);
                    ShortVector x = ShortVector.fromArray(SHORTS, codes, at);
                    ShortVector y = ShortVector.fromArray(SHORTS, codes, at + LANES);
                    left = left.add(x.mul(low))
                            .add(x.lanewise(VectorOperators.ASHR, 8).mul(high));
                    right = right.add(y.mul(low))
                            .add(y.lanewise(VectorOperators.ASHR, 8).mul(high));
                    at += BLOCK;
                    factor += 2 * LANES;
                }
                left.intoArray(sums, found * BLOCK + part);
                right.intoArray(sums, found * BLOCK + part + LANES);
                ShortVector low = ShortVector.fromArray(SHORTS, query, factor);
                ShortVector high = ShortVector.fromArray(SHORTS, query, factor + LANES);
                ShortVector x = ShortVector.fromArray(SHORTS, codes, at);
                ShortVector y = ShortVector.fromArray(SHORTS, codes, at + LANES);
                left = left.add(x.mul(low))
                        .add(x.lanewise(VectorOperators.ASHR, 8).mul(high));
                right = right.add(y.mul(low))
                        .add(y.lanewise(VectorOperators.ASHR, 8).mul(high));
                if (left.max(right).compare(VectorOperators.GT, below).anyTrue()) {
                    parts |= left.compare(VectorOperators.GT, below).anyTrue() ? QUARTERS << part / 16 : 0;
                    parts |= right.compare(VectorOperators.GT, below).anyTrue() ? QUARTERS << (part + LANES) / 16 : 0;
                }
            }
            if (parts != 0) {
                hits[found++] = block << 4 | parts;
            }
            offset += columns * BLOCK;
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
        ShortVector zero = ShortVector.broadcast(SHORTS, start);
        ShortVector below = ShortVector.broadcast(SHORTS, (short) (threshold - 1));
        int found = 0;
        for (int block = 0; block < blocks; block++) {
            int parts = 0;
            for (int part = 0; part < BLOCK; part += 2 * LANES) {
                int at = offset + part;
                int factor = 0;
                ShortVector left = zero;
                ShortVector right = zero;
                for (int column = 1; column < columns; column++) {
                    ShortVector a = ShortVector.fromArray(SHORTS, query, factor);
                    ShortVector b = ShortVector.fromArray(SHORTS, query, factor + LANES);
                    ShortVector c = ShortVector.fromArray(SHORTS, query, factor + 2 * LANES);
                    ShortVector d = ShortVector.fromArray(SHORTS, query, factor + 3 * LANES);
                    left = quad(left, ShortVector.fromArray(SHORTS, codes, at), a, b, c, d);
                    right = quad(right, ShortVector.fromArray(SHORTS, codes, at + LANES), a, b, c, d);
                    at += BLOCK;
                    factor += 4 * LANES;
                }
                left.intoArray(sums, found * BLOCK + part);
                right.intoArray(sums, found * BLOCK + part + LANES);
                ShortVector low = ShortVector.fromArray(SHORTS, query, factor);
                ShortVector high = ShortVector.fromArray(SHORTS, query, factor + LANES);
                ShortVector x = ShortVector.fromArray(SHORTS, codes, at);
                ShortVector y = ShortVector.fromArray(SHORTS, codes, at + LANES);
                left = left.add(x.mul(low))
                        .add(x.lanewise(VectorOperators.ASHR, 8).mul(high));
                right = right.add(y.mul(low))
                        .add(y.lanewise(VectorOperators.ASHR, 8).mul(high));
                if (left.max(right).compare(VectorOperators.GT, below).anyTrue()) {
                    parts |= left.compare(VectorOperators.GT, below).anyTrue() ? QUARTERS << part / 16 : 0;
                    parts |= right.compare(VectorOperators.GT, below).anyTrue() ? QUARTERS << (part + LANES) / 16 : 0;
                }
            }
            if (parts != 0) {
                hits[found++] = block << 4 | parts;
            }
            offset += columns * BLOCK;
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
        ShortVector first = ShortVector.broadcast(SHORTS, start);
        int sumsOffset = (hit >>> 4) * BLOCK;
        long mask = 0;
        for (int part = 0; part < BLOCK; part += LANES) {
            if ((hit & QUARTERS << part / 16) == 0) {
                continue;
            }
            int at = offset + part;
            int factor = 0;
            ShortVector sum =
                    ShortVector.fromArray(SHORTS, sums, sumsOffset + part).add(first);
            for (int column = 1; column < columns; column++) {
                ShortVector x = ShortVector.fromArray(SHORTS, codes, at);
                sum = sum.add(x.mul(ShortVector.fromArray(SHORTS, query, factor)))
                        .add(x.lanewise(VectorOperators.ASHR, 8)
                                .mul(ShortVector.fromArray(SHORTS, query, factor + LANES)));
                at += BLOCK;
                factor += 2 * LANES;
            }
            sum.intoArray(sums, sumsOffset + part);
            mask |= reached(sum, codes, at, query, factor, threshold, sums) << part;
        }
        return mask;
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
        ShortVector first = ShortVector.broadcast(SHORTS, start);
        int sumsOffset = (hit >>> 4) * BLOCK;
        long mask = 0;
        for (int part = 0; part < BLOCK; part += LANES) {
            if ((hit & QUARTERS << part / 16) == 0) {
                continue;
            }
            int at = offset + part;
            int factor = 0;
            ShortVector sum =
                    ShortVector.fromArray(SHORTS, sums, sumsOffset + part).add(first);
            for (int column = 1; column < columns; column++) {
                sum = quad(
                        sum,
                        ShortVector.fromArray(SHORTS, codes, at),
                        ShortVector.fromArray(SHORTS, query, factor),
                        ShortVector.fromArray(SHORTS, query, factor + LANES),
                        ShortVector.fromArray(SHORTS, query, factor + 2 * LANES),
                        ShortVector.fromArray(SHORTS, query, factor + 3 * LANES));
                at += BLOCK;
                factor += 4 * LANES;
            }
            sum.intoArray(sums, sumsOffset + part);
            mask |= reached(sum, codes, at, query, factor, threshold, sums) << part;
        }
        return mask;
    }

    @Override
    public long lastColumn(
            short[] codes, int offset, short[] query, int factor, short threshold, short[] sums, int sumsOffset) {
        long mask = 0;
        for (int part = 0; part < BLOCK; part += LANES) {
            ShortVector sum = ShortVector.fromArray(SHORTS, sums, sumsOffset + part);
            mask |= reached(sum, codes, offset + part, query, factor, threshold, sums) << part;
        }
        return mask;
    }

    @Override
    public void laneMaxima(short[] sums, int blocks, short[] maxima) {
        for (int part = 0; part < BLOCK; part += LANES) {
            ShortVector largest = ShortVector.broadcast(SHORTS, Short.MIN_VALUE);
            for (int block = 0; block < blocks; block++) {
                largest = largest.max(ShortVector.fromArray(SHORTS, sums, block * BLOCK + part));
            }
            largest.intoArray(maxima, part);
        }
    }

    @Override
    public boolean scansTogether() {
        return EIGHT;
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
        SimdTogether.scan(codes, offset, blocks, columns, queries, tiles, thresholds, scratch, reached);
    }

    private static ShortVector quad(
            ShortVector sum, ShortVector x, ShortVector a, ShortVector b, ShortVector c, ShortVector d) {
        return sum.add(x.mul(a))
                .add(x.lanewise(VectorOperators.LSHR, 4).mul(b))
                .add(x.lanewise(VectorOperators.LSHR, 8).mul(c))
                .add(x.lanewise(VectorOperators.LSHR, 12).mul(d));
    }

    /** Adds the last column and compares: a bit a lane. */
    private static long reached(
            ShortVector sum, short[] codes, int at, short[] query, int factor, short threshold, short[] sums) {
        ShortVector x = ShortVector.fromArray(SHORTS, codes, at);
        ShortVector all = sum.add(x.mul(ShortVector.fromArray(SHORTS, query, factor)))
                .add(x.lanewise(VectorOperators.ASHR, 8).mul(ShortVector.fromArray(SHORTS, query, factor + LANES)));
        if (!all.compare(VectorOperators.GE, threshold).anyTrue()) {
            return 0;
        }
        // Java 17 makes a number of a mask only by way of objects: go through memory, few blocks come here.
        int scratch = sums.length - BLOCK;
        all.intoArray(sums, scratch);
        long bits = 0;
        for (int i = 0; i < LANES; i++) {
            // The sign bit of a difference of ints, which cannot overflow.
            bits |= (long) (threshold - 1 - sums[scratch + i] >>> 31) << i;
        }
        return bits;
    }
}
