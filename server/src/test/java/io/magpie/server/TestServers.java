package io.magpie.server;

import io.magpie.core.engine.Engine;
import io.magpie.core.store.StateStoreException;
import io.magpie.server.audit.AuditLog;
import io.magpie.server.config.ConfigurationLoader;
import io.magpie.server.config.ServerConfiguration;
import io.magpie.server.metrics.ServerMetrics;
import io.magpie.server.verb.ErrorReplies;
import io.magpie.server.verb.VerbContext;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;

/** Small servers on free ports of loopback. */
public final class TestServers {
    /** Length of vectors. */
    public static final int DIMENSION = 16;

    private TestServers() {}

    /** Returns options for a small server; {@code more} are pairs of key and value. */
    public static ServerConfiguration configuration(Path directory, String... more) {
        Map<String, String> options = new LinkedHashMap<>();
        options.put("port", "0");
        options.put("admin-port", "0");
        options.put("data-dir", directory.toString());
        options.put("dimension", Integer.toString(DIMENSION));
        options.put("sources", "social:1:30d,payment:2:never,commerce:1:7d");
        options.put("unset-consent", "granted");
        options.put("event-loops", "1");
        options.put("store.profiles", "2000");
        options.put("store.items", "5000");
        options.put("store.seen", "64");
        options.put("log.segment-size", "4MiB");
        options.put("warm-up", "0s");
        // A test's first requests run before anything is compiled, and are none too many.
        options.put("overload.burst", "60s");
        for (int i = 0; i < more.length; i += 2) {
            options.put(more[i], more[i + 1]);
        }
        return ConfigurationLoader.load(null, Map.of(), options);
    }

    /** Returns a vector of length 1 along one axis. */
    public static float[] vector(int axis) {
        float[] vector = new float[DIMENSION];
        vector[axis] = 1;
        return vector;
    }

    /** Opens what a server keeps, without a server. */
    public static Engine openEngine(ServerConfiguration configuration) throws StateStoreException {
        return Engine.open(
                configuration.state().dataDir(), EngineSettings.of(configuration.state()), Clock.systemUTC());
    }

    /** Returns what the verbs of one event loop share, the calling thread being its thread. */
    public static VerbContext verbContext(Engine engine, ServerConfiguration configuration, ServerMetrics metrics) {
        return verbContext(engine, configuration, metrics, null);
    }

    /** As above, with a log of what is audited. */
    public static VerbContext verbContext(
            Engine engine, ServerConfiguration configuration, ServerMetrics metrics, AuditLog audit) {
        return new VerbContext(engine, configuration, Clock.systemUTC(), metrics.newLoop(), new ErrorReplies(), audit);
    }

    /** Starts a small server. */
    public static MagpieServer start(Path directory, String... more) throws ServerStartException {
        return MagpieServer.start(configuration(directory, more));
    }
}
