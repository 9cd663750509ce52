package io.magpie.core.engine;

import io.magpie.core.Outcome;
import io.magpie.core.fusion.SlotUpdate;
import io.magpie.core.index.ItemAttributes;
import io.magpie.core.index.ItemIndex;
import io.magpie.core.index.LiveItemIndex;
import io.magpie.core.profile.ItemRecord;
import io.magpie.core.store.Change;
import io.magpie.core.store.Register;
import io.magpie.core.store.StateStore;

/**
 * The live catalogue, and how items change: one record of the log, then the map, then the index, under the store's
 * writer lock; see {@link ProfileWriter} for what an outcome means. Thread-safe, for a fixed set of threads.
 */
public final class CatalogueWriter {
    private final StateStore store;
    private final PopularityBoard popularity;
    private final int dimension;
    /** Scratch of whoever holds the writer lock. */
    private final ItemRecord item;

    private volatile Catalogue catalogue;
    private volatile float largestBias = Float.NEGATIVE_INFINITY;

    /**
     * Builds the index of what the store holds.
     *
     * @param popularity is filled with the counts of the items
     */
    CatalogueWriter(StateStore store, EngineConfiguration configuration, PopularityBoard popularity) {
        this.store = store;
        this.popularity = popularity;
        dimension = configuration.state().dimension();
        item = store.newItemRecord();
        catalogue = load(configuration.spaceId());
    }

    private Catalogue load(int emptySpaceId) {
        ItemIndex index = new LiveItemIndex(dimension);
        long version = store.register(Register.CATALOGUE_VERSION);
        store.forEachItem(each -> {
            index.put(version, each.itemId(), each.vector(), each.bias(), each.attributes());
            largestBias = Math.max(largestBias, each.bias());
            popularity.restore(each);
        });
        popularity.listAll();
        int spaceId = store.itemCount() == 0 ? emptySpaceId : (int) store.register(Register.LIVE_SPACE);
        return new Catalogue(spaceId, index);
    }

    Catalogue catalogue() {
        return catalogue;
    }

    /** Returns a bias that no item exceeds, nor ever did. */
    float largestBias() {
        return largestBias;
    }

    /**
     * Adds an item or replaces it.
     *
     * @param itemId     unsigned 64-bit
     * @param spaceId    the catalogue's space
     * @param vector     {@code float32[dimension]}, finite
     * @param bias       finite; added to every score
     * @param attributes what filters ask of it
     */
    public Outcome put(long itemId, int spaceId, float[] vector, float bias, ItemAttributes attributes) {
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
            Catalogue live = catalogue;
            if (spaceId != live.spaceId()) {
                return Outcome.WRONG_SPACE;
            }
            if (!store.readItem(itemId, item)) {
                item.counts(0, 0, 0);
            }
            item.itemId(itemId);
            item.spaceId(spaceId);
            System.arraycopy(vector, 0, item.vector(), 0, vector.length);
            item.bias(bias);
            item.attributes(attributes);
            long version = nextVersion(change);
            item.version(version);
            change.putItem(item);
            change.putRegister(Register.LIVE_SPACE, Integer.toUnsignedLong(spaceId));
            Outcome outcome = change.commit();
            if (outcome == Outcome.OK) {
                largestBias = Math.max(largestBias, bias);
                live.index().put(version, itemId, vector, bias, attributes);
            }
            return outcome;
        }
    }

    /** Replaces an item's attributes. */
    public Outcome patch(long itemId, ItemAttributes attributes) {
        try (Change change = store.begin()) {
            if (!store.readItem(itemId, item)) {
                return Outcome.UNKNOWN_ITEM;
            }
            item.attributes(attributes);
            long version = nextVersion(change);
            item.version(version);
            change.putItem(item);
            Outcome outcome = change.commit();
            if (outcome == Outcome.OK) {
                catalogue.index().patch(version, itemId, attributes);
            }
            return outcome;
        }
    }

    /** Removes an item. */
    public Outcome remove(long itemId) {
        try (Change change = store.begin()) {
            if (!store.readItem(itemId, item)) {
                return Outcome.UNKNOWN_ITEM;
            }
            long version = nextVersion(change);
            change.removeItem(itemId);
            Outcome outcome = change.commit();
            if (outcome == Outcome.OK) {
                catalogue.index().remove(version, itemId);
                popularity.remove(itemId);
            }
            return outcome;
        }
    }

    private long nextVersion(Change change) {
        long version = store.register(Register.CATALOGUE_VERSION) + 1;
        change.putRegister(Register.CATALOGUE_VERSION, version);
        return version;
    }
}
