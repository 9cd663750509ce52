package io.magpie.benchmarks;

import io.magpie.core.index.ItemAttributes;
import io.magpie.core.index.ItemIndex;
import io.magpie.core.index.ItemQuery;
import io.magpie.core.index.LiveItemIndex;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;
import org.openjdk.jmh.annotations.AuxCounters;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One reader's queries while a writer patches items' attributes, or replaces items, 5,000 a second, and at rest: windows of
 * half a second take turns, so that what neighbours do to the machine falls on both. Counters say the percentiles of
 * each, in microseconds; the time itself means nothing. With two cores the reader has one and the writer, with the
 * compaction that it causes, the other.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 2)
@Measurement(iterations = 5)
@Fork(value = 1, jvmArgsAppend = "-Xmx6g")
public class ItemIndexPatchBenchmark {
    private static final int CHANGES_A_SECOND = 5_000;
    private static final int CHANGES_AT_ONCE = 5;
    private static final int WINDOWS = 10;
    private static final long WINDOW_NANOS = 500_000_000L;
    private static final int DIMENSION = 64;

    @Param({"friendly", "hard"})
    public String data;

    @Param("100000")
    public int items;

    @Param({"patch", "put"})
    public String change;

    private final SplittableRandom random = new SplittableRandom(4);
    private final ItemQuery[] query = {new ItemQuery(DIMENSION)};
    private FactorData factors;
    private LiveItemIndex index;
    private ItemIndex.Searcher searcher;
    private int next;
    private long version;
    private Thread writer;
    private volatile boolean writing;
    private volatile boolean closed;

    /** Percentiles of the queries of an iteration, in microseconds. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.EVENTS)
    public static class Percentiles {
        public double restP50;
        public double restP99;
        public double changingP50;
        public double changingP99;
    }

    @Setup
    public void setUp() {
        factors = FactorData.of(data, items, DIMENSION);
        index = ItemIndexQueryBenchmark.load(factors);
        version = items;
        searcher = index.newSearcher();
        writer = new Thread(this::write, "writer");
        writer.setDaemon(true);
        writer.start();
    }

    @TearDown
    public void tearDown() throws InterruptedException {
        closed = true;
        writer.join();
        index.close();
    }

    @Benchmark
    public void windows(Percentiles percentiles) {
        Histogram rest = new Histogram(3);
        Histogram changing = new Histogram(3);
        for (int window = 0; window < WINDOWS; window++) {
            writing = window % 2 == 1;
            Histogram into = writing ? changing : rest;
            long end = System.nanoTime() + WINDOW_NANOS;
            long now = System.nanoTime();
            while (now < end) {
                ask();
                long after = System.nanoTime();
                into.recordValue(after - now);
                now = after;
            }
        }
        writing = false;
        percentiles.restP50 = rest.getValueAtPercentile(50) / 1e3;
        percentiles.restP99 = rest.getValueAtPercentile(99) / 1e3;
        percentiles.changingP50 = changing.getValueAtPercentile(50) / 1e3;
        percentiles.changingP99 = changing.getValueAtPercentile(99) / 1e3;
    }

    private void ask() {
        next = next + 1 == factors.queryCount() ? 0 : next + 1;
        query[0].clear();
        System.arraycopy(factors.queries(), next * DIMENSION, query[0].vector(), 0, DIMENSION);
        searcher.search(query, 1);
    }

    private void write() {
        float[] vector = new float[DIMENSION];
        long due = System.nanoTime();
        while (!closed) {
            if (!writing) {
                LockSupport.parkNanos(1_000_000);
                due = System.nanoTime();
                continue;
            }
            for (int i = 0; i < CHANGES_AT_ONCE; i++) {
                int item = random.nextInt(items);
                ItemAttributes attributes = new ItemAttributes(1, random.nextInt(1000), true, false);
                if (change.equals("patch")) {
                    index.patch(++version, item, attributes);
                } else {
                    System.arraycopy(factors.items(), item * DIMENSION, vector, 0, DIMENSION);
                    index.put(++version, item, vector, 0, attributes);
                }
            }
            due += 1_000_000_000L / CHANGES_A_SECOND * CHANGES_AT_ONCE;
            LockSupport.parkNanos(due - System.nanoTime());
        }
    }
}
