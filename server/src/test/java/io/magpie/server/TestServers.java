package io.magpie.server;

import io.magpie.server.config.ConfigurationLoader;
import io.magpie.server.config.ServerConfiguration;
import java.nio.file.Path;
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
        for (int i = 0; i < more.length; i += 2) {
            options.put(more[i], more[i + 1]);
        }
        return ConfigurationLoader.load(null, Map.of(), options);
    }

    /** Starts a small server. */
    public static MagpieServer start(Path directory, String... more) throws ServerStartException {
        return MagpieServer.start(configuration(directory, more));
    }
}
