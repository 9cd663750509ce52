package io.magpie.benchmarks;

import io.magpie.core.index.ItemAttributes;
import io.magpie.core.index.ItemIndex;
import io.magpie.core.index.ItemQuery;
import io.magpie.core.index.LiveItemIndex;
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

/** A filter by price that keeps a share of the items, and one by the lack of a tag, which postings cannot lead. */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 2)
@Fork(value = 1, jvmArgsAppend = "-Xmx6g")
public class ItemIndexFilterBenchmark {
    private static final int PRICES = 100_000;
    private static final int TAG = 7;

    @Param({"friendly", "hard"})
    public String data;

    @Param({"100000", "1000000"})
    public int items;

    /** Percent of the items that pass. */
    @Param({"0.1", "1", "10", "50", "100"})
    public double passing;

    private FactorData factors;
    private ItemIndex.Searcher searcher;
    private final ItemQuery[] query = {new ItemQuery(64)};
    private int next;

    @Setup
    public void setUp() {
        factors = FactorData.of(data, items, 64);
        LiveItemIndex index = new LiveItemIndex(64);
        SplittableRandom random = new SplittableRandom(3);
        float[] vector = new float[64];
        for (int i = 0; i < items; i++) {
            System.arraycopy(factors.items(), i * 64, vector, 0, 64);
            int price = random.nextInt(PRICES);
            int[] tags = price < PRICES * passing / 100 ? new int[0] : new int[] {TAG};
            index.put(i + 1, i, vector, 0, new ItemAttributes(1, price, true, false, tags));
        }
        index.settle();
        searcher = index.newSearcher();
    }

    @Benchmark
    public int priceRange() {
        ask();
        query[0].filter().priceMinorRange(0, (long) (PRICES * passing / 100) - 1);
        searcher.search(query, 1);
        return query[0].count();
    }

    @Benchmark
    public int withoutTag() {
        ask();
        query[0].filter().addTagNone(TAG);
        searcher.search(query, 1);
        return query[0].count();
    }

    @Benchmark
    public int noFilter() {
        ask();
        searcher.search(query, 1);
        return query[0].count();
    }

    private void ask() {
        next = next + 1 == factors.queryCount() ? 0 : next + 1;
        query[0].clear();
        System.arraycopy(factors.queries(), next * 64, query[0].vector(), 0, 64);
    }
}
