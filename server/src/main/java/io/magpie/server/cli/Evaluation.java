package io.magpie.server.cli;

import io.magpie.core.index.ItemAttributes;
import io.magpie.core.index.ItemIndex;
import io.magpie.core.index.ItemQuery;
import io.magpie.core.index.LiveItemIndex;
import io.magpie.server.data.VectorMatrix;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.Histogram;

/**
 * Builds an index over items and asks it every query, timed; an item's id is its row. Threads have a searcher each and share
 * the query file by turns: thread t takes batches t, t + threads, ... Owned by one thread.
 */
final class Evaluation {
    /** A warm-up takes at most so many times what was asked for. */
    private static final int MOST_WARM_UPS = 10;

    /** It ends when searching got no faster by this factor in so many sixths of the time asked for. */
    private static final double NOTICEABLE_GAIN = 0.95;

    private static final int WINDOWS_WITHOUT_GAIN = 4;
    private static final int LEAST_WARM_UP_SEARCHES = 500;

    private final VectorMatrix queries;
    private final int top;
    private final int threads;
    private final int batch;
    private final int repeat;
    private final EvaluationAnswers answers;

    private ItemIndex index;
    private double buildSeconds;

    /**
     * @param queries the queries, of the items' dimension
     * @param items   how many items there are
     * @param top     how many items a query asks for
     * @param threads how many threads ask
     * @param batch   how many queries one search answers
     * @param repeat  how often the queries are gone through
     */
    Evaluation(VectorMatrix queries, int items, int top, int threads, int batch, int repeat) {
        this.queries = queries;
        this.top = top;
        this.threads = threads;
        this.batch = batch;
        this.repeat = repeat;
        answers = new EvaluationAnswers(queries.rows(), Math.min(top, items));
    }

    /** What the timed passes came to. All latencies are in nanoseconds. */
    record Timing(
            Histogram latencies,
            double seconds,
            long scannedItems,
            long scoredItems,
            long unstable,
            long warmUpQueries,
            double warmUpSeconds) {
        double queriesPerSecond() {
            return latencies.getTotalCount() / seconds;
        }

        double micros(double percentile) {
            return latencies.getValueAtPercentile(percentile) / 1e3;
        }
    }

    /** Builds the index: from vectors in memory until it has settled. */
    void build(VectorMatrix items, Progress progress) {
        long start = System.nanoTime();
        index = new LiveItemIndex(items.dimension());
        float[] row = new float[items.dimension()];
        for (int i = 0; i < items.rows(); i++) {
            items.copyRow(i, row);
            index.put(i + 1L, i, row, 0.0f, ItemAttributes.NONE);
            if ((i & 0xFFF) == 0) {
                progress.at("building the index", (double) i / items.rows(), i);
            }
        }
        progress.begin("building the index: waiting until it has settled");
        index.settle();
        buildSeconds = (System.nanoTime() - start) / 1e9;
    }

    /** Returns how long {@link #build} took. */
    double buildSeconds() {
        return buildSeconds;
    }

    /** Returns bytes an item in the index. */
    double bytesPerItem() {
        return index.bytesPerItem();
    }

    /** Returns the answers of the timed passes. */
    EvaluationAnswers answers() {
        return answers;
    }

    /** Frees the index. */
    void close() {
        index.close();
    }

    /** Warms up on the same queries, for the time given or longer, then goes through them {@code repeat} times, timed. */
    Timing run(double warmUpSeconds) {
        ExecutorService pool = Executors.newFixedThreadPool(threads, task -> {
            Thread thread = new Thread(task, "eval");
            thread.setDaemon(true);
            return thread;
        });
        try {
            long begin = System.nanoTime();
            AtomicLong start = new AtomicLong();
            // What building and warming up left behind is collected before the clock starts.
            CyclicBarrier warm = new CyclicBarrier(threads, () -> {
                System.gc();
                start.set(System.nanoTime());
            });
            List<Future<Asker>> futures = new ArrayList<>();
            for (int t = 0; t < threads; t++) {
                Asker asker = new Asker(t);
                futures.add(pool.submit(() -> asker.run((long) (warmUpSeconds * 1e9), warm)));
            }
            return sum(futures, begin, start);
        } finally {
            pool.shutdownNow();
        }
    }

    private static Timing sum(List<Future<Asker>> futures, long begin, AtomicLong start) {
        Histogram latencies = new Histogram(3);
        long end = start.get();
        long scanned = 0;
        long scored = 0;
        long unstable = 0;
        long warmUp = 0;
        try {
            for (Future<Asker> future : futures) {
                Asker asker = future.get();
                latencies.add(asker.latencies);
                end = Math.max(end, asker.endNanos);
                scanned += asker.scanned;
                scored += asker.scored;
                unstable += asker.unstable;
                warmUp += asker.warmUpQueries;
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw CommandException.failed("interrupted", e);
        }
        double seconds = Math.max(1, end - start.get()) / 1e9;
        double warmUpSeconds = (start.get() - begin) / 1e9;
        return new Timing(latencies, seconds, scanned, scored, unstable, warmUp, warmUpSeconds);
    }

    /** One thread that asks. */
    private final class Asker {
        private final int number;
        private final ItemIndex.Searcher searcher = index.newSearcher();
        private final ItemQuery[] asked = new ItemQuery[batch];
        private final Histogram latencies = new Histogram(TimeUnit.HOURS.toNanos(1), 3);
        private long endNanos;
        private long scanned;
        private long scored;
        private long unstable;
        private long warmUpQueries;

        Asker(int number) {
            this.number = number;
            for (int i = 0; i < batch; i++) {
                asked[i] = new ItemQuery(queries.dimension());
            }
        }

        Asker run(long warmUpNanos, CyclicBarrier warm) throws InterruptedException, BrokenBarrierException {
            if (warmUpNanos > 0 && (long) number * batch < queries.rows()) {
                warmUp(warmUpNanos);
            }
            latencies.reset();
            warm.await();
            for (int pass = 0; pass < repeat; pass++) {
                for (long first = (long) number * batch; first < queries.rows(); first += (long) threads * batch) {
                    int count = ask((int) first);
                    keep((int) first, count, pass);
                }
            }
            endNanos = System.nanoTime();
            return this;
        }

        /**
         * Asks until the time has passed and searching no longer gets faster. Time alone would not do: until its loops are
         * compiled, SIMD code runs a thousand times slower, and on a busy machine that takes as long as it takes.
         */
        private void warmUp(long leastNanos) {
            long start = System.nanoTime();
            long window = Math.max(1, leastNanos / 6);
            double bestNanos = Double.MAX_VALUE;
            int windowsWithoutGain = 0;
            int searches = 0;
            long first = (long) number * batch;
            while (System.nanoTime() - start < leastNanos * MOST_WARM_UPS
                    && (windowsWithoutGain < WINDOWS_WITHOUT_GAIN
                            || searches < LEAST_WARM_UP_SEARCHES
                            || System.nanoTime() - start < leastNanos)) {
                long windowStart = System.nanoTime();
                long asked = 0;
                while (asked == 0 || System.nanoTime() - windowStart < window) {
                    asked += ask((int) first);
                    searches++;
                    first += (long) threads * batch;
                    first = first < queries.rows() ? first : (long) number * batch;
                }
                warmUpQueries += asked;
                double nanos = (double) (System.nanoTime() - windowStart) / asked;
                windowsWithoutGain = nanos < bestNanos * NOTICEABLE_GAIN ? 0 : windowsWithoutGain + 1;
                bestNanos = Math.min(bestNanos, nanos);
            }
        }

        /** Asks the batch that starts at a query: what is timed is filling in the requests and the search. */
        private int ask(int first) {
            int count = Math.min(batch, queries.rows() - first);
            long start = System.nanoTime();
            for (int i = 0; i < count; i++) {
                ItemQuery query = asked[i];
                query.clear();
                query.limit(top);
                queries.copyRow(first + i, query.vector());
            }
            searcher.search(asked, count);
            latencies.recordValueWithCount(System.nanoTime() - start, count);
            return count;
        }

        private void keep(int first, int count, int pass) {
            for (int i = 0; i < count; i++) {
                ItemQuery query = asked[i];
                scanned += query.scannedItems();
                scored += query.scoredItems();
                if (pass == 0) {
                    answers.put(first + i, query);
                } else if (!answers.isSame(first + i, query)) {
                    unstable++;
                }
            }
        }
    }
}
