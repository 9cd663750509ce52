package io.magpie.core.engine;

import io.magpie.core.store.StateStatistics;

/**
 * How much an engine holds, as of one moment. Immutable.
 *
 * @param state      figures of the store; its items are those of all editions
 * @param catalogues the sets of items
 */
public record EngineStatistics(StateStatistics state, CatalogueStatus catalogues) {
    /** Returns the space of the live catalogue. */
    public int spaceId() {
        return catalogues.live().spaceId();
    }

    /** Returns the version of the live catalogue. */
    public long catalogueVersion() {
        return catalogues.live().version();
    }

    /** Returns what the live index holds an item, in bytes, vectors included. */
    public double bytesPerItem() {
        return catalogues.live().bytesPerItem();
    }
}
