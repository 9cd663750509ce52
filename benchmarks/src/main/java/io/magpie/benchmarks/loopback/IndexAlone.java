package io.magpie.benchmarks.loopback;

import io.magpie.core.index.ItemAttributes;
import io.magpie.core.index.ItemIndex;
import io.magpie.core.index.ItemQuery;
import io.magpie.core.index.LiveItemIndex;
import io.magpie.load.scenario.KnownCatalogue;
import io.magpie.load.scenario.KnownSource;
import io.magpie.load.scenario.NaiveScorer;
import io.magpie.load.scenario.SyntheticData;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.Locale;
import java.util.SplittableRandom;
import org.HdrHistogram.Histogram;

/**
 * The index without a server: the same items, the vectors of the same people, one query at a time. A process of its own, so
 * that it can have the server's processor; for each line on its input, the seconds to run, it prints one with figures.
 */
public final class IndexAlone {
    private static final int QUERIES = 20_000;
    private static final int TOP = 10;
    private static final double WARM_UP_SECONDS = 4;

    private final ItemIndex.Searcher searcher;
    private final float[][] vectors;
    private final ItemQuery[] query;

    private IndexAlone(SyntheticData data) {
        KnownCatalogue items = data.catalogue();
        int dimension = items.dimension();
        LiveItemIndex index = new LiveItemIndex(dimension);
        for (int row = 0; row < items.size(); row++) {
            float[] vector = Arrays.copyOfRange(items.vectors(), row * dimension, (row + 1) * dimension);
            ItemAttributes attributes = new ItemAttributes(data.category(row), data.priceMinor(row), true, false);
            index.put(row + 1, items.id(row), vector, items.bias(row), attributes);
        }
        index.settle();
        searcher = index.newSearcher();
        query = new ItemQuery[] {new ItemQuery(dimension)};
        NaiveScorer scorer = new NaiveScorer(
                Collections.nCopies(SyntheticData.SOURCES, new KnownSource(1, 0, KnownSource.Kind.UNSAID)));
        SplittableRandom random = new SplittableRandom(1);
        vectors = new float[QUERIES][];
        for (int i = 0; i < QUERIES; i++) {
            vectors[i] = scorer.fuse(data.profile(1 + random.nextInt(data.profileCount())), dimension, 0);
        }
    }

    /** Returns queries a second and their p50 in microseconds. */
    private String run(double seconds) {
        Histogram latencies = new Histogram(10_000_000_000L, 3);
        long from = System.nanoTime();
        long end = from + (long) (seconds * 1e9);
        long now = from;
        for (int i = 0; now < end; i++) {
            float[] vector = vectors[i % QUERIES];
            System.arraycopy(vector, 0, query[0].vector(), 0, vector.length);
            query[0].limit(TOP);
            searcher.search(query, 1);
            long after = System.nanoTime();
            latencies.recordValue(after - now);
            now = after;
        }
        return String.format(
                Locale.ROOT,
                "%.1f %.3f",
                latencies.getTotalCount() / ((now - from) / 1e9),
                latencies.getValueAtPercentile(50) / 1e3);
    }

    /** Runs until its input ends. Arguments: items, people, dimension. */
    public static void main(String[] arguments) throws IOException {
        IndexAlone alone = new IndexAlone(new SyntheticData(
                1, Integer.parseInt(arguments[0]), Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2])));
        alone.run(WARM_UP_SECONDS);
        System.out.println("ready");
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        String line;
        while ((line = in.readLine()) != null) {
            System.out.println(alone.run(Double.parseDouble(line)));
        }
    }
}
