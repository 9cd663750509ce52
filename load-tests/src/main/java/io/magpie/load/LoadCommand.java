package io.magpie.load;

import io.magpie.client.MagpieClient;
import io.magpie.load.generator.LoadConfiguration;
import io.magpie.load.generator.LoadRun;
import io.magpie.load.generator.Measurement;
import io.magpie.load.process.ServerProcess;
import io.magpie.load.report.JsonReport;
import io.magpie.load.report.LoadResult;
import io.magpie.load.report.ProgressLine;
import io.magpie.load.report.ReportFiles;
import io.magpie.load.report.TextReport;
import io.magpie.load.scenario.AnswerChecker;
import io.magpie.load.scenario.NaiveScorer;
import io.magpie.load.scenario.Scenario;
import io.magpie.load.scenario.ScenarioName;
import io.magpie.load.scenario.SyntheticData;
import io.magpie.load.scenario.SyntheticLoader;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code magpie load}: drives a server and says how it did. */
@Command(
        name = "load",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Drives a server from a fixed schedule and says how it did. Latency counts from when a request was meant to be"
                    + " sent, so that a stall shows. Answers are compared with a plain scan. Exit code 1 if the rate was"
                    + " missed, answers were lost or wrong."
        })
final class LoadCommand implements Callable<Integer> {
    private static final Duration READY_TIMEOUT = Duration.ofSeconds(180);
    private static final Duration DRAIN = Duration.ofSeconds(5);

    /** Where the server is. */
    private static final class Target {
        @Option(
                names = "--connect",
                paramLabel = "H:P",
                converter = AddressConverter.class,
                description = "a running server; it must be empty, or hold the data of an earlier load test")
        private InetSocketAddress connect;

        @Option(names = "--embedded", description = "start a server for this run alone, and stop it afterwards")
        private boolean embedded;
    }

    private static final class AddressConverter implements ITypeConverter<InetSocketAddress> {
        @Override
        public InetSocketAddress convert(String value) {
            int colon = value.lastIndexOf(':');
            try {
                return new InetSocketAddress(value.substring(0, colon), Integer.parseInt(value.substring(colon + 1)));
            } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
                throw new TypeConversionException("an address is HOST:PORT: " + value);
            }
        }
    }

    private static final class ScenarioConverter implements ITypeConverter<ScenarioName> {
        @Override
        public ScenarioName convert(String value) {
            for (ScenarioName name : ScenarioName.values()) {
                if (name.toString().equals(value)) {
                    return name;
                }
            }
            throw new TypeConversionException(
                    "no such scenario: " + value + "; there are " + List.of(ScenarioName.values()));
        }
    }

    @Spec
    private CommandSpec spec;

    @ArgGroup(multiplicity = "1")
    private Target target;

    @Option(
            names = "--rate",
            paramLabel = "R",
            defaultValue = "1000",
            description = "requests a second (${DEFAULT-VALUE})")
    private double rate;

    @Option(
            names = "--duration",
            paramLabel = "S",
            defaultValue = "10",
            description = "measured seconds (${DEFAULT-VALUE})")
    private double durationSeconds;

    @Option(
            names = "--warmup",
            paramLabel = "S",
            defaultValue = "3",
            description = "seconds of the same load before, not counted (${DEFAULT-VALUE})")
    private double warmUpSeconds;

    @Option(
            names = "--connections",
            paramLabel = "C",
            defaultValue = "8",
            description = "connections (${DEFAULT-VALUE})")
    private int connections;

    @Option(
            names = "--scenario",
            paramLabel = "NAME",
            defaultValue = "recommend",
            converter = ScenarioConverter.class,
            description = "recommend, get-profile, ping or retail-mix (${DEFAULT-VALUE})")
    private ScenarioName scenario;

    @Option(names = "--report", paramLabel = "DIR", description = "write .json, .md, .hgrm and .hlog files there")
    private Path report;

    @Option(
            names = "--json",
            paramLabel = "F",
            description = "write the result as JSON to a file; - for standard output")
    private String json;

    @Option(
            names = "--arrivals",
            paramLabel = "KIND",
            defaultValue = "poisson",
            description = "poisson (as independent callers come) or fixed (equal gaps) (${DEFAULT-VALUE})")
    private Arrivals arrivals;

    @Option(
            names = "--closed",
            description = "no schedule: each connection keeps --pipeline requests in flight; finds the peak")
    private boolean closed;

    @Option(
            names = "--pipeline",
            paramLabel = "N",
            description = "most requests in flight on a connection (256; 16 with --closed)")
    private Integer pipeline;

    @Option(
            names = "--loops",
            paramLabel = "N",
            defaultValue = "1",
            description = "threads that send (${DEFAULT-VALUE})")
    private int loops;

    @Option(
            names = "--spin-micros",
            paramLabel = "U",
            defaultValue = "50",
            description = "poll this long before a request is due instead of sleeping (${DEFAULT-VALUE})")
    private int spinMicros;

    @Option(names = "--items", defaultValue = "20000", description = "items of the made data (${DEFAULT-VALUE})")
    private int items;

    @Option(names = "--profiles", defaultValue = "20000", description = "people of the made data (${DEFAULT-VALUE})")
    private int profiles;

    @Option(names = "--dimension", defaultValue = "64", description = "of the made data (${DEFAULT-VALUE})")
    private int dimension;

    @Option(
            names = "--top",
            paramLabel = "N",
            defaultValue = "10",
            description = "items in an answer (${DEFAULT-VALUE})")
    private int top;

    @Option(names = "--seed", defaultValue = "1", description = "of data and requests (${DEFAULT-VALUE})")
    private long seed;

    private enum Arrivals {
        POISSON,
        FIXED
    }

    @Override
    public Integer call() throws Exception {
        LoadConfiguration configuration = configuration();
        if (!target.embedded) {
            return drive(target.connect, configuration);
        }
        try (ServerProcess server = ServerProcess.start(home(), READY_TIMEOUT, serverArguments())) {
            return drive(server.wireAddress(), configuration);
        }
    }

    /** Sources that do not fade, so that answers can be compared to the last bit; room for what is loaded. */
    private List<String> serverArguments() {
        return List.of(
                "--dimension",
                Integer.toString(dimension),
                "--sources",
                String.join(":1:never,", SyntheticData.SOURCE_NAMES) + ":1:never",
                "--set",
                "store.profiles=" + Math.max(10_000, profiles),
                "--set",
                "store.items=" + Math.max(10_000, items));
    }

    static Path home() {
        String home = System.getenv("MAGPIE_HOME");
        if (home == null) {
            throw new IllegalStateException("MAGPIE_HOME is not set: start this by ./magpie, which sets it");
        }
        return Path.of(home);
    }

    private LoadConfiguration configuration() {
        try {
            LoadConfiguration.Mode open =
                    arrivals == Arrivals.FIXED ? LoadConfiguration.Mode.FIXED : LoadConfiguration.Mode.POISSON;
            return new LoadConfiguration(
                    closed ? LoadConfiguration.Mode.CLOSED : open,
                    rate,
                    millis(warmUpSeconds),
                    millis(durationSeconds),
                    connections,
                    pipeline != null ? pipeline : closed ? 16 : 256,
                    loops,
                    Duration.ofNanos(1_000L * spinMicros),
                    DRAIN);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage());
        }
    }

    private static Duration millis(double seconds) {
        return Duration.ofMillis(Math.round(1_000 * seconds));
    }

    private int drive(InetSocketAddress address, LoadConfiguration configuration) throws Exception {
        PrintWriter terminal = json != null && json.equals("-")
                ? spec.commandLine().getErr()
                : spec.commandLine().getOut();
        ProgressLine progress = new ProgressLine(System.err);
        SyntheticData data = new SyntheticData(seed, items, profiles, dimension);
        NaiveScorer scorer = load(address, data, progress);
        Scenario run = new Scenario(scenario, data, top, seed);
        Measurement measurement = new LoadRun(configuration, address, run::exchange, progress::second).run();
        progress.clear();
        AnswerChecker.Verdict verdict = new AnswerChecker(data, scorer).check(run.samples());
        LoadResult result = LoadResult.of(run, measurement, verdict);
        terminal.print(TextReport.lines(result));
        terminal.flush();
        write(result);
        return result.isPassed() ? 0 : Main.FAILED;
    }

    private NaiveScorer load(InetSocketAddress address, SyntheticData data, ProgressLine progress)
            throws InterruptedException {
        try (MagpieClient client = MagpieClient.builder(address.getHostString(), address.getPort())
                .clientName("magpie load")
                .connectTimeout(Duration.ofSeconds(10))
                .requestTimeout(Duration.ofSeconds(30))
                .connect()) {
            SyntheticLoader loader = new SyntheticLoader(client, data);
            if (scenario != ScenarioName.PING) {
                if (!loader.isEmpty() && !loader.isLoaded()) {
                    throw new IllegalStateException(
                            "the server at " + address.getHostString() + ":" + address.getPort()
                                    + " holds other data, so answers could not be judged: start an empty one, or give --embedded");
                }
                loader.load(progress::loading);
                progress.clear();
            }
            data.catalogue().loadedAs(client.statistics().catalogueVersion());
            return new NaiveScorer(loader.sources());
        }
    }

    private void write(LoadResult result) throws IOException {
        if (report != null) {
            ReportFiles.write(result, report);
        }
        if (json != null && json.equals("-")) {
            spec.commandLine().getOut().print(JsonReport.of(result));
            spec.commandLine().getOut().flush();
        } else if (json != null) {
            Files.writeString(Path.of(json), JsonReport.of(result));
        }
    }
}
