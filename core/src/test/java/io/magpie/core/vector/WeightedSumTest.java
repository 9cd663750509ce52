package io.magpie.core.vector;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class WeightedSumTest {
    private static final int MOST = 1_030;

    @Test
    void shouldGiveTheDefinedBitsWhateverTheDimensionAndTheRows() {
        SplittableRandom random = new SplittableRandom(5);
        for (int dimension = 1; dimension <= MOST; dimension++) {
            int rows = random.nextInt(6);
            double[] factors = new double[6];
            int[] offsets = new int[6];
            float[] vectors = new float[8 * dimension];
            for (int i = 0; i < vectors.length; i++) {
                vectors[i] = value(random);
            }
            for (int row = 0; row < rows; row++) {
                factors[row] = random.nextInt(5) == 0 ? 0 : random.nextGaussian() / 3;
                offsets[row] = random.nextInt(7 * dimension + 1);
            }
            float[] expected = new float[dimension];
            for (int i = 0; i < dimension; i++) {
                double sum = 0;
                for (int row = 0; row < rows; row++) {
                    double product = factors[row] * (double) vectors[offsets[row] + i];
                    sum = sum + product;
                }
                expected[i] = (float) sum;
            }
            for (Kernels kernels : new Kernels[] {Kernels.best(), Kernels.scalar()}) {
                float[] actual = new float[dimension];
                java.util.Arrays.fill(actual, 7);
                kernels.weightedSum(factors, offsets, rows, vectors, actual, dimension);
                for (int i = 0; i < dimension; i++) {
                    assertThat(Float.floatToRawIntBits(actual[i]))
                            .as("%s dimension=%d rows=%d component=%d", kernels.name(), dimension, rows, i)
                            .isEqualTo(Float.floatToRawIntBits(expected[i]));
                }
            }
        }
    }

    private static float value(SplittableRandom random) {
        float value = (float) random.nextGaussian();
        return switch (random.nextInt(8)) {
            case 0 -> 0.0f;
            case 1 -> -0.0f;
            case 2 -> value * 1e18f;
            case 3 -> value * 1e-40f;
            default -> value;
        };
    }
}
