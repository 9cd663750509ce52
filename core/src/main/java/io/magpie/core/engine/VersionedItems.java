package io.magpie.core.engine;

import io.magpie.core.profile.ItemRecord;
import io.magpie.core.ranking.ItemLookup;
import io.magpie.core.store.StateReader;
import java.util.Arrays;

/**
 * Reads items from the store, and tells whether they are still what a search saw: the store is changed before the index,
 * and each item carries the catalogue version that it came with. Not thread-safe.
 */
final class VersionedItems implements ItemLookup {
    private final StateReader reader;
    private final ItemRecord item;
    private int edition;
    private boolean anyVersion;
    private boolean gone;

    VersionedItems(StateReader reader, ItemRecord item) {
        this.reader = reader;
        this.item = item;
    }

    /** Says of which edition of the catalogue items are read from now on. */
    void edition(int catalogueEdition) {
        edition = catalogueEdition;
    }

    /** From now on takes items as they are now. */
    void anyVersion(boolean any) {
        anyVersion = any;
    }

    @Override
    public boolean read(long itemId, long version) {
        gone = !reader.readItem(edition, itemId, item);
        if (gone) {
            Arrays.fill(item.vector(), 0);
        }
        return anyVersion || !gone && Long.compareUnsigned(item.version(), version) <= 0;
    }

    /** Returns whether there is such an item now. */
    boolean isKnown(long itemId) {
        gone = !reader.readItem(edition, itemId, item);
        return !gone;
    }

    /** Returns the catalogue version that the item read last came with. */
    long version() {
        return item.version();
    }

    @Override
    public int category() {
        return gone ? 0 : item.category();
    }

    @Override
    public float[] vector() {
        return item.vector();
    }
}
