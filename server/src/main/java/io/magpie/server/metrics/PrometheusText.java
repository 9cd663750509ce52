package io.magpie.server.metrics;

import io.magpie.core.engine.CatalogueStatus;
import io.magpie.core.engine.Engine;
import io.magpie.core.engine.EngineStatistics;
import io.magpie.core.store.StateStatistics;
import io.magpie.protocol.Status;

/**
 * Writes every figure in the text format that Prometheus reads (version 0.0.4). Our figures are numbers with at most two
 * labels from fixed lists, so there is nothing to escape and no library is needed.
 */
public final class PrometheusText {
    /** The format's content type. */
    public static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private static final double NANOS = 1e9;

    private final StringBuilder out = new StringBuilder(8_192);

    private PrometheusText() {}

    /**
     * Writes the page.
     *
     * @param engine  what is held, or null while it is being opened
     * @param metrics what was done
     * @param release the server's release
     */
    public static String page(Engine engine, ServerMetrics metrics, String release) {
        PrometheusText text = new PrometheusText();
        text.head("magpie_build_info", "gauge", "The release and the Java that run.");
        text.sample(
                "magpie_build_info{version=\"" + release + "\",java=\""
                        + Runtime.version().feature() + "\"}",
                1);
        text.single("magpie_ready", "gauge", "Whether requests are answered.", engine == null ? 0 : 1);
        if (engine != null) {
            text.held(engine.statistics());
        }
        text.done(metrics);
        return text.out.toString();
    }

    /** Writes the figures of the audit log. */
    public static String audit(long written, int waiting, boolean failed) {
        PrometheusText text = new PrometheusText();
        text.single("magpie_audit_lines_total", "counter", "Lines written to the audit log.", written);
        text.single("magpie_audit_waiting", "gauge", "Lines that wait to be written to the audit log.", waiting);
        text.single("magpie_audit_failed", "gauge", "Whether the audit log cannot be written.", failed ? 1 : 0);
        return text.out.toString();
    }

    private void held(EngineStatistics held) {
        StateStatistics state = held.state();
        single("magpie_profiles", "gauge", "Profiles held.", state.profiles());
        single("magpie_profiles_max", "gauge", "Profiles that fit.", state.maxProfiles());
        CatalogueStatus.Side beside = held.catalogues().other();
        single(
                "magpie_items",
                "gauge",
                "Items of the live catalogue.",
                held.catalogues().live().items());
        single(
                "magpie_items_beside",
                "gauge",
                "Items of the catalogue beside it.",
                beside == null ? 0 : beside.items());
        single(
                "magpie_items_freeing",
                "gauge",
                "Items of dropped catalogues.",
                held.catalogues().freeingItems());
        single("magpie_items_max", "gauge", "Items that fit, over all catalogues.", state.maxItems());
        single("magpie_seen_chunks", "gauge", "Chunks of seen items held.", state.seenChunks());
        single("magpie_seen_chunks_max", "gauge", "Chunks of seen items that fit.", state.maxSeenChunks());
        single("magpie_identities", "gauge", "Identities held.", state.identities());
        single("magpie_identities_max", "gauge", "Identities that fit.", state.maxIdentities());
        single("magpie_index_bytes_per_item", "gauge", "Bytes of the index an item.", held.bytesPerItem());
        single("magpie_catalogue_version", "gauge", "Version of the catalogue.", held.catalogueVersion());
        single("magpie_log_last_sequence", "counter", "Number of the newest record of the log.", state.lastSequence());
        single("magpie_log_checkpoint", "counter", "Number of the newest record in the maps.", state.checkpoint());
        single("magpie_log_segments", "gauge", "Files of the log.", state.logSegments());
        single("magpie_store_failed", "gauge", "Whether changes are refused.", state.failed() ? 1 : 0);
    }

    private void done(ServerMetrics metrics) {
        single("magpie_connections", "gauge", "Open connections.", metrics.connections());
        single(
                "magpie_connections_refused_total",
                "counter",
                "Connections refused because there were too many.",
                metrics.connectionsRefused());
        single("magpie_overloaded_loops", "gauge", "Event loops that shed load now.", metrics.loopsInStorm());
        single("magpie_storms_total", "counter", "Times that an event loop became overloaded.", metrics.storms());
        head("magpie_connections_ended_total", "counter", "Connections that the server ended, by reason.");
        for (Ending ending : Ending.values()) {
            sample(
                    "magpie_connections_ended_total{reason=\"" + ending.label() + "\"}",
                    metrics.endings().of(ending));
        }
        single("magpie_batches_total", "counter", "Batches of recommends.", metrics.batches());
        single("magpie_batched_requests_total", "counter", "Recommends in batches.", metrics.batchedRequests());
        head("magpie_errors_total", "counter", "Answers that were errors.");
        for (Status status : Status.values()) {
            if (status != Status.OK && status != Status.UNRECOGNISED) {
                sample(
                        "magpie_errors_total{status=\"" + ServerStatistics.label(status) + "\"}",
                        metrics.errors(status));
            }
        }
        head("magpie_request_seconds", "summary", "Time from a request's arrival to the flush of its answer.");
        ServerMetrics.Latency[] latencies = metrics.latencies();
        for (Verb verb : Verb.values()) {
            latency("magpie_request_seconds", "verb=\"" + verb.label() + '"', latencies[verb.ordinal()]);
        }
        stages(metrics);
    }

    private void stages(ServerMetrics metrics) {
        head(
                "magpie_stage_seconds",
                "summary",
                "Time of one request in " + StageTimer.EVERY + " in each stage of its answering.");
        ServerMetrics.Latency[][] stages = metrics.stages();
        for (Verb verb : Verb.values()) {
            for (Stage stage : Stage.values()) {
                ServerMetrics.Latency latency = stages[verb.ordinal()][stage.ordinal()];
                if (latency != null) {
                    String labels = "verb=\"" + verb.label() + "\",stage=\"" + stage.label() + '"';
                    latency("magpie_stage_seconds", labels, latency);
                }
            }
        }
    }

    private void latency(String name, String labels, ServerMetrics.Latency latency) {
        quantile(name, labels, "0.5", latency.p50Nanos());
        quantile(name, labels, "0.99", latency.p99Nanos());
        quantile(name, labels, "0.999", latency.p999Nanos());
        quantile(name, labels, "1", latency.maxNanos());
        sample(name + "_sum{" + labels + "}", latency.totalNanos() / NANOS);
        sample(name + "_count{" + labels + "}", latency.count());
    }

    private void quantile(String name, String labels, String quantile, long nanos) {
        sample(name + "{" + labels + ",quantile=\"" + quantile + "\"}", nanos / NANOS);
    }

    private void single(String name, String type, String help, double value) {
        head(name, type, help);
        sample(name, value);
    }

    private void head(String name, String type, String help) {
        out.append("# HELP ").append(name).append(' ').append(help).append('\n');
        out.append("# TYPE ").append(name).append(' ').append(type).append('\n');
    }

    private void sample(String series, double value) {
        out.append(series).append(' ');
        if (value == Math.rint(value) && Math.abs(value) < 1e15) {
            out.append((long) value);
        } else {
            out.append(value);
        }
        out.append('\n');
    }
}
