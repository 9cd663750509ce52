package io.magpie.core.engine;

import io.magpie.core.Outcome;
import io.magpie.core.fusion.ConsentPolicy;
import io.magpie.core.fusion.SlotUpdate;
import io.magpie.core.fusion.Source;
import io.magpie.core.log.LogScrub;
import io.magpie.core.profile.ItemRecord;
import io.magpie.core.profile.ProfileDescriptor;
import io.magpie.core.profile.ProfileRecord;
import io.magpie.core.profile.SeenDescriptor;
import io.magpie.core.profile.SeenSet;
import io.magpie.core.store.Change;
import io.magpie.core.store.StateStore;
import java.time.Clock;
import java.util.List;

/**
 * How profiles change: one log record, then the maps, under the store's one writer lock; when a method returns
 * {@link Outcome#OK} the change survives a killed process and is seen by the next read. Thread-safe, for a fixed set of
 * threads.
 *
 * <p>Profiles are named by id or, as a {@link Person}, by identity; both lead on to what a profile was merged into, and the
 * person then says which profile was reached. Where a profile is created if unknown, so is one for an unknown identity, with
 * an id from the server's own range (see {@link PersonLookup}); a profile id of that range is not: it is
 * {@link Outcome#UNKNOWN_PROFILE}.
 *
 * <p>Vectors handed in are copied before a method returns. No method throws for what a caller sent: it returns the
 * {@link Outcome} that says what was wrong, and then nothing has changed.
 */
public final class ProfileWriter {
    private static final long LATEST_TIME_MILLIS = 0xFFFF_FFFFL * 1000;

    /** As expected version: whatever the profile's version is. */
    public static final long ANY_VERSION = -1;

    private final EngineConfiguration configuration;
    private final List<Source> sources;
    private final Clock clock;
    private final StateStore store;
    private final CatalogueSides catalogues;
    private final ProfileSlots slots;
    private final PersonLookup lookup;
    private final ProfileErasure erasure;

    // Scratch of whoever holds the writer lock.
    private final ProfileRecord profile;
    private final SeenSet seen;
    private final ItemRecord item;
    private final ItemRecord otherItem;

    ProfileWriter(
            StateStore store,
            EngineConfiguration configuration,
            Clock clock,
            CatalogueSides catalogues,
            PersonLookup lookup) {
        this.configuration = configuration;
        this.sources = configuration.sources();
        this.clock = clock;
        this.store = store;
        this.catalogues = catalogues;
        slots = new ProfileSlots(sources, catalogues);
        this.lookup = lookup;
        erasure = new ProfileErasure(store, clock);
        profile = store.newProfileRecord();
        seen = store.newSeenSet();
        item = store.newItemRecord();
        otherItem = store.newItemRecord();
    }

    /**
     * Replaces the interest of one source.
     *
     * @param profileId  unsigned 64-bit; created if unknown
     * @param source     the source's number
     * @param spaceId    the space that the vector lives in; a slot of another space than the catalogue's is kept unused
     * @param vector     {@code float32[dimension]}, finite
     * @param evidence   how much stands behind it, not negative
     * @param timeMillis as of when, in milliseconds since 1970
     */
    public Outcome putSlot(long profileId, int source, int spaceId, float[] vector, double evidence, long timeMillis) {
        return putSlot(Person.of(profileId), source, spaceId, vector, evidence, timeMillis, ANY_VERSION);
    }

    /**
     * Replaces the interest of one source if the profile is of the expected version; see
     * {@link #putSlot(long, int, int, float[], double, long)}.
     *
     * @param expectedVersion unsigned 32-bit, 0 for a profile that is not there, or {@link #ANY_VERSION}
     * @return {@link Outcome#VERSION_CONFLICT} if it is of another
     */
    public Outcome putSlot(
            Person who,
            int source,
            int spaceId,
            float[] vector,
            double evidence,
            long timeMillis,
            long expectedVersion) {
        Outcome invalid = checkSlot(who, source, vector, evidence, timeMillis);
        if (invalid != Outcome.OK) {
            return invalid;
        }
        try (Change change = store.begin()) {
            Outcome found = lookup.readOrCreate(change, who, profile);
            if (found != Outcome.OK) {
                return found;
            }
            Outcome set = setSlot(source, spaceId, vector, evidence, timeMillis, expectedVersion);
            return set == Outcome.OK ? commit(change) : set;
        }
    }

    /**
     * Puts slots of one person. Those of a profile become one change: one record of the log, and one image, however many they
     * are. What comes of them is what {@link #putSlot(Person, int, int, float[], double, long, long)} makes of one after the
     * other, the profile's version included: one that is refused does not stop the rest.
     *
     * @param entries the first {@code count}, in order; each says then what became of it
     */
    public void putSlots(Person who, SlotEntry[] entries, int count) {
        if (count > 1 && !who.isIdentity() && putTogether(who, entries, count)) {
            return;
        }
        for (int i = 0; i < count; i++) {
            SlotEntry entry = entries[i];
            entry.outcome = putSlot(
                    who,
                    entry.source,
                    entry.spaceId,
                    entry.vector,
                    entry.evidence,
                    entry.timeMillis,
                    entry.expectedVersion);
        }
    }

    /**
     * Returns false, and nothing has happened, if the change they make was refused: an entry that expects a version that another
     * one was to make is then refused for that, and only by itself.
     */
    private boolean putTogether(Person who, SlotEntry[] entries, int count) {
        try (Change change = store.begin()) {
            Outcome found = lookup.readOrCreate(change, who, profile);
            boolean any = false;
            for (int i = 0; i < count; i++) {
                SlotEntry entry = entries[i];
                Outcome valid = checkSlot(who, entry.source, entry.vector, entry.evidence, entry.timeMillis);
                entry.outcome = valid == Outcome.OK && found != Outcome.OK ? found : valid;
                if (entry.outcome == Outcome.OK) {
                    entry.outcome = setSlot(
                            entry.source,
                            entry.spaceId,
                            entry.vector,
                            entry.evidence,
                            entry.timeMillis,
                            entry.expectedVersion);
                    any |= entry.outcome == Outcome.OK;
                }
            }
            return !any || commit(change) == Outcome.OK;
        }
    }

    private Outcome checkSlot(Person who, int source, float[] vector, double evidence, long timeMillis) {
        if (!SlotUpdate.isFinite(vector)) {
            return Outcome.NOT_FINITE;
        }
        Outcome invalid = checkProfileWrite(who, source, timeMillis);
        if (invalid != Outcome.OK) {
            return invalid;
        }
        if (vector.length != configuration.state().dimension()) {
            return Outcome.WRONG_DIMENSION;
        }
        if (!Double.isFinite(evidence)) {
            return Outcome.NOT_FINITE;
        }
        return evidence < 0 ? Outcome.OUT_OF_RANGE : Outcome.OK;
    }

    /** Sets a slot of the profile at hand, whose version it makes the next one. */
    private Outcome setSlot(
            int source, int spaceId, float[] vector, double evidence, long timeMillis, long expectedVersion) {
        if (isOtherVersion(expectedVersion)) {
            return Outcome.VERSION_CONFLICT;
        }
        Outcome put = slots.put(profile, source, spaceId, vector, evidence, timeMillis);
        if (put == Outcome.OK) {
            profile.version(profile.version() + 1);
        }
        return put;
    }

    /**
     * Moves a source's interest towards an item, remembers that the person saw it, and counts the event for the item's
     * popularity if its strength is positive.
     *
     * @param profileId  unsigned 64-bit; created if unknown
     * @param source     the source's number
     * @param itemId     an item of the catalogue
     * @param strength   how much it counts; finite; negative moves away
     * @param timeMillis when it happened, in milliseconds since 1970; may be in the past
     */
    public Outcome recordEvent(long profileId, int source, long itemId, double strength, long timeMillis) {
        return recordEvent(profileId, source, itemId, strength, timeMillis, 0);
    }

    /**
     * Records an event that has a name; see {@link #recordEvent(long, int, long, double, long)}. A repeat, which is the same
     * name from the same source for the same person, changes nothing and is {@link Outcome#OK}, as long as the name is among
     * the person's last {@value io.magpie.core.profile.ProfileDescriptor#EVENT_WINDOW}.
     *
     * @param eventId the source's own name of the event, or 0 for none
     */
    public Outcome recordEvent(
            long profileId, int source, long itemId, double strength, long timeMillis, long eventId) {
        return recordEvent(Person.of(profileId), source, itemId, strength, timeMillis, eventId, ANY_VERSION);
    }

    /**
     * Records an event if the profile is of the expected version; see
     * {@link #recordEvent(long, int, long, double, long, long)}. A repeat is {@link Outcome#OK} whatever the version is.
     *
     * @param expectedVersion unsigned 32-bit, 0 for a profile that is not there, or {@link #ANY_VERSION}
     * @return {@link Outcome#VERSION_CONFLICT} if it is of another
     */
    public Outcome recordEvent(
            Person who, int source, long itemId, double strength, long timeMillis, long eventId, long expectedVersion) {
        Outcome invalid = checkProfileWrite(who, source, timeMillis);
        if (invalid != Outcome.OK) {
            return invalid;
        }
        if (!Double.isFinite(strength)) {
            return Outcome.NOT_FINITE;
        }
        long eventHash = eventHash(source, eventId);
        try (Change change = store.begin()) {
            Outcome found = lookup.readOrCreate(change, who, profile);
            if (found != Outcome.OK) {
                return found;
            }
            if (profile.hasEvent(eventHash)) {
                return Outcome.OK;
            }
            if (isOtherVersion(expectedVersion)) {
                return Outcome.VERSION_CONFLICT;
            }
            CatalogueSides.Pair pair = catalogues.pair();
            Catalogue other = pair.other();
            boolean inLive = store.readItem(pair.live().edition(), itemId, item);
            boolean inOther = other != null && store.readItem(other.edition(), itemId, otherItem);
            if (!inLive && !inOther) {
                return Outcome.UNKNOWN_ITEM;
            }
            Outcome moved =
                    slots.move(profile, source, inLive ? item : null, inOther ? otherItem : null, strength, timeMillis);
            if (moved != Outcome.OK) {
                return moved;
            }
            profile.addEvent(eventHash);
            loadSeen();
            seen.record(itemId, (int) (timeMillis / 1000), source, SeenDescriptor.KIND_SEEN);
            Catalogue liked = inLive && strength > 0 ? pair.live() : null;
            Catalogue otherLiked = inOther && strength > 0 ? other : null;
            count(change, liked, item, timeMillis);
            count(change, otherLiked, otherItem, timeMillis);
            Outcome outcome = commitSeen(change);
            if (outcome == Outcome.OK && liked != null) {
                liked.popularity().put(item);
            }
            if (outcome == Outcome.OK && otherLiked != null) {
                otherLiked.popularity().put(otherItem);
            }
            return outcome;
        }
    }

    private static void count(Change change, Catalogue liked, ItemRecord of, long timeMillis) {
        if (liked != null) {
            liked.popularity().count(of, timeMillis);
            change.putItem(of);
        }
    }

    /** Mixes the source into the name, because each source names its events by itself; 0 only for no name. */
    private static long eventHash(int source, long eventId) {
        if (eventId == 0) {
            return 0;
        }
        // The finisher of SplitMix64: one to one, so two names of one source never meet.
        long mixed = eventId + (source + 1) * 0x9E3779B97F4A7C15L;
        mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        mixed ^= mixed >>> 31;
        return mixed == 0 ? 1 : mixed;
    }

    /**
     * Remembers that the person has seen items, without moving a slot: for lists that are brought in beside slots. All of
     * them or, on any other outcome than {@link Outcome#OK}, none.
     *
     * @param profileId  unsigned 64-bit; created if unknown
     * @param source     the number of the source that tells
     * @param itemIds    items of the catalogue; the first {@code count} are read
     * @param count      from 0; not more than a seen set holds
     * @param timeMillis when they were seen, in milliseconds since 1970; may be in the past
     */
    public Outcome markSeen(long profileId, int source, long[] itemIds, int count, long timeMillis) {
        return mark(Person.of(profileId), source, itemIds, count, timeMillis, SeenDescriptor.KIND_SEEN);
    }

    /** Remembers that the person has seen an item; see {@link #markSeen(long, int, long[], int, long)}. */
    public Outcome markSeen(long profileId, int source, long itemId, long timeMillis) {
        return markSeen(profileId, source, new long[] {itemId}, 1, timeMillis);
    }

    /**
     * Remembers that items were shown to the person in an answer; otherwise as
     * {@link #markSeen(long, int, long[], int, long)}. What was only shown is not excluded with what was seen.
     */
    public Outcome markShown(long profileId, int source, long[] itemIds, int count, long timeMillis) {
        return mark(Person.of(profileId), source, itemIds, count, timeMillis, SeenDescriptor.KIND_SHOWN);
    }

    /** Remembers that the person has seen items; see {@link #markSeen(long, int, long[], int, long)}. */
    public Outcome markSeen(Person who, int source, long[] itemIds, int count, long timeMillis) {
        return mark(who, source, itemIds, count, timeMillis, SeenDescriptor.KIND_SEEN);
    }

    /** Remembers that items were shown; see {@link #markShown(long, int, long[], int, long)}. */
    public Outcome markShown(Person who, int source, long[] itemIds, int count, long timeMillis) {
        return mark(who, source, itemIds, count, timeMillis, SeenDescriptor.KIND_SHOWN);
    }

    private Outcome mark(Person who, int source, long[] itemIds, int count, long timeMillis, int kind) {
        Outcome invalid = checkProfileWrite(who, source, timeMillis);
        if (invalid != Outcome.OK) {
            return invalid;
        }
        if (count < 0 || count > itemIds.length || count > seen.limit()) {
            return Outcome.OUT_OF_RANGE;
        }
        try (Change change = store.begin()) {
            for (int i = 0; i < count; i++) {
                if (!isHeld(itemIds[i])) {
                    return Outcome.UNKNOWN_ITEM;
                }
            }
            return count == 0 ? Outcome.OK : commitMarked(change, who, source, itemIds, count, timeMillis, kind);
        }
    }

    private Outcome commitMarked(
            Change change, Person who, int source, long[] itemIds, int count, long timeMillis, int kind) {
        Outcome found = lookup.readOrCreate(change, who, profile);
        if (found != Outcome.OK) {
            return found;
        }
        loadSeen();
        for (int i = 0; i < count; i++) {
            seen.record(itemIds[i], (int) (timeMillis / 1000), source, kind);
        }
        return commitSeen(change);
    }

    /**
     * Says whether a source may be used for a purpose. Of two statements the later one holds, whichever arrives first.
     *
     * @param profileId  unsigned 64-bit; created if unknown
     * @param source     the source's number
     * @param purpose    0..7, see {@link ConsentPolicy}
     * @param state      a {@code CONSENT_} constant of {@link ProfileRecord}
     * @param timeMillis when the person said so, in milliseconds since 1970
     */
    public Outcome setConsent(long profileId, int source, int purpose, int state, long timeMillis) {
        return setConsent(Person.of(profileId), source, purpose, state, timeMillis, ANY_VERSION);
    }

    /**
     * Sets a consent if the profile is of the expected version; see {@link #setConsent(long, int, int, int, long)}.
     *
     * @param expectedVersion unsigned 32-bit, 0 for a profile that is not there, or {@link #ANY_VERSION}
     * @return {@link Outcome#VERSION_CONFLICT} if it is of another
     */
    public Outcome setConsent(Person who, int source, int purpose, int state, long timeMillis, long expectedVersion) {
        Outcome invalid = checkProfileWrite(who, source, timeMillis);
        if (invalid != Outcome.OK) {
            return invalid;
        }
        if (purpose < 0 || purpose >= ProfileDescriptor.PURPOSES) {
            return Outcome.UNKNOWN_PURPOSE;
        }
        if (state < ProfileDescriptor.CONSENT_UNSET || state > ProfileDescriptor.CONSENT_DENIED) {
            return Outcome.OUT_OF_RANGE;
        }
        try (Change change = store.begin()) {
            Outcome found = lookup.readOrCreate(change, who, profile);
            if (found != Outcome.OK) {
                return found;
            }
            if (isOtherVersion(expectedVersion)) {
                return Outcome.VERSION_CONFLICT;
            }
            if (timeMillis < profile.consentTimeMillis(source, purpose)) {
                return Outcome.OK;
            }
            profile.consent(source, purpose, state, timeMillis);
            return commitProfile(change);
        }
    }

    /** Removes all that is held on a person; see {@link #erase(Person)}. */
    public ErasureReceipt erase(long profileId) {
        return erase(Person.of(profileId));
    }

    /**
     * Removes a profile, what it has seen, its identities, the profiles that were merged into it, and every trace of them in
     * the log; the bytes are overwritten. Counts of how popular items are stay: nothing in them leads back to a person. Where the
     * log holds very much of the person, others write meanwhile; nobody reads anything of the person from the first moment on.
     */
    public ErasureReceipt erase(Person who) {
        ErasureReceipt receipt;
        LogScrub rest;
        try (Change change = store.begin()) {
            receipt = erasure.erase(change, who);
            rest = change.takeRest();
        }
        return rest == null ? receipt : receipt.withMoreParts(store.finish(rest));
    }

    /** Remembers the items of an answer as shown, in one change; the profile is created if unknown. */
    Outcome recordAnswer(Person who, long[] itemIds, int count, long timeMillis) {
        Outcome invalid = lookup.check(who);
        if (invalid != Outcome.OK) {
            return invalid;
        }
        try (Change change = store.begin()) {
            return commitMarked(
                    change, who, SeenDescriptor.SOURCE_ANSWER, itemIds, count, timeMillis, SeenDescriptor.KIND_SHOWN);
        }
    }

    private boolean isOtherVersion(long expected) {
        return expected != ANY_VERSION && expected != Integer.toUnsignedLong(profile.version());
    }

    private Outcome checkProfileWrite(Person who, int source, long timeMillis) {
        Outcome invalid = lookup.check(who);
        if (invalid != Outcome.OK) {
            return invalid;
        }
        if (source < 0 || source >= sources.size()) {
            return Outcome.UNKNOWN_SOURCE;
        }
        if (timeMillis < 0 || timeMillis > LATEST_TIME_MILLIS) {
            return Outcome.TIME_OUT_OF_RANGE;
        }
        return timeMillis > clock.millis() + configuration.clockSkewMillis() ? Outcome.TIME_IN_FUTURE : Outcome.OK;
    }

    private void loadSeen() {
        if (!store.readSeen(profile.profileId(), seen)) {
            seen.clear(profile.profileId());
        }
    }

    /** Returns whether either catalogue has the item. */
    private boolean isHeld(long itemId) {
        CatalogueSides.Pair pair = catalogues.pair();
        return store.readItem(pair.live().edition(), itemId, item)
                || pair.other() != null && store.readItem(pair.other().edition(), itemId, item);
    }

    private Outcome commitProfile(Change change) {
        profile.version(profile.version() + 1);
        return commit(change);
    }

    private Outcome commit(Change change) {
        change.putProfile(profile);
        return change.commit();
    }

    private Outcome commitSeen(Change change) {
        profile.countSeen(seen);
        change.putSeen(seen);
        return commitProfile(change);
    }
}
