package io.magpie.core.vector;

/** The kernels without SIMD. Eight locals stand for the eight accumulators, so that the JIT keeps them in registers. */
final class ScalarKernels extends Kernels {
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
}
