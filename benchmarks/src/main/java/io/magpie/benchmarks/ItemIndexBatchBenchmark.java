package io.magpie.benchmarks;

import io.magpie.core.index.ItemIndex;
import io.magpie.core.index.ItemQuery;
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

/** 64 queries, asked in batches of one size or another: time a query. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 2)
@Fork(value = 1, jvmArgsAppend = "-Xmx6g")
public class ItemIndexBatchBenchmark {
    private static final int QUERIES = 64;

    @Param({"friendly", "hard"})
    public String data;

    @Param({"100000", "1000000"})
    public int items;

    @Param({"1", "2", "4", "8", "16", "32", "64"})
    public int batch;

    private ItemIndex.Searcher searcher;
    private final ItemQuery[] queries = new ItemQuery[QUERIES];
    private ItemQuery[][] batches;

    @Setup
    public void setUp() {
        FactorData factors = FactorData.of(data, items, 64);
        searcher = ItemIndexQueryBenchmark.load(factors).newSearcher();
        for (int i = 0; i < QUERIES; i++) {
            queries[i] = new ItemQuery(64);
            System.arraycopy(factors.queries(), i * 64, queries[i].vector(), 0, 64);
        }
        batches = new ItemQuery[QUERIES / batch][];
        for (int i = 0; i < batches.length; i++) {
            batches[i] = java.util.Arrays.copyOfRange(queries, i * batch, (i + 1) * batch);
        }
    }

    @Benchmark
    @OperationsPerInvocation(QUERIES)
    public int index() {
        for (ItemQuery[] each : batches) {
            searcher.search(each, batch);
        }
        return queries[0].count();
    }
}
