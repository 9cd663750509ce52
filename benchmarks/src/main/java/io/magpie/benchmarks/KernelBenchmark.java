package io.magpie.benchmarks;

import io.magpie.core.vector.Kernels;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What the index's hot loops take: scans for each block of 64 items and query, inner products for each row. Blocks lie
 * in memory one behind the other, as many as 100,000 items have. No item reaches a threshold.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class KernelBenchmark {
    private static final int BLOCKS = 1536;
    private static final int BLOCKS_A_CALL = 64;
    private static final int BLOCKS_TOGETHER = 16;
    private static final int QUERIES = 16;
    private static final int ROWS = 1024;

    @Param({"simd", "scalar"})
    public String kernels;

    /** Shorts an item has in the level: 9 are those of hard data at dimension 64, 17 those of glove. */
    @Param({"9", "17"})
    public int columns;

    /** Of the rows whose inner products are computed. */
    @Param("64")
    public int dimension;

    private Kernels kernel;
    private short[] codes;
    private short[] query;
    private final int[] hits = new int[BLOCKS_A_CALL];
    private final short[] sums = new short[(BLOCKS_A_CALL + 1) * Kernels.BLOCK];
    private float[] queries;
    private final float[] thresholds = new float[QUERIES];
    private float[] scratch;
    private final long[] reached = new long[QUERIES];
    private float[] vectors;
    private double[] wide;

    @Setup
    public void setUp() {
        kernel = kernels.equals("simd") ? Kernels.best() : Kernels.scalar();
        SplittableRandom random = new SplittableRandom(1);
        codes = new short[BLOCKS * columns * Kernels.BLOCK];
        for (int i = 0; i < codes.length; i++) {
            codes[i] = (short) random.nextInt();
        }
        query = new short[4 * columns * kernel.lanes()];
        queries = new float[QUERIES * (2 * columns - 1)];
        Arrays.fill(thresholds, 2048);
        scratch = new float[Kernels.togetherScratch(columns)];
        vectors = new float[ROWS * dimension];
        wide = new double[dimension];
        for (int i = 0; i < vectors.length; i++) {
            vectors[i] = random.nextFloat();
        }
        Arrays.fill(wide, 0.5);
    }

    @Benchmark
    @OperationsPerInvocation(BLOCKS)
    public int scanPairs() {
        int found = 0;
        for (int block = 0; block < BLOCKS; block += BLOCKS_A_CALL) {
            int offset = block * columns * Kernels.BLOCK;
            found += kernel.scanPairs(
                    codes, offset, BLOCKS_A_CALL, columns, query, (short) 0, Short.MAX_VALUE, hits, sums);
        }
        return found;
    }

    @Benchmark
    @OperationsPerInvocation(BLOCKS)
    public int scanQuads() {
        int found = 0;
        for (int block = 0; block < BLOCKS; block += BLOCKS_A_CALL) {
            int offset = block * columns * Kernels.BLOCK;
            found += kernel.scanQuads(
                    codes, offset, BLOCKS_A_CALL, columns, query, (short) 0, Short.MAX_VALUE, hits, sums);
        }
        return found;
    }

    /** For 16 queries at once: time for each block and query. */
    @Benchmark
    @OperationsPerInvocation(BLOCKS * QUERIES)
    public long scanTogether() {
        for (int block = 0; block < BLOCKS; block += BLOCKS_TOGETHER) {
            int offset = block * columns * Kernels.BLOCK;
            kernel.scanTogether(
                    codes, offset, BLOCKS_TOGETHER, columns, queries, QUERIES / 4, thresholds, scratch, reached);
        }
        return reached[0];
    }

    @Benchmark
    @OperationsPerInvocation(BLOCKS)
    public long refinePairs() {
        long mask = 0;
        for (int block = 0; block < BLOCKS; block++) {
            int offset = block * columns * Kernels.BLOCK;
            Arrays.fill(sums, 0, Kernels.BLOCK, (short) 0);
            mask |= kernel.refinePairs(codes, offset, columns, query, (short) 0, Short.MAX_VALUE, sums, 15);
        }
        return mask;
    }

    @Benchmark
    @OperationsPerInvocation(ROWS)
    public double dot() {
        double sum = 0;
        for (int row = 0; row < ROWS; row++) {
            sum += kernel.dot(wide, vectors, row * dimension, dimension);
        }
        return sum;
    }
}
