package io.magpie.core.vector;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.core.oracle.ScoreOracle;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class KernelsTest {
    private static final int MOST = 1030;

    @Test
    void shouldLoadSimdWhenTheJvmHasTheModule() {
        assertThat(Kernels.best().name()).as(Kernels.fallbackReason()).startsWith("simd-");
    }

    @Test
    void shouldScoreLikeTheOracleWhateverTheDimensionAndTheOffset() {
        SplittableRandom random = new SplittableRandom(1);
        for (int dimension = 1; dimension <= MOST; dimension++) {
            int offset = random.nextInt(20);
            float[] query = floats(random, dimension);
            float[] rows = floats(random, dimension + offset + random.nextInt(3));
            float bias = random.nextInt(3) == 0 ? 0.0f : (float) random.nextGaussian();
            double[] wide = new double[dimension];
            Kernels.widen(query, wide, dimension);
            float expected = ScoreOracle.score(query, rows, offset, bias);
            for (Kernels kernels : new Kernels[] {Kernels.best(), Kernels.scalar()}) {
                float actual = Kernels.score(kernels.dot(wide, rows, offset, dimension), bias);
                assertThat(Float.floatToRawIntBits(actual))
                        .as("%s dimension=%d", kernels.name(), dimension)
                        .isEqualTo(Float.floatToRawIntBits(expected));
            }
        }
    }

    /** Wild magnitudes, so that any other order of the sum shows. */
    private static float[] floats(SplittableRandom random, int length) {
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            int kind = random.nextInt(8);
            float value = (float) random.nextGaussian();
            values[i] = kind == 0 ? 0.0f : kind == 1 ? -0.0f : kind == 2 ? value * 1e18f : kind == 3 ? 1e-40f : value;
        }
        return values;
    }
}
