package io.magpie.core.vector.simd;

import io.magpie.core.vector.Kernels;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
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
        int whole = DOUBLES.loopBound(dimension);
        // The sums stay in registers over all rows: three rows of 64 cost a third of adding row by row in memory.
        for (int i = 0; i < whole; i += DOUBLES.length()) {
            DoubleVector sum = DoubleVector.zero(DOUBLES);
            for (int row = 0; row < rows; row++) {
                DoubleVector x = (DoubleVector) FloatVector.fromArray(HALF, vectors, offsets[row] + i)
                        .convertShape(VectorOperators.F2D, DOUBLES, 0);
                // Not fused: factors have 53 bits, and scalar code rounds the product too.
                sum = sum.add(x.mul(factors[row]));
            }
            ((FloatVector) sum.convertShape(VectorOperators.D2F, HALF, 0)).intoArray(into, i);
        }
        for (int i = whole; i < dimension; i++) {
            double sum = 0;
            for (int row = 0; row < rows; row++) {
                sum += factors[row] * vectors[offsets[row] + i];
            }
            into[i] = (float) sum;
        }
    }
}
