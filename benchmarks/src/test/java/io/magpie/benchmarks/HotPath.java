package io.magpie.benchmarks;

import io.magpie.core.engine.Engine;
import io.magpie.core.engine.EngineConfiguration;
import io.magpie.core.engine.Recommender;
import io.magpie.core.fusion.ConsentPolicy;
import io.magpie.core.fusion.Fusion;
import io.magpie.core.fusion.Source;
import io.magpie.core.fusion.SourceKind;
import io.magpie.core.index.ItemAttributes;
import io.magpie.core.index.ItemIndex;
import io.magpie.core.index.ItemQuery;
import io.magpie.core.profile.ProfileRecord;
import io.magpie.core.store.StateConfiguration;
import io.magpie.core.store.StateReader;
import io.magpie.core.store.StateStoreException;
import io.magpie.core.vector.Kernels;
import io.magpie.core.vector.simd.PlainFloatScan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;

/** The parts of the hot path as slices of work that guards time. Used by one thread. */
final class HotPath implements AutoCloseable {
    static final int DIMENSION = 64;

    private static final int ITEMS = 20_000;
    private static final int PEOPLE = 1_000;
    private static final int QUERIES = 256;
    private static final int BATCH = 16;
    private static final int SPACE = EngineConfiguration.DEFAULT_SPACE_ID;
    private static final long NOW = 1_700_000_000_000L;
    private static final List<Source> SOURCES = List.of(
            new Source("social", 1, 0, SourceKind.DERIVED),
            new Source("payment", 1, 0, SourceKind.OWN),
            new Source("commerce", 1, 0, SourceKind.OWN));

    private final FactorData friendly = FactorData.of("friendly", ITEMS, DIMENSION);
    private final ItemIndex.Searcher friendlyIndex =
            ItemIndexQueryBenchmark.load(friendly).newSearcher();
    private final ItemQuery[] friendlyQueries = queries(friendly);
    private final ItemQuery[] one = new ItemQuery[1];

    private final PlainFloatIndex plain = new PlainFloatIndex(friendly, 10);
    private final float[][] expanded = new float[QUERIES][];

    private final FactorData hard = FactorData.of("hard", ITEMS, DIMENSION);
    private final ItemIndex.Searcher hardIndex =
            ItemIndexQueryBenchmark.load(hard).newSearcher();
    private final ItemQuery[] hardQueries = queries(hard);

    private final Path directory;
    private final Engine engine;
    private final StateReader reader;
    private final ProfileRecord profile;
    private final Recommender recommender;
    private final Fusion fusion = new Fusion(SOURCES, ConsentPolicy.UNSET_IS_GRANTED, DIMENSION);
    private final double[] overrides = new double[SOURCES.size()];
    private final float[] fused = new float[DIMENSION];
    private final double[] wide = new double[DIMENSION];
    private int next;
    private long person;
    double sink;

    HotPath() throws Exception {
        Arrays.fill(overrides, Double.NaN);
        Kernels.widen(friendly.queries(), wide, DIMENSION);
        for (int i = 0; i < QUERIES; i++) {
            expanded[i] =
                    PlainFloatScan.expand(Arrays.copyOfRange(friendly.queries(), i * DIMENSION, (i + 1) * DIMENSION));
        }
        directory = Files.createTempDirectory("magpie-guards-");
        StateConfiguration state = StateConfiguration.builder(
                        DIMENSION, SOURCES.stream().map(Source::name).toList())
                .maxProfiles(PEOPLE)
                .maxItems(ITEMS)
                .build();
        engine = Engine.open(
                directory.resolve("state"),
                new EngineConfiguration(state, SOURCES, ConsentPolicy.UNSET_IS_GRANTED, SPACE, 0),
                Clock.fixed(Instant.ofEpochMilli(NOW), ZoneOffset.UTC));
        float[] vector = new float[DIMENSION];
        for (int item = 0; item < ITEMS; item++) {
            System.arraycopy(friendly.items(), item * DIMENSION, vector, 0, DIMENSION);
            engine.items().put(1 + item, SPACE, vector, 0, ItemAttributes.NONE);
        }
        for (int id = 1; id <= PEOPLE; id++) {
            for (int source = 0; source < SOURCES.size(); source++) {
                int item = (id * 7_919 + source) % ITEMS;
                System.arraycopy(friendly.items(), item * DIMENSION, vector, 0, DIMENSION);
                engine.profiles().putSlot(id, source, SPACE, vector, 3, NOW);
            }
        }
        reader = engine.newReader();
        profile = engine.newProfileRecord();
        recommender = engine.newRecommender();
    }

    private static ItemQuery[] queries(FactorData factors) {
        ItemQuery[] queries = new ItemQuery[QUERIES];
        for (int i = 0; i < QUERIES; i++) {
            queries[i] = new ItemQuery(DIMENSION);
            System.arraycopy(factors.queries(), i * DIMENSION, queries[i].vector(), 0, DIMENSION);
        }
        return queries;
    }

    /** Scores 4,096 items one by one. */
    void score(Kernels kernels) {
        double sum = 0;
        for (int item = 0; item < 4_096; item++) {
            sum += kernels.dot(wide, friendly.items(), item * DIMENSION, DIMENSION);
        }
        sink += sum;
    }

    /** Eight queries through the index. */
    void searchIndex() {
        for (int i = 0; i < 8; i++) {
            one[0] = friendlyQueries[next()];
            friendlyIndex.search(one, 1);
        }
        sink += one[0].score(0);
    }

    /** The same number by a plain float32 scan. */
    void scanPlain() {
        for (int i = 0; i < 8; i++) {
            sink += plain.search(expanded[next()]);
        }
    }

    private int next() {
        next = (next + 1) % QUERIES;
        return next;
    }

    /** Sixteen queries on hard data, together. The same ones as {@link #searchSingles}. */
    void searchBatch() {
        hardIndex.search(hardQueries, BATCH);
        sink += hardQueries[0].score(0);
    }

    /** Sixteen queries on hard data, one after the other. */
    void searchSingles() {
        for (int i = 0; i < BATCH; i++) {
            one[0] = hardQueries[i];
            hardIndex.search(one, 1);
        }
        sink += one[0].score(0);
    }

    /** Reads 32 profiles and fuses each. */
    void readAndFuse() {
        for (int i = 0; i < 32; i++) {
            reader.readProfile(nextPerson(), profile);
            sink += fusion.fuse(profile, overrides, ConsentPolicy.PURPOSE_RECOMMEND, SPACE, NOW, fused);
        }
    }

    /** Answers people one by one, as a request alone in its batch is answered. */
    void recommend(int requests) {
        for (int i = 0; i < requests; i++) {
            recommender.add().forProfile(nextPerson()).limit(10);
            recommender.execute();
            if (recommender.request(0).count() != 10) {
                throw new IllegalStateException("an answer is short");
            }
            recommender.clear();
        }
    }

    private long nextPerson() {
        person = 1 + (person + 37) % PEOPLE;
        return person;
    }

    FactorData friendly() {
        return friendly;
    }

    @Override
    public void close() throws IOException, StateStoreException {
        engine.close();
        LoopbackServer.delete(directory);
    }
}
