package io.magpie.server.metrics;

import io.magpie.core.engine.CatalogueStatus;
import io.magpie.core.engine.Engine;
import io.magpie.core.engine.EngineStatistics;
import io.magpie.core.store.StateStatistics;
import io.magpie.protocol.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/** Gathers every figure of the server for the statistics verb. Thread-safe; takes some time: not for an event loop. */
public final class ServerStatistics implements Supplier<List<Counter>> {
    private static final double NANOS_A_MICRO = 1_000.0;

    private final Engine engine;
    private final ServerMetrics metrics;
    private final long startMillis = System.currentTimeMillis();

    /**
     * @param engine  what is held
     * @param metrics what was done
     */
    public ServerStatistics(Engine engine, ServerMetrics metrics) {
        this.engine = engine;
        this.metrics = metrics;
    }

    @Override
    public List<Counter> get() {
        List<Counter> counters = new ArrayList<>();
        EngineStatistics held = engine.statistics();
        StateStatistics state = held.state();
        counters.add(Counter.of("profiles", state.profiles()));
        counters.add(Counter.of("profiles.max", state.maxProfiles()));
        CatalogueStatus catalogues = held.catalogues();
        CatalogueStatus.Side beside = catalogues.other();
        counters.add(Counter.of("items", catalogues.live().items()));
        counters.add(Counter.of("items.beside", beside == null ? 0 : beside.items()));
        counters.add(Counter.of("items.freeing", catalogues.freeingItems()));
        counters.add(Counter.of("items.max", state.maxItems()));
        counters.add(Counter.of("seenChunks", state.seenChunks()));
        counters.add(Counter.of("seenChunks.max", state.maxSeenChunks()));
        counters.add(Counter.of("identities", state.identities()));
        counters.add(Counter.of("identities.max", state.maxIdentities()));
        counters.add(Counter.of("index.bytesPerItem", held.bytesPerItem()));
        counters.add(Counter.of("index.unsealedItems", catalogues.live().unsealedItems()));
        counters.add(Counter.of("index.rebuilding", catalogues.live().rebuilding() ? 1 : 0));
        counters.add(Counter.of("catalogue.edition", catalogues.live().edition()));
        counters.add(Counter.of("catalogue.editionBeside", beside == null ? 0 : beside.edition()));
        counters.add(Counter.of("log.lastSequence", state.lastSequence()));
        counters.add(Counter.of("log.checkpoint", state.checkpoint()));
        counters.add(Counter.of("log.segments", state.logSegments()));
        counters.add(Counter.of("store.failed", state.failed() ? 1 : 0));
        counters.add(Counter.of("connections", metrics.connections()));
        counters.add(Counter.of("connections.refused", metrics.connectionsRefused()));
        counters.add(Counter.of("batches", metrics.batches()));
        counters.add(Counter.of("batches.requests", metrics.batchedRequests()));
        counters.add(Counter.of("overload.loops", metrics.loopsInStorm()));
        counters.add(Counter.of("overload.storms", metrics.storms()));
        counters.add(Counter.of("uptimeMillis", System.currentTimeMillis() - startMillis));
        ProcessFigures.addTo(counters, metrics);
        addLatencies(counters);
        addStages(counters);
        addErrors(counters);
        return counters;
    }

    private void addLatencies(List<Counter> counters) {
        ServerMetrics.Latency[] latencies = metrics.latencies();
        for (Verb verb : Verb.values()) {
            ServerMetrics.Latency latency = latencies[verb.ordinal()];
            if (latency.count() > 0) {
                String name = "verb." + verb.label();
                counters.add(Counter.of(name + ".count", latency.count()));
                counters.add(Counter.of(name + ".p50Micros", latency.p50Nanos() / NANOS_A_MICRO));
                counters.add(Counter.of(name + ".p99Micros", latency.p99Nanos() / NANOS_A_MICRO));
                counters.add(Counter.of(name + ".p999Micros", latency.p999Nanos() / NANOS_A_MICRO));
                counters.add(Counter.of(name + ".maxMicros", latency.maxNanos() / NANOS_A_MICRO));
            }
        }
    }

    private void addStages(List<Counter> counters) {
        ServerMetrics.Latency[][] stages = metrics.stages();
        for (Verb verb : Verb.values()) {
            for (Stage stage : Stage.values()) {
                ServerMetrics.Latency latency = stages[verb.ordinal()][stage.ordinal()];
                if (latency != null) {
                    String name = "stage." + verb.label() + '.' + stage.label();
                    counters.add(Counter.of(name + ".count", latency.count()));
                    counters.add(
                            Counter.of(name + ".meanMicros", latency.totalNanos() / latency.count() / NANOS_A_MICRO));
                    counters.add(Counter.of(name + ".p50Micros", latency.p50Nanos() / NANOS_A_MICRO));
                    counters.add(Counter.of(name + ".p99Micros", latency.p99Nanos() / NANOS_A_MICRO));
                }
            }
        }
    }

    private void addErrors(List<Counter> counters) {
        for (Status status : Status.values()) {
            long errors = metrics.errors(status);
            if (errors > 0) {
                counters.add(Counter.of("errors." + label(status), errors));
            }
        }
    }

    /** Returns a status's name in counters, e.g. {@code unknown-verb}. */
    static String label(Status status) {
        return status.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
