package io.magpie.benchmarks;

import io.github.jbellis.jvector.graph.GraphIndexBuilder;
import io.github.jbellis.jvector.graph.GraphSearcher;
import io.github.jbellis.jvector.graph.ImmutableGraphIndex;
import io.github.jbellis.jvector.graph.ListRandomAccessVectorValues;
import io.github.jbellis.jvector.graph.SearchResult;
import io.github.jbellis.jvector.graph.similarity.BuildScoreProvider;
import io.github.jbellis.jvector.graph.similarity.DefaultSearchScoreProvider;
import io.github.jbellis.jvector.util.Bits;
import io.github.jbellis.jvector.vector.VectorSimilarityFunction;
import io.github.jbellis.jvector.vector.VectorizationProvider;
import io.github.jbellis.jvector.vector.types.VectorFloat;
import io.github.jbellis.jvector.vector.types.VectorTypeSupport;
import io.magpie.core.index.ItemIndex;
import io.magpie.core.index.ItemQuery;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.KnnFloatVectorQuery;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.store.ByteBuffersDirectory;
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
 * The index, exact, beside Lucene's and JVector's graphs, top 10 of inner product, one core. Each graph is searched as
 * wide as it takes to find 95 % of the true ten (or as wide as was tried, where it never does); the recall is printed
 * by the setup. Both use SIMD on Java 20 to 23 (Lucene 9) or 20 and newer (JVector) only: compare there.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 3, time = 3)
@Fork(value = 1, jvmArgsAppend = "-Xmx6g")
public class GraphPeersBenchmark {
    private static final int LIMIT = 10;
    private static final int JUDGED = 200;
    private static final double WANTED_RECALL = 0.95;
    private static final int[] WIDTHS = {10, 15, 20, 30, 45, 65, 100, 150, 220, 330, 500, 800};
    private static final VectorTypeSupport TYPES =
            VectorizationProvider.getInstance().getVectorTypeSupport();

    @Param({"friendly", "hard"})
    public String data;

    @Param("100000")
    public int items;

    private FactorData factors;
    private ItemIndex.Searcher index;
    private final ItemQuery[] query = {new ItemQuery(64)};
    private IndexSearcher lucene;
    private int luceneWidth;
    private ListRandomAccessVectorValues jvectorValues;
    private GraphSearcher jvector;
    private int jvectorWidth;
    private int next;

    @Setup
    public void setUp() throws IOException {
        factors = FactorData.of(data, items, 64);
        index = ItemIndexQueryBenchmark.load(factors).newSearcher();
        buildLucene();
        buildJvector();
        luceneWidth = width("lucene", width -> number -> luceneAnswer(number, width));
        jvectorWidth = width("jvector", width -> number -> jvectorAnswer(number, width));
    }

    @Benchmark
    public long exactIndex() {
        ask(next());
        return query[0].id(0);
    }

    @Benchmark
    public int luceneGraph() {
        return luceneAnswer(next(), luceneWidth).size();
    }

    @Benchmark
    public int jvectorGraph() {
        return jvectorAnswer(next(), jvectorWidth).size();
    }

    private void buildLucene() throws IOException {
        ByteBuffersDirectory directory = new ByteBuffersDirectory();
        IndexWriterConfig config = new IndexWriterConfig().setRAMBufferSizeMB(1024);
        try (IndexWriter writer = new IndexWriter(directory, config)) {
            for (int i = 0; i < factors.count(); i++) {
                Document document = new Document();
                document.add(new KnnFloatVectorField(
                        "v",
                        Arrays.copyOfRange(factors.items(), i * 64, (i + 1) * 64),
                        org.apache.lucene.index.VectorSimilarityFunction.MAXIMUM_INNER_PRODUCT));
                document.add(new StoredField("id", i));
                writer.addDocument(document);
            }
            // One segment: document numbers are then the items' ids.
            writer.forceMerge(1);
        }
        lucene = new IndexSearcher(DirectoryReader.open(directory));
    }

    // Deprecated in JVector 4.0.2, and still the shortest way to state width, overflow and alpha in one place.
    @SuppressWarnings("deprecation")
    private void buildJvector() throws IOException {
        List<VectorFloat<?>> vectors = new ArrayList<>();
        for (int i = 0; i < factors.count(); i++) {
            vectors.add(TYPES.createFloatVector(Arrays.copyOfRange(factors.items(), i * 64, (i + 1) * 64)));
        }
        jvectorValues = new ListRandomAccessVectorValues(vectors, 64);
        BuildScoreProvider scores =
                BuildScoreProvider.randomAccessScoreProvider(jvectorValues, VectorSimilarityFunction.DOT_PRODUCT);
        try (GraphIndexBuilder builder = new GraphIndexBuilder(scores, 64, 32, 100, 1.2f, 1.2f, false)) {
            ImmutableGraphIndex graph = builder.build(jvectorValues);
            jvector = new GraphSearcher(graph);
        }
    }

    private Set<Integer> luceneAnswer(int number, int width) {
        try {
            Set<Integer> ids = new HashSet<>();
            ScoreDoc[] found = lucene.search(new KnnFloatVectorQuery("v", row(number), width), LIMIT).scoreDocs;
            for (ScoreDoc each : found) {
                ids.add(each.doc);
            }
            return ids;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private Set<Integer> jvectorAnswer(int number, int width) {
        VectorFloat<?> vector = TYPES.createFloatVector(row(number));
        DefaultSearchScoreProvider scores =
                DefaultSearchScoreProvider.exact(vector, VectorSimilarityFunction.DOT_PRODUCT, jvectorValues);
        Set<Integer> ids = new HashSet<>();
        for (SearchResult.NodeScore each :
                jvector.search(scores, LIMIT, width, 0, 0, Bits.ALL).getNodes()) {
            ids.add(each.node);
        }
        return ids;
    }

    private int width(String name, IntFunction<IntFunction<Set<Integer>>> searches) {
        double recall = 0;
        int width = 0;
        for (int i = 0; i < WIDTHS.length && recall < WANTED_RECALL; i++) {
            width = WIDTHS[i];
            int right = 0;
            for (int number = 0; number < JUDGED; number++) {
                ask(number);
                Set<Integer> found = searches.apply(width).apply(number);
                for (int rank = 0; rank < LIMIT; rank++) {
                    right += found.contains((int) query[0].id(rank)) ? 1 : 0;
                }
            }
            recall = (double) right / (JUDGED * LIMIT);
        }
        System.out.printf("%n%s: %s width=%d recall=%.3f%n", name, data, width, recall);
        return width;
    }

    private void ask(int number) {
        query[0].clear();
        System.arraycopy(factors.queries(), number * 64, query[0].vector(), 0, 64);
        index.search(query, 1);
    }

    private float[] row(int number) {
        return Arrays.copyOfRange(factors.queries(), number * 64, (number + 1) * 64);
    }

    private int next() {
        next = next + 1 == factors.queryCount() ? 0 : next + 1;
        return next;
    }
}
