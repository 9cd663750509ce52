package io.magpie.load;

import io.magpie.client.MagpieClient;
import io.magpie.client.MagpieException;
import io.magpie.load.generator.Endpoint;
import io.magpie.load.generator.LoadConfiguration;
import io.magpie.load.generator.LoadRun;
import io.magpie.load.generator.Measurement;
import io.magpie.load.generator.ServerFigures;
import io.magpie.load.process.Home;
import io.magpie.load.process.Processors;
import io.magpie.load.process.ServerProcess;
import io.magpie.load.process.StolenTime;
import io.magpie.load.report.JsonReport;
import io.magpie.load.report.LoadResult;
import io.magpie.load.report.ProgressLine;
import io.magpie.load.report.ReportFiles;
import io.magpie.load.report.RunEnvironment;
import io.magpie.load.report.TextReport;
import io.magpie.load.scenario.AnswerChecker;
import io.magpie.load.scenario.NaiveScorer;
import io.magpie.load.scenario.Scenario;
import io.magpie.load.scenario.ScenarioName;
import io.magpie.load.scenario.SyntheticData;
import io.magpie.load.scenario.SyntheticLoader;
import io.magpie.load.side.ConnectStorm;
import io.magpie.load.side.SideLoad;
import io.magpie.load.side.SlowReaders;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
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
        subcommands = CompareCommand.class,
        description = {
            "Drives a server from a fixed schedule and says how it did. Latency counts from when a request was meant to be"
                    + " sent, so that a stall shows. Answers are compared with a plain scan. Exit code 1 if the rate was"
                    + " missed, answers were lost or wrong."
        },
        footerHeading = "%nScenarios:%n")
final class LoadCommand implements Callable<Integer> {
    private static final Duration READY_TIMEOUT = Duration.ofSeconds(180);
    private static final int MOST_RATES = 16;
    /** Where the search for the highest rate of a soak begins; a server that is warming up holds it. */
    private static final double FIRST_RATE = 4_000;

    private static final double SHARE_OF_PEAK = 0.7;
    /** Share of stolen time from which on a run says so. */
    private static final double WORTH_SAYING = 0.01;

    /** Drives the server once. */
    @FunctionalInterface
    private interface Drive {
        LoadResult by(LoadConfiguration configuration) throws Exception;
    }

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

    @Spec
    private CommandSpec spec;

    @ArgGroup(multiplicity = "0..1")
    private Target target;

    @Mixin
    private final RunOptions options = new RunOptions();

    @Mixin
    private final ConnectOptions access = new ConnectOptions();

    @Option(
            names = "--report",
            paramLabel = "DIR",
            description = "write .html, .md, .json, .hgrm and .hlog files there")
    private Path report;

    @Option(
            names = "--json",
            paramLabel = "F",
            description = "write the result as JSON to a file; - for standard output")
    private String json;

    @Option(
            names = "--server-set",
            paramLabel = "K=V",
            description = "an option of the embedded server, as its --set takes it; may be repeated")
    private final List<String> serverOptions = new ArrayList<>();

    @Option(names = "--no-watch", description = "do not ask the server for its statistics each second")
    private boolean unwatched;

    @Override
    public Integer call() throws Exception {
        if (target == null) {
            throw new ParameterException(spec.commandLine(), "a server is needed: give --embedded or --connect H:P");
        }
        try {
            options.configuration(options.rate());
            access.check();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage());
        }
        if (!target.embedded && (options.pin != null || !serverOptions.isEmpty())) {
            throw new ParameterException(
                    spec.commandLine(), "--pin and --server-set are for a server that is started: give --embedded");
        }
        SyntheticData data = options.data();
        if (!target.embedded) {
            return drive(target.connect, data);
        }
        if (options.pin != null) {
            Processors.bindThisProcess(options.pin.generator());
        }
        String serverProcessor = options.pin == null ? null : options.pin.server();
        try (ServerProcess server =
                ServerProcess.start(Home.required(), READY_TIMEOUT, serverArguments(data), serverProcessor)) {
            return drive(server.wireAddress(), data);
        }
    }

    private List<String> serverArguments(SyntheticData data) {
        List<String> arguments = new ArrayList<>(data.serverArguments());
        if (options.closed) {
            // A peak is found with a queue that never empties, which an overloaded server would refuse.
            arguments.addAll(List.of("--set", "overload.wait=0s"));
        }
        for (String each : serverOptions) {
            arguments.addAll(List.of("--set", each));
        }
        return arguments;
    }

    private int drive(InetSocketAddress address, SyntheticData data) throws Exception {
        PrintWriter terminal = json != null && json.equals("-")
                ? spec.commandLine().getErr()
                : spec.commandLine().getOut();
        ProgressLine progress = new ProgressLine(System.err);
        Map<String, String> place = RunEnvironment.find();
        LoadResult result;
        try (MagpieClient client = access.connect(address)) {
            Scenario scenario = new Scenario(options.scenario, data, options.top, options.seed, options.skew)
                    .within(options.budgetMicros());
            NaiveScorer scorer = load(client, data, scenario, progress);
            result = drive(configuration ->
                    once(scenario.again(), access.endpoint(address), client, configuration, data, scorer, progress));
        }
        result = result.in(place);
        terminal.print(TextReport.lines(result));
        terminal.flush();
        write(result);
        return result.isPassed() ? 0 : Main.FAILED;
    }

    private LoadResult drive(Drive drive) throws Exception {
        return switch (options.scenario) {
            case STEP_LOAD ->
                new StepSearch(rate -> drive.by(options.configuration(rate)), options.targetP99Micros(), MOST_RATES)
                        .run(options.rate());
            case OVERLOAD -> {
                OverloadRun.Trial trial = new OverloadRun.Trial() {
                    @Override
                    public LoadResult warmUp() throws Exception {
                        return drive.by(options.warmUpConfiguration());
                    }

                    @Override
                    public void warmUpAt(double ratePerSecond) throws Exception {
                        drive.by(options.stormWarmUpConfiguration(ratePerSecond));
                    }

                    @Override
                    public LoadResult peak() throws Exception {
                        return drive.by(options.peakConfiguration());
                    }

                    @Override
                    public LoadResult at(double rateBefore, double ratePerSecond) throws Exception {
                        return drive.by(options.stormConfiguration(rateBefore, ratePerSecond));
                    }
                };
                yield new OverloadRun(trial, Duration.ofMillis(options.deadlineMillis), options.targetP99Micros())
                        .run();
            }
            default -> options.isShareOfPeak() ? atShareOfPeak(drive) : drive.by(options.configuration(options.rate()));
        };
    }

    private LoadResult atShareOfPeak(Drive drive) throws Exception {
        LoadResult peak = new StepSearch(
                        rate -> drive.by(options.stepConfiguration(rate)), options.targetP99Micros(), MOST_RATES)
                .run(FIRST_RATE);
        if (!peak.isPassed()) {
            return peak;
        }
        return drive.by(options.configuration(SHARE_OF_PEAK * peak.targetRate()))
                .with(List.of(), peak.notes())
                .withSteps(peak.steps());
    }

    private LoadResult once(
            Scenario run,
            Endpoint server,
            MagpieClient client,
            LoadConfiguration configuration,
            SyntheticData data,
            NaiveScorer scorer,
            ProgressLine progress)
            throws IOException, InterruptedException {
        SideLoad side = switch (options.scenario) {
            case SLOW_READERS -> new SlowReaders(server, options.sideConnections, options.profiles);
            case CONNECT_STORM -> new ConnectStorm(server, options.sideRate);
            default -> SideLoad.NONE;
        };
        ServerFigures.Probe probe = unwatched ? ServerFigures.Probe.NONE : () -> figures(client);
        StolenTime before = StolenTime.now();
        Measurement measurement =
                new LoadRun(configuration, server, run::exchange, progress::second, probe, side).run();
        double stolen = StolenTime.now().shareSince(before);
        progress.clear();
        AnswerChecker.Verdict verdict = new AnswerChecker(data, scorer).check(run.samples());
        List<String> notes = new ArrayList<>(side.notes());
        if (stolen >= WORTH_SAYING) {
            notes.add(String.format(
                    Locale.ROOT, "the host gave %.0f %% of this machine's processors to others", 100 * stolen));
        }
        return LoadResult.of(run, measurement, verdict).with(side.failures(), notes);
    }

    private static ServerFigures figures(MagpieClient client) {
        try {
            return new ServerFigures(client.statistics().counters());
        } catch (MagpieException e) {
            return null; // what is measured is the load; its watcher may miss a second
        }
    }

    private NaiveScorer load(MagpieClient client, SyntheticData data, Scenario scenario, ProgressLine progress)
            throws InterruptedException {
        SyntheticLoader loader = new SyntheticLoader(client, data);
        NaiveScorer scorer = new NaiveScorer(loader.sources());
        if (options.scenario != ScenarioName.PING) {
            if (!loader.isEmpty() && !loader.isLoaded()) {
                throw new IllegalStateException(
                        "the server holds other data, so answers could not be judged: start an empty one, or give --embedded");
            }
            if (loader.isEmpty() && !scorer.fades()) {
                scenario.following();
            }
            if (!loader.isUntouched()) {
                loader.load(progress::loading);
            }
            progress.clear();
        }
        data.catalogue().loadedAs(client.statistics().catalogueVersion());
        return scorer;
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
