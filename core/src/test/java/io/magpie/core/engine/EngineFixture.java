package io.magpie.core.engine;

import io.magpie.core.Outcome;
import io.magpie.core.fusion.ConsentPolicy;
import io.magpie.core.fusion.Decay;
import io.magpie.core.fusion.Source;
import io.magpie.core.fusion.SourceKind;
import io.magpie.core.index.ItemAttributes;
import io.magpie.core.profile.ProfileDescriptor;
import io.magpie.core.profile.ProfileRecord;
import io.magpie.core.profile.SeenSet;
import io.magpie.core.store.StateConfiguration;
import io.magpie.core.store.StateStoreException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.SplittableRandom;

/** A small engine of three sources over a directory, with a clock that the test moves. */
final class EngineFixture {
    static final long DAY = 86_400_000L;
    static final long START = 1_700_000_000_000L;
    static final int DIMENSION = 5;
    static final int SPACE = EngineConfiguration.DEFAULT_SPACE_ID;
    static final int RECOMMEND = ConsentPolicy.PURPOSE_RECOMMEND;
    static final int BOUGHT = 0;
    static final int FRIENDS = 1;
    static final int CLICKED = 2;
    static final List<Source> SOURCES = List.of(
            new Source("bought", 1, Decay.NEVER, SourceKind.OWN),
            new Source("friends", 0.75, 30 * DAY, SourceKind.DERIVED),
            new Source("clicked", 0.5, 10 * DAY));

    final TestClock clock = new TestClock(START);
    private final Path directory;

    EngineFixture(Path directory) {
        this.directory = directory;
    }

    Engine open() throws StateStoreException {
        return open(ConsentPolicy.UNSET_IS_GRANTED);
    }

    Engine open(ConsentPolicy policy) throws StateStoreException {
        StateConfiguration state = state().slotCapacity(4)
                .maxProfiles(50)
                .maxItems(60)
                .seenLimit(20)
                .logSegmentBytes(1 << 20)
                .build();
        return open(directory, state, policy, clock);
    }

    /** Starts on what an engine with its sources keeps, to be bounded. */
    static StateConfiguration.Builder state() {
        return StateConfiguration.builder(
                DIMENSION, SOURCES.stream().map(Source::name).toList());
    }

    /** Opens one of another size, by the machine's clock. */
    static Engine open(Path directory, StateConfiguration state) throws StateStoreException {
        return open(directory, state, ConsentPolicy.UNSET_IS_GRANTED, Clock.systemUTC());
    }

    private static Engine open(Path directory, StateConfiguration state, ConsentPolicy policy, Clock clock)
            throws StateStoreException {
        return Engine.open(
                directory,
                new EngineConfiguration(state, SOURCES, policy, SPACE, EngineConfiguration.DEFAULT_CLOCK_SKEW_MILLIS),
                clock);
    }

    static float[] vector(SplittableRandom random) {
        float[] vector = new float[DIMENSION];
        for (int i = 0; i < DIMENSION; i++) {
            vector[i] = (float) random.nextGaussian();
        }
        return vector;
    }

    static float[] vector(float first) {
        float[] vector = new float[DIMENSION];
        vector[0] = first;
        return vector;
    }

    static Outcome putItem(Engine engine, long itemId, float... vector) {
        return engine.items().put(itemId, SPACE, vector, 0, ItemAttributes.NONE);
    }

    static ProfileRecord profile(Engine engine, long profileId) {
        ProfileRecord profile = engine.newProfileRecord();
        return engine.newReader().readProfile(profileId, profile) ? profile : null;
    }

    static SeenSet seen(Engine engine, long profileId) {
        SeenSet seen = engine.newSeenSet();
        engine.newReader().readSeen(profileId, seen);
        return seen;
    }

    static Recommendation recommend(Engine engine, long profileId, int limit) {
        Recommender recommender = engine.newRecommender();
        Recommendation request = recommender.add().forProfile(profileId).limit(limit);
        recommender.execute();
        return request;
    }

    static void grant(Engine engine, long profileId, int source) {
        engine.profiles().setConsent(profileId, source, RECOMMEND, ProfileDescriptor.CONSENT_GRANTED, START);
    }
}
