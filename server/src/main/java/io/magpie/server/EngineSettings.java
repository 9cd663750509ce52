package io.magpie.server;

import io.magpie.core.engine.EngineConfiguration;
import io.magpie.core.engine.PopularityConfiguration;
import io.magpie.core.fusion.ConsentPolicy;
import io.magpie.core.fusion.Source;
import io.magpie.core.profile.SeenDescriptor;
import io.magpie.core.store.StateConfiguration;
import io.magpie.core.store.StateConfiguration.SyncMode;
import io.magpie.server.config.ServerConfiguration.Capacity;
import io.magpie.server.config.ServerConfiguration.Log;
import io.magpie.server.config.ServerConfiguration.State;
import java.util.List;

/** Says the server's options in the engine's words. */
final class EngineSettings {
    private EngineSettings() {}

    static EngineConfiguration of(State state) {
        List<Source> sources = state.sources().stream()
                .map(each -> new Source(each.name(), each.weight(), each.halfLifeMillis(), each.kind()))
                .toList();
        return new EngineConfiguration(
                store(state, sources),
                sources,
                state.unsetConsentGranted() ? ConsentPolicy.UNSET_IS_GRANTED : ConsentPolicy.UNSET_IS_DENIED,
                EngineConfiguration.DEFAULT_SPACE_ID,
                state.clockSkew().toMillis(),
                PopularityConfiguration.DEFAULT,
                state.seenExpiry().toMillis());
    }

    private static StateConfiguration store(State state, List<Source> sources) {
        Log log = state.log();
        Capacity room = state.capacity();
        int capacity = sources.size() + room.spareSources();
        return StateConfiguration.builder(
                        state.dimension(), sources.stream().map(Source::name).toList())
                .sourceCapacity(capacity)
                .slotCapacity(2 * capacity)
                .maxProfiles(room.profiles())
                .maxItems(room.items())
                .seenLimit(room.seen())
                .maxSeenChunks(room.profiles() * SeenDescriptor.chunksFor(room.seenAverage()))
                .maxIdentities(room.profiles() * room.identitiesAverage())
                .acceptLoss(room.acceptLoss())
                .checkFiles(room.checkFiles())
                .logSegmentBytes(log.segmentBytes())
                .checkpointSegments(log.checkpointSegments())
                .syncMode(
                        switch (log.sync()) {
                            case NONE -> SyncMode.NONE;
                            case PERIODIC -> SyncMode.PERIODIC;
                            case EVERY_COMMIT -> SyncMode.EVERY_COMMIT;
                        })
                .syncIntervalMillis(log.syncIntervalMillis())
                .build();
    }
}
