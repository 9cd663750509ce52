package io.magpie.core.engine;

import io.magpie.core.profile.IdentityHasher;
import io.magpie.core.profile.ItemRecord;
import io.magpie.core.profile.ProfileRecord;
import io.magpie.core.profile.SeenSet;
import io.magpie.core.store.SnapshotProgress;
import io.magpie.core.store.StateReader;
import io.magpie.core.store.StateStore;
import io.magpie.core.store.StateStoreException;
import java.nio.file.Path;
import java.time.Clock;

/**
 * The state of one data directory with its index: where recommenders and readers come from, and those that change it,
 * {@link #profiles()}, {@link #identities()} and {@link #items()}. Thread-safe, for a fixed set of threads (the maps keep
 * state a thread).
 */
public final class Engine implements AutoCloseable {
    /** The id that stands for none. */
    static final long RESERVED_ID = -1L;

    private final EngineConfiguration configuration;
    private final Clock clock;
    private final StateStore store;
    private final CatalogueSides catalogues;
    private final CatalogueWriter items;
    private final ProfileWriter profiles;
    private final IdentityDirectory identities;

    private Engine(EngineConfiguration configuration, Clock clock, StateStore store) {
        this.configuration = configuration;
        this.clock = clock;
        this.store = store;
        catalogues = new CatalogueSides(store, configuration);
        items = new CatalogueWriter(store, catalogues, configuration.state().dimension());
        PersonLookup lookup = new PersonLookup(store, configuration.sources().size(), clock);
        profiles = new ProfileWriter(store, configuration, clock, catalogues, lookup);
        identities = new IdentityDirectory(
                store,
                configuration.sources(),
                clock,
                lookup,
                space -> catalogues.pair().isServed(space));
    }

    /**
     * Opens the state in a directory, or creates it, recovers what a crash left, and builds the index.
     *
     * @param directory     where everything is kept
     * @param configuration what it is set up with
     * @param clock         tells the time of answers and what lies in the future
     * @throws StateStoreException if the directory cannot be used; it says why and what to do
     */
    public static Engine open(Path directory, EngineConfiguration configuration, Clock clock)
            throws StateStoreException {
        StateStore store = StateStore.open(directory, configuration.state());
        try {
            return new Engine(configuration, clock, store);
        } catch (RuntimeException | Error e) {
            try {
                store.close();
            } catch (StateStoreException suppressed) {
                e.addSuppressed(suppressed);
            }
            throw e;
        }
    }

    /** Returns what this engine is set up with. */
    public EngineConfiguration configuration() {
        return configuration;
    }

    /** Returns what changes profiles. */
    public ProfileWriter profiles() {
        return profiles;
    }

    /** Returns what changes the items. */
    public CatalogueWriter items() {
        return items;
    }

    /** Returns the live catalogue and the one beside it: what stages, switches and drops. */
    public CatalogueSides catalogues() {
        return catalogues;
    }

    /** Returns what links identities. */
    public IdentityDirectory identities() {
        return identities;
    }

    /** Makes what hashes identities for the calling thread. */
    public IdentityHasher newIdentityHasher() {
        return store.newIdentityHasher();
    }

    /** Makes a recommender for the calling thread. */
    public Recommender newRecommender() {
        return new Recommender(this, store, configuration, clock);
    }

    /** Makes an explanation for the calling thread to ask why an item suits a person. */
    public Explanation newExplanation() {
        return new Explanation(this, store, configuration, clock);
    }

    /** Makes a reader of profiles, seen sets and items for the calling thread. */
    public StateReader newReader() {
        return store.newReader();
    }

    /** Makes an empty record for a reader to fill. */
    public ProfileRecord newProfileRecord() {
        return store.newProfileRecord();
    }

    /** Makes an empty set for a reader to fill. */
    public SeenSet newSeenSet() {
        return store.newSeenSet();
    }

    /** Makes an empty record for a reader to fill. */
    public ItemRecord newItemRecord() {
        return store.newItemRecord();
    }

    Catalogue catalogue() {
        return catalogues.live();
    }

    /** Returns the space of the live catalogue, unsigned 32-bit. */
    public int spaceId() {
        return catalogue().spaceId();
    }

    /** Returns the catalogue version of the last change of the live items: what answers show now. */
    public long catalogueVersion() {
        return catalogue().index().version();
    }

    /** Copies the state into a new directory; see {@link StateStore#snapshot}. For a thread of its own. */
    public void snapshot(Path target, long bytesPerSecond, SnapshotProgress progress) throws StateStoreException {
        store.snapshot(target, bytesPerSecond, progress);
    }

    /** Returns how much is held. */
    public EngineStatistics statistics() {
        return new EngineStatistics(store.statistics(), catalogues.status());
    }

    /** Closes indexes and stores cleanly. No other thread may be inside. */
    @Override
    public void close() throws StateStoreException {
        catalogues.close();
        store.close();
    }
}
