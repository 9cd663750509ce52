package io.magpie.server.cli;

import io.magpie.core.Outcome;
import io.magpie.core.engine.AnswerFlag;
import io.magpie.core.engine.Engine;
import io.magpie.core.engine.EngineConfiguration;
import io.magpie.core.engine.Recommendation;
import io.magpie.core.engine.Recommender;
import io.magpie.core.fusion.ConsentPolicy;
import io.magpie.core.fusion.Source;
import io.magpie.core.fusion.SourceKind;
import io.magpie.core.index.ItemAttributes;
import io.magpie.core.profile.ProfileRecord;
import io.magpie.core.profile.SeenDescriptor;
import io.magpie.core.profile.SeenSet;
import io.magpie.core.store.StateConfiguration;
import io.magpie.core.store.StateReader;
import io.magpie.core.store.StateStoreException;
import io.magpie.server.data.DataException;
import io.magpie.server.data.FactorFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A factor folder in a real engine over a temporary data directory: a user row is a profile, an item row an item, each
 * under its row as id. Silence counts as consent. Owned by one thread; {@link #close()} removes the directory.
 */
final class FolderEngine implements AutoCloseable {
    private static final int BATCH = 64;
    private static final int[] NONE = {};
    private static final int SPACE = EngineConfiguration.DEFAULT_SPACE_ID;
    private static final int LEAST_SEEN_LIMIT = 2_048;

    /** Everything happened at one time: nothing has aged when it is asked for. */
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC);

    private final FactorFolder folder;
    private final int[] users;
    private final List<Source> sources;
    private final Path directory;
    private final Engine engine;
    private final Recommender recommender;

    /**
     * @param folder  what to load
     * @param users   rows of the people to load
     * @param sources one a source of the folder, in its order; their names are the engine's own
     */
    FolderEngine(FactorFolder folder, int[] users, List<Source> sources, Progress progress) throws IOException {
        this.folder = folder;
        this.users = users;
        this.sources = sources;
        directory = Files.createTempDirectory("magpie-quality-");
        try {
            engine = Engine.open(directory, configuration(), CLOCK);
            recommender = engine.newRecommender();
            load(progress);
        } catch (StateStoreException e) {
            remove();
            throw CommandException.failed(e.getMessage(), e);
        } catch (IOException | RuntimeException | Error e) {
            remove();
            throw e;
        }
    }

    private EngineConfiguration configuration() throws DataException {
        int longest = LEAST_SEEN_LIMIT;
        long chunks = 1;
        for (int user : users) {
            int seen = folder.seen(user).length;
            longest = Math.max(longest, seen);
            chunks += SeenDescriptor.chunksFor(seen);
        }
        if (longest > SeenDescriptor.MAX_SEEN_LIMIT) {
            throw new DataException(folder.folder() + ": a user has seen more items than a profile holds: seen="
                    + longest + " most=" + SeenDescriptor.MAX_SEEN_LIMIT);
        }
        StateConfiguration state = StateConfiguration.builder(
                        folder.items().dimension(),
                        sources.stream().map(Source::name).toList())
                .maxProfiles(Math.max(1, users.length))
                .maxItems(folder.items().rows())
                .seenLimit(longest)
                .maxSeenChunks(chunks)
                .build();
        return new EngineConfiguration(
                state, sources, ConsentPolicy.UNSET_IS_GRANTED, SPACE, EngineConfiguration.DEFAULT_CLOCK_SKEW_MILLIS);
    }

    private void load(Progress progress) throws IOException {
        for (int row = 0; row < folder.items().rows(); row++) {
            progress.at("loading items", (double) row / folder.items().rows());
            done("item", row, engine.items().put(row, SPACE, folder.items().row(row), 0, ItemAttributes.NONE));
        }
        int told = Math.max(0, sources.stream().map(Source::kind).toList().indexOf(SourceKind.OWN));
        for (int i = 0; i < users.length; i++) {
            progress.at("loading people", (double) i / users.length);
            int user = users[i];
            for (int source = 0; source < sources.size(); source++) {
                done("user", user, putSlot(user, source));
            }
            long[] seen = Arrays.stream(folder.seen(user)).asLongStream().toArray();
            done("user", user, engine.profiles().markSeen(user, told, seen, seen.length, CLOCK.millis()));
        }
    }

    private Outcome putSlot(int user, int source) {
        double evidence = folder.evidence(user, source);
        if (evidence == 0 && !folder.userVectors(source).isZero(user)) {
            // A direction with nothing behind it cannot be: one column of items known may stand for all sources.
            evidence = 1;
        }
        return engine.profiles()
                .putSlot(user, source, SPACE, folder.userVectors(source).row(user), evidence, CLOCK.millis());
    }

    private void done(String what, int row, Outcome outcome) throws DataException {
        if (outcome != Outcome.OK) {
            throw new DataException(
                    folder.folder() + ": " + what + " row " + row + " (counted from 0) was refused: " + outcome);
        }
    }

    /**
     * Returns the lists of the default fusion, with weights of its own.
     *
     * @param weights one a source that replaces the configured one, or null to leave them
     * @return one list of item rows a person, best first; empty where nothing is known of the person
     */
    int[][] fusedLists(double[] weights) {
        return lists((request, user) -> {
            request.forProfile(user).excludeSeen(true);
            for (int source = 0; weights != null && source < weights.length; source++) {
                request.sourceWeight(source, weights[source]);
            }
            return true;
        });
    }

    /**
     * Returns the lists of a plain weighted sum of the slots as they lie in the store, in double, rounded once.
     *
     * @param weights one a source
     * @return one list of item rows a person, best first; empty where the sum is zero
     */
    int[][] plainLists(double[] weights) {
        StateReader reader = engine.newReader();
        ProfileRecord profile = engine.newProfileRecord();
        SeenSet seen = engine.newSeenSet();
        return lists((request, user) -> {
            reader.readProfile(user, profile);
            float[] sum = request.forVector(SPACE).vector();
            boolean any = false;
            for (int i = 0; i < sum.length; i++) {
                double component = 0;
                for (int slot = 0; slot < profile.slotCount(); slot++) {
                    component += weights[profile.slotSource(slot)] * profile.vectors()[profile.vectorOffset(slot) + i];
                }
                sum[i] = (float) component;
                any |= sum[i] != 0;
            }
            if (reader.readSeen(user, seen)) {
                for (int i = 0; i < seen.count(); i++) {
                    request.filter().exclude(seen.itemId(i));
                }
            }
            return any;
        });
    }

    private interface Question {
        /** Fills a request; returns whether there is anything to ask. */
        boolean ask(Recommendation request, int user);
    }

    private int[][] lists(Question question) {
        int[][] lists = new int[users.length][];
        Arrays.fill(lists, NONE);
        for (int from = 0; from < users.length; from += BATCH) {
            recommender.clear();
            int[] asked = new int[BATCH];
            for (int i = from; i < Math.min(users.length, from + BATCH); i++) {
                Recommendation request = recommender.add().limit(RankingQuality.TOP);
                if (question.ask(request, users[i])) {
                    asked[recommender.count() - 1] = i;
                } else {
                    recommender.removeLast();
                }
            }
            recommender.execute();
            for (int i = 0; i < recommender.count(); i++) {
                lists[asked[i]] = list(recommender.request(i));
            }
        }
        return lists;
    }

    private static int[] list(Recommendation answer) {
        if (answer.outcome() != Outcome.OK) {
            throw new IllegalStateException("a valid request was refused: outcome=" + answer.outcome());
        }
        // Items ranked without the person say nothing about fusion.
        int count = (answer.flags() & AnswerFlag.FALLBACK) != 0 ? 0 : answer.count();
        int[] list = new int[count];
        for (int rank = 0; rank < count; rank++) {
            list[rank] = (int) answer.itemId(rank);
        }
        return list;
    }

    @Override
    public void close() throws IOException {
        try {
            engine.close();
        } catch (StateStoreException e) {
            throw CommandException.failed(e.getMessage(), e);
        } finally {
            remove();
        }
    }

    private void remove() throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
