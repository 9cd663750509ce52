package io.magpie.core.vector;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.core.oracle.ScoreOracle;
import java.util.Arrays;
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

    @Test
    void shouldScanAndRefineLikeTheScalarKernelsBitByBit() {
        SplittableRandom random = new SplittableRandom(2);
        for (int round = 0; round < 300; round++) {
            boolean pairs = random.nextBoolean();
            int columns = 1 + random.nextInt(12);
            int blocks = 1 + random.nextInt(5);
            short[] codes = shorts(random, 7 + blocks * columns * Kernels.BLOCK);
            int factors = (columns - 1) * (pairs ? 2 : 4) + 2;
            short[] query = shorts(random, factors);
            short start = (short) random.nextInt();
            short threshold = (short) Math.max(-32767, 32767 - random.nextInt(1 << random.nextInt(17)));
            String expected = scan(Kernels.scalar(), pairs, codes, blocks, columns, query, start, threshold);
            assertThat(scan(Kernels.best(), pairs, codes, blocks, columns, query, start, threshold))
                    .isEqualTo(expected);
        }
    }

    @Test
    void shouldFindTheLargestSumOfEachLaneWhenThereAreBlocksAndTheSmallestShortWhenThereAreNone() {
        SplittableRandom random = new SplittableRandom(4);
        for (int blocks = 0; blocks <= 16; blocks++) {
            short[] sums = shorts(random, (blocks + 1) * Kernels.BLOCK);
            short[] expected = new short[Kernels.BLOCK];
            Arrays.fill(expected, Short.MIN_VALUE);
            for (int i = 0; i < blocks * Kernels.BLOCK; i++) {
                expected[i % Kernels.BLOCK] = (short) Math.max(expected[i % Kernels.BLOCK], sums[i]);
            }
            for (Kernels kernels : new Kernels[] {Kernels.best(), Kernels.scalar()}) {
                short[] maxima = shorts(random, Kernels.BLOCK);
                kernels.laneMaxima(sums, blocks, maxima);
                assertThat(maxima).as(kernels.name()).isEqualTo(expected);
            }
        }
    }

    @Test
    void shouldScanTogetherLikeTheScalarKernels() {
        SplittableRandom random = new SplittableRandom(3);
        for (int round = 0; round < 300; round++) {
            int columns = 1 + random.nextInt(12);
            int blocks = 1 + random.nextInt(64);
            int tiles = 1 + random.nextInt(4);
            short[] codes = shorts(random, 7 + blocks * columns * Kernels.BLOCK);
            int factors = 2 * columns - 1;
            // Sums stay within 2047 whatever the codes: |code >> 2| is 32 at most.
            int largest = 2047 / 32 / factors;
            float[] queries = new float[4 * tiles * factors];
            for (int i = 0; i < queries.length; i++) {
                queries[i] = random.nextInt(-largest, largest + 1);
            }
            float[] thresholds = new float[4 * tiles];
            for (int i = 0; i < thresholds.length; i++) {
                thresholds[i] = random.nextInt(8) == 0 ? 2048 : random.nextInt(-2047, 2048) / (1 + random.nextInt(4));
            }
            long[][] reached = new long[2][4 * tiles];
            Kernels[] both = {Kernels.scalar(), Kernels.best()};
            for (int i = 0; i < 2; i++) {
                float[] scratch = new float[Kernels.togetherScratch(columns)];
                both[i].scanTogether(codes, 7, blocks, columns, queries, tiles, thresholds, scratch, reached[i]);
            }
            assertThat(reached[1]).isEqualTo(reached[0]);
        }
    }

    private static String scan(
            Kernels kernels,
            boolean pairs,
            short[] codes,
            int blocks,
            int columns,
            short[] query,
            short start,
            short threshold) {
        short[] expanded = new short[query.length * kernels.lanes()];
        kernels.expand(query, query.length, expanded, 0);
        int[] hits = new int[blocks];
        short[] sums = new short[(blocks + 1) * Kernels.BLOCK];
        int found = pairs
                ? kernels.scanPairs(codes, 7, blocks, columns, expanded, start, threshold, hits, sums)
                : kernels.scanQuads(codes, 7, blocks, columns, expanded, start, threshold, hits, sums);
        StringBuilder told = new StringBuilder();
        for (int i = 0; i < found; i++) {
            int at = i * Kernels.BLOCK;
            told.append(hits[i] >>> 4).append(Arrays.toString(Arrays.copyOfRange(sums, at, at + Kernels.BLOCK)));
            int last = 7 + ((hits[i] >>> 4) * columns + columns - 1) * Kernels.BLOCK;
            int factor = (query.length - 2) * kernels.lanes();
            told.append(Long.toHexString(kernels.lastColumn(codes, last, expanded, factor, threshold, sums, at)));
            long mask = pairs
                    ? kernels.refinePairs(codes, 7, columns, expanded, start, threshold, sums, i << 4 | 15)
                    : kernels.refineQuads(codes, 7, columns, expanded, start, threshold, sums, i << 4 | 15);
            told.append(Long.toHexString(mask))
                    .append(Arrays.toString(Arrays.copyOfRange(sums, at, at + Kernels.BLOCK)));
        }
        return told.toString();
    }

    @Test
    void shouldMultiplyMatricesLikeTheScalarKernels() {
        SplittableRandom random = new SplittableRandom(3);
        for (int dimension = 1; dimension < 100; dimension++) {
            int stride = (dimension + 7) & -8;
            double[] columns = random.doubles(dimension * stride).toArray();
            double[] vector = random.doubles(dimension).toArray();
            double[] expected = new double[stride];
            double[] actual = new double[stride];
            Kernels.scalar().multiply(columns, stride, vector, dimension, expected);
            Kernels.best().multiply(columns, stride, vector, dimension, actual);
            assertThat(actual).containsExactly(expected);
        }
    }

    private static short[] shorts(SplittableRandom random, int length) {
        short[] values = new short[length];
        for (int i = 0; i < length; i++) {
            values[i] = (short) random.nextInt();
        }
        return values;
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
