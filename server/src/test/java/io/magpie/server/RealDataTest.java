package io.magpie.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.magpie.client.MagpieClient;
import io.magpie.client.RecommendRequest;
import io.magpie.client.Recommendations;
import io.magpie.core.oracle.ScoreOracle;
import io.magpie.server.cli.bulk.BulkWriter;
import io.magpie.server.cli.bulk.FolderRows;
import io.magpie.server.cli.bulk.RowSource;
import io.magpie.server.cli.bulk.VectorRows;
import io.magpie.server.data.FactorFolder;
import io.magpie.server.data.VectorMatrix;
import io.magpie.server.data.VectorReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Real factors and word vectors through a real server, loaded and asked through the SDK: each answer equals the oracle's, item
 * by item and bit by bit. {@code -Dmagpie.data=DIR} says where the data lies; without it nothing here runs, and with it a
 * missing folder fails.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class RealDataTest {
    private static final int TOP = 10;
    private static final int IN_FLIGHT = 64;
    /** One person in so many is asked about: the oracle takes a millisecond each. Coprime to the five lengths of history. */
    private static final int EVERY = 4;

    private static final long TIME_MILLIS = 1_767_323_045_000L;

    private static Path data;

    @TempDir
    Path directory;

    private long checked;
    private long zeroVectors;

    @BeforeAll
    static void findData() {
        String property = System.getProperty("magpie.data", "");
        assumeTrue(!property.isEmpty(), "skipped: -Dmagpie.data=DIR does not say where real data lies");
        data = Path.of(property);
        assertThat(data).isDirectory();
    }

    @Test
    void shouldAnswerAsTheOracleWhenProjectsHaveThreeSources() throws Exception {
        checkFolder("debian-deps/mixed");
    }

    @Test
    void shouldAnswerAsTheOracleWhenShoppersHaveThreeSources() throws Exception {
        checkFolder("online-retail/als64");
    }

    @Test
    void shouldAnswerAsTheOracleWhenQueriesAreWords() throws Exception {
        Path base = data.resolve("glove100/base.fvecs.gz");
        assertThat(base).isRegularFile();
        VectorMatrix items = VectorMatrix.read(base);
        try (MagpieServer server = start(100, items.rows(), 1, "social:1:never");
                MagpieClient client = connect(server);
                VectorRows<io.magpie.client.ItemUpdate> rows = new VectorRows<>(
                        base,
                        VectorReader.open(base),
                        null,
                        null,
                        (id, row, vector) ->
                                new io.magpie.client.ItemUpdate(id, vector, io.magpie.client.ItemAttributes.NONE))) {
            int space = client.serverInfo().spaceId();
            load(client, rows, list -> client.async().putItems(space, list), items.rows());
            List<float[]> queries = new ArrayList<>();
            // The oracle takes milliseconds a query: every eighth word, rare ones too.
            for (String file : new String[] {"query.fvecs", "query_tail.fvecs"}) {
                VectorMatrix words = VectorMatrix.read(data.resolve("glove100").resolve(file));
                IntStream.iterate(0, i -> i < words.rows(), i -> i + 8).forEach(i -> queries.add(words.row(i)));
            }
            queries.add(new float[100]);
            queries.add(negated(items.row(0)));
            checkVectors(client, items, queries);
        }
        assertThat(checked).isEqualTo(252);
        assertThat(zeroVectors).isEqualTo(1);
    }

    /** People by profile, and vectors of each source by themselves, zero ones among both. */
    private void checkFolder(String name) throws Exception {
        Path folder = data.resolve(name);
        assertThat(folder).isDirectory();
        FactorFolder factors = FactorFolder.read(folder);
        assertThat(zeroRows(factors.items())).as("zero items").isPositive();
        double[] weights = {0.6, 0.2, 0.25};
        StringBuilder sources = new StringBuilder();
        for (int s = 0; s < factors.sources().size(); s++) {
            sources.append(s == 0 ? "" : ",")
                    .append(factors.sources().get(s))
                    .append(':')
                    .append(weights[s])
                    .append(":never");
        }
        int users = factors.userNames().size();
        try (MagpieServer server =
                        start(factors.items().dimension(), factors.items().rows(), users, sources.toString());
                MagpieClient client = connect(server)) {
            int space = client.serverInfo().spaceId();
            load(
                    client,
                    FolderRows.items(factors),
                    list -> client.async().putItems(space, list),
                    factors.items().rows());
            long zeroSlots = 0;
            int[] numbers = IntStream.range(0, factors.sources().size()).toArray();
            load(
                    client,
                    FolderRows.slots(factors, numbers, space, TIME_MILLIS),
                    client.async()::putSlots,
                    users * numbers.length);
            for (int s : numbers) {
                zeroSlots += zeroRows(factors.userVectors(s));
            }
            checkProfiles(client, factors, weights);
            assertThat(checked).isGreaterThan(users / EVERY);
            checkSources(client, factors);
            if (name.startsWith("debian")) {
                assertThat(zeroSlots).as("zero slots").isPositive();
                assertThat(zeroVectors)
                        .as("people and sources of whom nothing is known")
                        .isPositive();
            }
        }
    }

    private void checkProfiles(MagpieClient client, FactorFolder factors, double[] weights) {
        Questions questions = new Questions(factors.items());
        for (int user = 0; user < factors.userNames().size(); user += EVERY) {
            float[] fused = FusionOracle.fuse(factors, user, weights);
            questions.ask(client, RecommendRequest.forProfile(user).limit(TOP), fused);
        }
        questions.finish();
    }

    private void checkSources(MagpieClient client, FactorFolder factors) {
        List<float[]> vectors = new ArrayList<>();
        for (int s = 0; s < factors.sources().size(); s++) {
            VectorMatrix matrix = factors.userVectors(s);
            // Every zero row would be one and the same question.
            int zeros = 0;
            for (int user = 0; user < matrix.rows(); user++) {
                if (matrix.isZero(user) ? zeros++ < 3 : user % EVERY == 1) {
                    vectors.add(matrix.row(user));
                }
            }
        }
        checkVectors(client, factors.items(), vectors);
    }

    private void checkVectors(MagpieClient client, VectorMatrix items, List<float[]> vectors) {
        int space = client.serverInfo().spaceId();
        Questions questions = new Questions(items);
        for (float[] vector : vectors) {
            questions.ask(client, RecommendRequest.forVector(space, vector).limit(TOP), vector);
        }
        questions.finish();
    }

    /** Questions on their way while the oracle works on the answers of earlier ones. */
    private final class Questions {
        private final VectorMatrix items;
        private final ArrayDeque<CompletableFuture<Recommendations>> answers = new ArrayDeque<>();
        private final ArrayDeque<float[]> vectors = new ArrayDeque<>();

        Questions(VectorMatrix items) {
            this.items = items;
        }

        void ask(MagpieClient client, RecommendRequest request, float[] vector) {
            if (answers.size() == IN_FLIGHT) {
                checkOldest();
            }
            answers.add(client.async().recommend(request));
            vectors.add(vector);
        }

        void finish() {
            while (!answers.isEmpty()) {
                checkOldest();
            }
        }

        private void checkOldest() {
            Recommendations answer = answers.remove().join();
            float[] vector = vectors.remove();
            ScoreOracle.Answer[] exact = exact(vector);
            assertThat(answer.items()).as("question %d", checked).hasSize(exact.length);
            for (int rank = 0; rank < exact.length; rank++) {
                Recommendations.ScoredItem item = answer.items().get(rank);
                boolean same = item.itemId() == exact[rank].itemId()
                        && Float.floatToRawIntBits(item.score()) == Float.floatToRawIntBits(exact[rank].score());
                assertThat(same)
                        .as("question %d rank %d: answered %s, exact %s", checked, rank, item, exact[rank])
                        .isTrue();
            }
            checked++;
            zeroVectors += isZero(vector) ? 1 : 0;
        }

        /** The oracle's score of every item, the best kept by insertion: its sort of all would take most of the test's time. */
        private ScoreOracle.Answer[] exact(float[] vector) {
            ScoreOracle.Answer[] best = new ScoreOracle.Answer[Math.min(TOP, items.rows())];
            int count = 0;
            for (int row = 0; row < items.rows(); row++) {
                float score = ScoreOracle.score(vector, items.values(), row * items.dimension(), 0.0f);
                if (count == best.length && score <= best[count - 1].score()) {
                    continue;
                }
                int rank = count < best.length ? count++ : count - 1;
                while (rank > 0 && best[rank - 1].score() < score) {
                    best[rank] = best[rank - 1];
                    rank--;
                }
                best[rank] = new ScoreOracle.Answer(row, score);
            }
            return best;
        }
    }

    private MagpieServer start(int dimension, int items, int profiles, String sources) throws Exception {
        return TestServers.start(
                Files.createDirectories(directory.resolve("state")),
                "dimension",
                Integer.toString(dimension),
                "sources",
                sources,
                "store.items",
                Integer.toString(items),
                "store.profiles",
                Integer.toString(profiles),
                "log.segment-size",
                "32MiB");
    }

    private static MagpieClient connect(MagpieServer server) {
        return MagpieClient.builder("127.0.0.1", server.address().getPort())
                .connections(1)
                .requestTimeout(Duration.ofMinutes(1))
                .connect();
    }

    private static <T> void load(MagpieClient client, RowSource<T> rows, BulkWriter.Sender<T> sender, int count)
            throws Exception {
        BulkWriter<T> writer =
                new BulkWriter<>(sender, 512, client.serverInfo().maxListLength(), (share, loaded) -> {});
        writer.load(rows);
        assertThat(writer.report().refusals()).isEmpty();
        assertThat(writer.report().loaded()).isEqualTo(count);
    }

    private static long zeroRows(VectorMatrix matrix) {
        return IntStream.range(0, matrix.rows()).filter(matrix::isZero).count();
    }

    private static boolean isZero(float[] vector) {
        return Arrays.equals(vector, new float[vector.length]);
    }

    private static float[] negated(float[] vector) {
        float[] negated = new float[vector.length];
        for (int i = 0; i < vector.length; i++) {
            negated[i] = -vector[i];
        }
        return negated;
    }
}
