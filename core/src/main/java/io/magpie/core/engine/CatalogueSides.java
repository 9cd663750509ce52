package io.magpie.core.engine;

import io.magpie.core.Outcome;
import io.magpie.core.profile.ItemRecord;
import io.magpie.core.store.Change;
import io.magpie.core.store.Register;
import io.magpie.core.store.StateStore;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.agrona.collections.IntHashSet;
import org.agrona.collections.LongArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The live catalogue and the one beside it: staged before a switch, the previous one after it. Each is a set of items of
 * its own with an index of its own and a number, its <em>edition</em>. Beginning, switching and dropping are one log record
 * each and cost the same whatever the sets hold; the items of a dropped set are removed in the background, in small
 * changes, and a start goes on with what a crash left.
 *
 * <p>Thread-safe, for a fixed set of threads. An answer comes from one set wholly: a batch looks at {@link #live()} once.
 */
public final class CatalogueSides {
    /** Stands for the live edition, or in a switch or a drop for the one beside it, whichever that is. */
    public static final int UNSAID = 0;

    private static final Logger LOGGER = LoggerFactory.getLogger(CatalogueSides.class);
    /** So many removals are one change: a tenth of a millisecond under the writer's lock. */
    private static final int REMOVED_AT_ONCE = 128;
    /** Between them writers get their turn: the lock is not a fair one. */
    private static final long PAUSE_NANOS = 50_000;

    /** What there is; replaced as a whole, under the store's lock. */
    record Pair(Catalogue live, Catalogue other, boolean otherWasLive) {
        /** Returns the catalogue of a number, or null; {@link #UNSAID} is the live one. */
        Catalogue find(int edition) {
            if (edition == UNSAID || edition == live.edition()) {
                return live;
            }
            return other != null && edition == other.edition() ? other : null;
        }

        /** Returns the one that is not the given one; null if there is none. */
        Catalogue besides(Catalogue one) {
            return one == live ? other : live;
        }

        /** Returns whether answers of either catalogue look at slots of this space. */
        boolean isServed(int spaceId) {
            return spaceId == live.spaceId() || other != null && spaceId == other.spaceId();
        }
    }

    private final StateStore store;
    private final EngineConfiguration configuration;
    private final ExecutorService worker = Executors.newSingleThreadExecutor(task -> {
        // Not behind others: what it drops is room that the next catalogue waits for.
        Thread thread = new Thread(task, "magpie-catalogue");
        thread.setDaemon(true);
        return thread;
    });
    private volatile boolean closing;
    private volatile Pair pair;

    /** Builds the indexes of what the store holds. */
    CatalogueSides(StateStore store, EngineConfiguration configuration) {
        this.store = store;
        this.configuration = configuration;
        pair = load();
    }

    private Pair load() {
        int liveEdition = Math.max(ItemRecord.FIRST_EDITION, (int) store.register(Register.LIVE_EDITION));
        int otherEdition = (int) store.register(Register.OTHER_EDITION);
        Catalogue live = Catalogue.empty(liveEdition, (int) store.register(Register.LIVE_SPACE), configuration);
        Catalogue other = otherEdition == 0
                ? null
                : Catalogue.empty(otherEdition, (int) store.register(Register.OTHER_SPACE), configuration);
        long liveVersion = storedVersion(liveEdition);
        long otherVersion = storedVersion(otherEdition);
        IntHashSet dropped = new IntHashSet();
        store.forEachItem(item -> {
            if (item.edition() == liveEdition) {
                live.load(liveVersion, item);
            } else if (other != null && item.edition() == otherEdition) {
                other.load(otherVersion, item);
            } else {
                dropped.add(item.edition());
            }
        });
        for (Catalogue each : new Catalogue[] {live, other}) {
            if (each != null) {
                each.popularity().listAll();
                each.index().advance(each == live ? liveVersion : otherVersion);
            }
        }
        dropped.forEach(edition -> worker.execute(() -> free(edition)));
        boolean wasNeverSaid = live.index().size() == 0 && other == null && store.register(Register.LIVE_EDITION) == 0;
        return new Pair(
                wasNeverSaid ? live.inSpace(configuration.spaceId()) : live,
                other,
                store.register(Register.OTHER_WAS_LIVE) != 0);
    }

    private long storedVersion(int edition) {
        long changed = store.register(Register.CHANGED_EDITION);
        return store.register(changed == 0 || changed == edition ? Register.CATALOGUE_VERSION : Register.STILL_VERSION);
    }

    /**
     * Makes a version of a catalogue, the newest of all.
     *
     * @param beside what stays at its version meanwhile, or null
     */
    static long nextVersion(StateStore store, Change change, Catalogue of, Catalogue beside) {
        long version = store.register(Register.CATALOGUE_VERSION) + 1;
        change.putRegister(Register.CATALOGUE_VERSION, version);
        putChanged(store, change, of, beside);
        return version;
    }

    /** Notes which catalogue the newest version is of, and the other's version, when that changes. */
    private static void putChanged(StateStore store, Change change, Catalogue changed, Catalogue beside) {
        if (store.register(Register.CHANGED_EDITION) != changed.edition()) {
            change.putRegister(Register.CHANGED_EDITION, changed.edition());
            change.putRegister(
                    Register.STILL_VERSION, beside == null ? 0 : beside.index().version());
        }
    }

    Pair pair() {
        return pair;
    }

    Catalogue live() {
        return pair.live();
    }

    /**
     * Begins an empty catalogue beside the live one.
     *
     * @param spaceId the space of its vectors, unsigned 32-bit; may be the live one's
     * @return {@link Outcome#CATALOGUE_EXISTS} if there is one beside the live one already
     */
    public Outcome stage(int spaceId) {
        try (Change change = store.begin()) {
            Pair now = pair;
            if (now.other() != null) {
                return Outcome.CATALOGUE_EXISTS;
            }
            int newest = (int) store.register(Register.NEWEST_EDITION);
            int edition = Math.max(newest, now.live().edition()) + 1;
            change.putRegister(Register.NEWEST_EDITION, edition);
            putRegisters(change, now.live(), edition, spaceId, false);
            Catalogue staged = Catalogue.empty(edition, spaceId, configuration);
            putChanged(store, change, staged, now.live());
            Outcome outcome = change.commit();
            if (outcome == Outcome.OK) {
                staged.index().advance(store.register(Register.CATALOGUE_VERSION));
                pair = new Pair(now.live(), staged, false);
            } else {
                staged.index().close();
            }
            return outcome;
        }
    }

    /**
     * Makes the catalogue beside the live one live, and keeps the live one beside it: doing it again goes back. The next
     * answer comes from it. It makes a catalogue version.
     *
     * @param edition what is to be live; if it is already, nothing happens. {@link #UNSAID}: the one beside
     * @return {@link Outcome#UNKNOWN_CATALOGUE} if there is none beside the live one, or not this
     */
    public Outcome switchTo(int edition) {
        try (Change change = store.begin()) {
            Pair now = pair;
            if (edition == now.live().edition()) {
                return Outcome.OK;
            }
            Catalogue next = now.other();
            if (next == null || edition != UNSAID && edition != next.edition()) {
                return Outcome.UNKNOWN_CATALOGUE;
            }
            long version = nextVersion(store, change, next, now.live());
            putRegisters(change, next, now.live().edition(), now.live().spaceId(), true);
            Outcome outcome = change.commit();
            if (outcome == Outcome.OK) {
                next.index().advance(version);
                pair = new Pair(next, now.live(), true);
            }
            return outcome;
        }
    }

    /**
     * Lets go of the catalogue beside the live one. Its items stop counting at once and leave the store in the background.
     *
     * @param edition which; {@link #UNSAID}: the one beside
     * @return {@link Outcome#CATALOGUE_LIVE} if it is the live one, {@link Outcome#UNKNOWN_CATALOGUE} if there is no such
     */
    public Outcome drop(int edition) {
        try (Change change = store.begin()) {
            Pair now = pair;
            if (edition == now.live().edition()) {
                return Outcome.CATALOGUE_LIVE;
            }
            Catalogue gone = now.other();
            if (gone == null || edition != UNSAID && edition != gone.edition()) {
                return Outcome.UNKNOWN_CATALOGUE;
            }
            putRegisters(change, now.live(), 0, 0, false);
            Outcome outcome = change.commit();
            if (outcome == Outcome.OK) {
                pair = new Pair(now.live(), null, false);
                worker.execute(() -> {
                    // Waits for a merge under way. Searches that still use it go on: closing only ends its threads.
                    gone.index().close();
                    free(gone.edition());
                });
            }
            return outcome;
        }
    }

    private static void putRegisters(Change change, Catalogue live, int other, int otherSpace, boolean wasLive) {
        change.putRegister(Register.LIVE_EDITION, live.edition());
        change.putRegister(Register.LIVE_SPACE, Integer.toUnsignedLong(live.spaceId()));
        change.putRegister(Register.OTHER_EDITION, other);
        change.putRegister(Register.OTHER_SPACE, Integer.toUnsignedLong(otherSpace));
        change.putRegister(Register.OTHER_WAS_LIVE, wasLive ? 1 : 0);
    }

    /**
     * Builds an index anew in the background, with order and codes chosen from what it holds now; it answers meanwhile, and
     * changes made meanwhile are in what takes its place. The catalogue's version stays.
     *
     * @param edition which; {@link #UNSAID}: the live one
     * @return {@link Outcome#UNKNOWN_CATALOGUE} if there is no such
     */
    public Outcome rebuild(int edition) {
        Catalogue which = pair.find(edition);
        if (which == null) {
            return Outcome.UNKNOWN_CATALOGUE;
        }
        which.index().rebuild();
        return Outcome.OK;
    }

    /** Returns what there is. */
    public CatalogueStatus status() {
        Pair now = pair;
        CatalogueStatus.Side live = CatalogueStatus.Side.of(now.live());
        CatalogueStatus.Side other = now.other() == null ? null : CatalogueStatus.Side.of(now.other());
        long held = live.items() + (other == null ? 0 : other.items());
        return new CatalogueStatus(
                live,
                other,
                now.otherWasLive(),
                Math.max(0, store.itemCount() - held),
                configuration.state().maxItems());
    }

    /** Returns the catalogue version that answers of an edition show now; {@link #UNSAID} is the live one. */
    public long version(int edition) {
        Catalogue which = pair.find(edition);
        return which == null ? live().index().version() : which.index().version();
    }

    /** Returns the space of an edition, unsigned 32-bit; of the live one if there is no such. */
    public int spaceId(int edition) {
        Catalogue which = pair.find(edition);
        return which == null ? live().spaceId() : which.spaceId();
    }

    /** Returns the edition that a number stands for, or 0 if there is no such; {@link #UNSAID} is the live one. */
    public int edition(int edition) {
        Catalogue which = pair.find(edition);
        return which == null ? 0 : which.edition();
    }

    /** Removes the items of an edition that is neither side's any more. */
    private void free(int edition) {
        try {
            LongArrayList ids = new LongArrayList();
            store.forEachItemId(edition, ids::addLong);
            for (int from = 0; from < ids.size() && !closing; from += REMOVED_AT_ONCE) {
                try (Change change = store.begin()) {
                    for (int i = from; i < Math.min(from + REMOVED_AT_ONCE, ids.size()); i++) {
                        change.removeItem(edition, ids.getLong(i));
                    }
                    if (change.commit() != Outcome.OK) {
                        return;
                    }
                }
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        } catch (RuntimeException | Error e) {
            LOGGER.error("a dropped catalogue could not be freed; the next start goes on: edition={}", edition, e);
        }
    }

    /** Ends background work and closes the indexes; the store stays open. No other thread may be inside. */
    void close() {
        closing = true;
        worker.shutdown();
        try {
            if (!worker.awaitTermination(10, TimeUnit.MINUTES)) {
                LOGGER.warn("freeing a dropped catalogue does not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Pair now = pair;
        now.live().index().close();
        if (now.other() != null) {
            now.other().index().close();
        }
    }
}
