package io.magpie.core.engine;

import io.magpie.core.store.StateStatistics;

/**
 * How much an engine holds, as of one moment. Immutable.
 *
 * @param state            figures of the store
 * @param spaceId          the space of the live catalogue
 * @param catalogueVersion its version
 * @param bytesPerItem     what the index holds an item, in bytes, vectors included
 */
public record EngineStatistics(StateStatistics state, int spaceId, long catalogueVersion, double bytesPerItem) {}
