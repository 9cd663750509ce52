package io.magpie.benchmarks;

import io.magpie.core.index.ItemAttributes;
import io.magpie.core.index.ItemIndex;
import io.magpie.core.index.ItemQuery;
import io.magpie.core.index.LiveItemIndex;
import io.magpie.core.oracle.ScoreOracle;
import io.magpie.core.vector.simd.PlainFloatScan;
import java.util.Arrays;
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
 * One query, top 10, on one core: the index beside the yardstick (a float32 SIMD scan), what reading the yardstick's
 * memory takes, and a scalar scan. The yardstick must reach 60 % of the reading speed for ratios to count. Sample time,
 * so that the tail shows. Answers are checked against the oracle before anything is measured.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 3, time = 2)
@Fork(value = 1, jvmArgsAppend = "-Xmx6g")
public class ItemIndexQueryBenchmark {
    private static final int CHECKED = 5;
    private static final int LIMIT = 10;

    @Param({"friendly", "hard", "flat", "glove", "glove-tail"})
    public String data;

    @Param({"10000", "100000", "1000000"})
    public int items;

    @Param("64")
    public int dimension;

    private FactorData factors;
    private PlainFloatIndex plain;
    private ItemIndex.Searcher searcher;
    private float[][] expanded;
    private final ItemQuery[] query = new ItemQuery[1];
    private int next;

    @Setup
    public void setUp() {
        factors = FactorData.of(data, items, dimension);
        plain = new PlainFloatIndex(factors, LIMIT);
        searcher = load(factors).newSearcher();
        query[0] = new ItemQuery(factors.dimension());
        expanded = new float[factors.queryCount()][];
        for (int i = 0; i < expanded.length; i++) {
            expanded[i] = PlainFloatScan.expand(row(i));
        }
        check();
    }

    /** Loads an index and waits until all is sealed. */
    static LiveItemIndex load(FactorData factors) {
        LiveItemIndex index = new LiveItemIndex(factors.dimension());
        float[] vector = new float[factors.dimension()];
        for (int i = 0; i < factors.count(); i++) {
            System.arraycopy(factors.items(), i * vector.length, vector, 0, vector.length);
            index.put(i + 1, i, vector, 0, ItemAttributes.NONE);
        }
        index.settle();
        return index;
    }

    @Benchmark
    public long index() {
        ask(next());
        return query[0].id(0);
    }

    @Benchmark
    public int plainFloatScan() {
        return plain.search(expanded[next()]);
    }

    @Benchmark
    public float readOnly() {
        return PlainFloatScan.read(plain.memory());
    }

    @Benchmark
    public float scalarScan() {
        float[] vector = row(next());
        float best = Float.NEGATIVE_INFINITY;
        for (int i = 0; i < factors.count(); i++) {
            float sum = 0;
            for (int j = 0; j < vector.length; j++) {
                sum += vector[j] * factors.items()[i * vector.length + j];
            }
            best = Math.max(best, sum);
        }
        return best;
    }

    private int next() {
        next = next + 1 == factors.queryCount() ? 0 : next + 1;
        return next;
    }

    private void ask(int number) {
        query[0].clear();
        query[0].limit(LIMIT);
        int length = factors.dimension();
        System.arraycopy(factors.queries(), number * length, query[0].vector(), 0, length);
        searcher.search(query, 1);
    }

    private float[] row(int number) {
        int length = factors.dimension();
        return Arrays.copyOfRange(factors.queries(), number * length, (number + 1) * length);
    }

    private void check() {
        long[] ids = new long[factors.count()];
        Arrays.setAll(ids, i -> i);
        for (int i = 0; i < CHECKED; i++) {
            ask(i);
            ScoreOracle.Answer[] right = ScoreOracle.top(row(i), ids, factors.items(), null, LIMIT, id -> true);
            for (int rank = 0; rank < LIMIT; rank++) {
                if (query[0].id(rank) != right[rank].itemId() || query[0].score(rank) != right[rank].score()) {
                    throw new IllegalStateException("not the oracle's answer: query=" + i + " rank=" + rank);
                }
            }
        }
    }
}
