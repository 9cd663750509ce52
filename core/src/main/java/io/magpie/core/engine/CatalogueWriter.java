package io.magpie.core.engine;

import io.magpie.core.Outcome;
import io.magpie.core.fusion.SlotUpdate;
import io.magpie.core.index.ItemAttributes;
import io.magpie.core.profile.ItemRecord;
import io.magpie.core.store.Change;
import io.magpie.core.store.Register;
import io.magpie.core.store.StateStore;

/**
 * How items change, in the live catalogue or the one beside it: one record of the log, then the map, then the index, under
 * the store's writer lock; see {@link ProfileWriter} for what an outcome means. Thread-safe, for a fixed set of threads.
 *
 * <p>Every change names the edition that it is for, {@link CatalogueSides#UNSAID} for the live one. Who loads a staged
 * catalogue names its number: then it stays the same items' change if a switch comes between.
 */
public final class CatalogueWriter {
    private final StateStore store;
    private final CatalogueSides sides;
    private final int dimension;
    /** Scratch of whoever holds the writer lock. */
    private final ItemRecord item;

    CatalogueWriter(StateStore store, CatalogueSides sides, int dimension) {
        this.store = store;
        this.sides = sides;
        this.dimension = dimension;
        item = store.newItemRecord();
    }

    /** Adds an item to the live catalogue or replaces it; see the longer form. */
    public Outcome put(long itemId, int spaceId, float[] vector, float bias, ItemAttributes attributes) {
        return put(CatalogueSides.UNSAID, itemId, spaceId, vector, bias, attributes);
    }

    /**
     * Adds an item or replaces it. Where the catalogue beside it has the item, a new one takes over its event counts: what
     * is popular stays so over a switch.
     *
     * @param edition    which catalogue
     * @param itemId     unsigned 64-bit
     * @param spaceId    the catalogue's space
     * @param vector     {@code float32[dimension]}, finite
     * @param bias       finite; added to every score
     * @param attributes what filters ask of it
     */
    public Outcome put(int edition, long itemId, int spaceId, float[] vector, float bias, ItemAttributes attributes) {
        if (itemId == Engine.RESERVED_ID) {
            return Outcome.RESERVED_ID;
        }
        if (vector.length != dimension) {
            return Outcome.WRONG_DIMENSION;
        }
        if (!SlotUpdate.isFinite(vector) || !Float.isFinite(bias)) {
            return Outcome.NOT_FINITE;
        }
        try (Change change = store.begin()) {
            Catalogue into = sides.pair().find(edition);
            if (into == null) {
                return Outcome.UNKNOWN_CATALOGUE;
            }
            if (spaceId != into.spaceId()) {
                return Outcome.WRONG_SPACE;
            }
            boolean isNew = !change.readItem(into.edition(), itemId, item);
            boolean takesCounts = isNew && takeCounts(into, itemId);
            item.edition(into.edition());
            item.itemId(itemId);
            item.spaceId(spaceId);
            System.arraycopy(vector, 0, item.vector(), 0, vector.length);
            item.bias(bias);
            item.attributes(attributes);
            long version = nextVersion(change, into);
            item.version(version);
            change.putItem(item);
            long space = Integer.toUnsignedLong(spaceId);
            if (into == sides.live() && store.register(Register.LIVE_SPACE) != space) {
                change.putRegister(Register.LIVE_SPACE, space);
            }
            Outcome outcome = change.commit();
            if (outcome == Outcome.OK) {
                into.noteBias(bias);
                if (isNew) {
                    into.index().add(version, itemId, vector, bias, attributes);
                } else {
                    into.index().put(version, itemId, vector, bias, attributes);
                }
                if (takesCounts) {
                    into.popularity().put(item);
                }
            }
            return outcome;
        }
    }

    /** Sets the counts of an item that is new to a catalogue; returns whether there are any. */
    private boolean takeCounts(Catalogue into, long itemId) {
        Catalogue besides = sides.pair().besides(into);
        if (besides == null || !store.readItem(besides.edition(), itemId, item)) {
            item.counts(0, 0, 0);
        }
        return item.countedSeconds() != 0;
    }

    /** Replaces the attributes of an item of the live catalogue. */
    public Outcome patch(long itemId, ItemAttributes attributes) {
        return patch(CatalogueSides.UNSAID, itemId, attributes);
    }

    /** Replaces an item's attributes. */
    public Outcome patch(int edition, long itemId, ItemAttributes attributes) {
        try (Change change = store.begin()) {
            Catalogue into = sides.pair().find(edition);
            if (into == null) {
                return Outcome.UNKNOWN_CATALOGUE;
            }
            if (!change.readItem(into.edition(), itemId, item)) {
                return Outcome.UNKNOWN_ITEM;
            }
            item.attributes(attributes);
            long version = nextVersion(change, into);
            item.version(version);
            change.putItem(item);
            Outcome outcome = change.commit();
            if (outcome == Outcome.OK) {
                into.index().patch(version, itemId, attributes);
            }
            return outcome;
        }
    }

    /** Removes an item from the live catalogue. */
    public Outcome remove(long itemId) {
        return remove(CatalogueSides.UNSAID, itemId);
    }

    /** Removes an item. */
    public Outcome remove(int edition, long itemId) {
        try (Change change = store.begin()) {
            Catalogue from = sides.pair().find(edition);
            if (from == null) {
                return Outcome.UNKNOWN_CATALOGUE;
            }
            if (!store.readItem(from.edition(), itemId, item)) {
                return Outcome.UNKNOWN_ITEM;
            }
            long version = nextVersion(change, from);
            change.removeItem(from.edition(), itemId);
            Outcome outcome = change.commit();
            if (outcome == Outcome.OK) {
                from.index().remove(version, itemId);
                from.popularity().remove(itemId);
            }
            return outcome;
        }
    }

    private long nextVersion(Change change, Catalogue of) {
        return CatalogueSides.nextVersion(store, change, of, sides.pair().besides(of));
    }
}
