package io.magpie.server.cli;

import io.magpie.core.CompilerThreads;
import io.magpie.server.MagpieServer;
import io.magpie.server.ServerStartException;
import io.magpie.server.config.ConfigurationException;
import io.magpie.server.config.ConfigurationLoader;
import io.magpie.server.config.ServerConfiguration;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code magpie serve}: runs the server until SIGTERM or SIGINT. */
@Command(
        name = "serve",
        mixinStandardHelpOptions = true,
        description = "Runs the server until it is told to stop (Ctrl-C or SIGTERM).",
        footer = {"", "docs/OPERATIONS.md lists every option; each can be set by --set KEY=VALUE or in a file."})
final class ServeCommand implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(ServeCommand.class);

    @Spec
    private CommandSpec spec;

    @Option(names = "--config", paramLabel = "FILE", description = "HOCON file with options")
    private Path config;

    @Option(names = "--port", paramLabel = "PORT", description = "port of the binary protocol (default 7400)")
    private String port;

    @Option(names = "--admin-port", paramLabel = "PORT", description = "port of the admin HTTP server (default 7401)")
    private String adminPort;

    @Option(names = "--bind", paramLabel = "ADDRESS", description = "address to listen on (default 127.0.0.1)")
    private String bind;

    @Option(names = "--data-dir", paramLabel = "DIR", description = "where state is kept (default ./magpie-data)")
    private String dataDir;

    @Option(names = "--dimension", paramLabel = "N", description = "length of every vector (default 64)")
    private String dimension;

    @Option(
            names = "--sources",
            paramLabel = "NAME:WEIGHT:HALFLIFE[:own|derived],...",
            description = "sources in order; a half-life is a duration such as 30d, or never; own: what the person did,"
                    + " derived: a guess from friends, tags, a segment")
    private String sources;

    @Option(names = "--set", paramLabel = "KEY=VALUE", description = "any other option, e.g. --set limits.top=100")
    private Map<String, String> others = new LinkedHashMap<>();

    @Override
    public Integer call() {
        ServerConfiguration configuration = configuration();
        StopSignal stop = StopSignal.install();
        try (MagpieServer server = MagpieServer.start(configuration)) {
            CompilerThreads.yieldToOthers(); // from now on somebody waits for answers
            PrintWriter out = spec.commandLine().getOut();
            out.println("ready wire=" + HostPort.of(server.address()) + " admin=" + HostPort.of(server.adminAddress()));
            out.flush();
            stop.await();
            LOG.info("stopping on {}", stop.name());
        } catch (ServerStartException e) {
            throw CommandException.failed(e.getMessage(), e);
        }
        LOG.info("stopped");
        return 0;
    }

    private ServerConfiguration configuration() {
        Map<String, String> given = new LinkedHashMap<>(others);
        put(given, "port", port);
        put(given, "admin-port", adminPort);
        put(given, "bind", bind);
        put(given, "data-dir", dataDir);
        put(given, "dimension", dimension);
        put(given, "sources", sources);
        try {
            return ConfigurationLoader.load(config, System.getenv(), given);
        } catch (ConfigurationException e) {
            throw CommandException.badUsage(e.getMessage());
        }
    }

    private static void put(Map<String, String> given, String key, String value) {
        if (value != null) {
            given.put(key, value);
        }
    }
}
