package io.magpie.benchmarks;

import io.magpie.core.index.ItemAttributes;
import io.magpie.core.index.ItemIndex;
import io.magpie.core.index.ItemQuery;
import io.magpie.core.index.LiveItemIndex;
import io.magpie.core.vector.simd.PlainFloatScan;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One query, top 10, on catalogues of every shape: 1,000 to 1,000,000 items, 16 to 256 dimensions, biases that are none
 * or as wide as the scores; beside the yardstick, which knows no biases. {@link #oneCore} has one processor, so that
 * nobody helps with a large scan; {@link #index} may use a second one.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(value = 1, jvmArgsAppend = "-Xmx6g")
public class ItemIndexShapeBenchmark {
    private static final int LIMIT = 10;

    @Param({"friendly", "hard"})
    public String data;

    @Param({"1000", "10000", "100000", "1000000"})
    public int items;

    @Param({"16", "64", "128", "256"})
    public int dimension;

    @Param({"none", "wide"})
    public String biases;

    private FactorData factors;
    private PlainFloatIndex plain;
    private ItemIndex.Searcher searcher;
    private final ItemQuery[] query = new ItemQuery[1];
    private int next;

    @Setup
    public void setUp() {
        factors = FactorData.of(data, items, dimension);
        plain = new PlainFloatIndex(factors, LIMIT);
        LiveItemIndex index = new LiveItemIndex(dimension);
        SplittableRandom random = new SplittableRandom(9);
        float[] vector = new float[dimension];
        for (int i = 0; i < items; i++) {
            System.arraycopy(factors.items(), i * dimension, vector, 0, dimension);
            float bias = biases.equals("wide") ? (float) random.nextGaussian() : 0;
            index.put(i + 1, i, vector, bias, ItemAttributes.NONE);
        }
        index.settle();
        searcher = index.newSearcher();
        query[0] = new ItemQuery(dimension);
    }

    @Benchmark
    public long index() {
        return ask();
    }

    @Benchmark
    @Fork(
            value = 1,
            jvmArgsAppend = {"-Xmx6g", "-XX:ActiveProcessorCount=1"})
    public long oneCore() {
        return ask();
    }

    @Benchmark
    public int plainFloatScan() {
        next = next + 1 == factors.queryCount() ? 0 : next + 1;
        float[] vector = Arrays.copyOfRange(factors.queries(), next * dimension, (next + 1) * dimension);
        return plain.search(PlainFloatScan.expand(vector));
    }

    private long ask() {
        next = next + 1 == factors.queryCount() ? 0 : next + 1;
        query[0].clear();
        System.arraycopy(factors.queries(), next * dimension, query[0].vector(), 0, dimension);
        searcher.search(query, 1);
        return query[0].id(0);
    }
}
