package io.magpie.core.store;

/**
 * Figures of the store at one moment.
 *
 * @param profiles       profiles held, those merged into others included
 * @param maxProfiles    profiles that fit
 * @param items          items held
 * @param maxItems       items that fit
 * @param seenChunks     chunks of seen items held
 * @param maxSeenChunks  chunks that fit
 * @param identities     identities held
 * @param maxIdentities  identities that fit
 * @param lastSequence   number of the newest record of the log
 * @param checkpoint     number of the newest record that the maps hold for sure
 * @param logSegments    segments of the log on disk
 * @param failed         whether the store has stopped taking changes
 */
public record StateStatistics(
        long profiles,
        long maxProfiles,
        long items,
        long maxItems,
        long seenChunks,
        long maxSeenChunks,
        long identities,
        long maxIdentities,
        long lastSequence,
        long checkpoint,
        int logSegments,
        boolean failed) {}
