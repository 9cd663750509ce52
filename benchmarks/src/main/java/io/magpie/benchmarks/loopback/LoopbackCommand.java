package io.magpie.benchmarks.loopback;

import io.magpie.client.MagpieClient;
import io.magpie.load.generator.LoadConfiguration;
import io.magpie.load.generator.LoadRun;
import io.magpie.load.generator.Measurement;
import io.magpie.load.process.Home;
import io.magpie.load.process.JavaCommand;
import io.magpie.load.process.Pin;
import io.magpie.load.process.Processors;
import io.magpie.load.process.ServerProcess;
import io.magpie.load.report.LoadResult;
import io.magpie.load.report.RunEnvironment;
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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code magpie bench loopback}: what a server on one processor reaches of what it is held to. */
@Command(
        name = "loopback",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Holds a server that has one processor to its own ping, to its index alone and to redis-server, all in one"
                    + " sitting and in turns. Server and peers run on one processor, what asks them on the other. Exit"
                    + " code 1 if an answer was wrong or lost; a ratio that is missed is only said."
        })
public final class LoopbackCommand implements Callable<Integer> {
    private static final Duration READY_TIMEOUT = Duration.ofSeconds(180);
    private static final Duration DRAIN = Duration.ofSeconds(5);
    private static final int DIMENSION = 64;
    private static final int TOP = 10;
    private static final int CONNECTIONS = 50;
    private static final int PIPELINE = 16;
    private static final int MOST_WARM_UPS = 8;
    private static final int WARM_UP_PATIENCE = 2;
    private static final double FASTER = 1.05;

    @Spec
    private CommandSpec spec;

    @Option(names = "--items", defaultValue = "100000", description = "items (${DEFAULT-VALUE})")
    private int items;

    @Option(names = "--profiles", defaultValue = "100000", description = "people, and keys of Redis (${DEFAULT-VALUE})")
    private int profiles;

    @Option(names = "--seconds", defaultValue = "6", description = "of each measurement (${DEFAULT-VALUE})")
    private double seconds;

    @Option(names = "--rounds", defaultValue = "5", description = "of all measurements in turns (${DEFAULT-VALUE})")
    private int rounds;

    @Option(
            names = "--pin",
            paramLabel = "S:G",
            converter = Pin.Converter.class,
            defaultValue = "0:1",
            description = "processors of server and generator (${DEFAULT-VALUE})")
    private Pin pin;

    @Option(
            names = "--server-set",
            paramLabel = "K=V",
            description = "an option of the server, e.g. spin-micros=50; may be repeated")
    private final List<String> serverOptions = new ArrayList<>();

    @Option(names = "--report", paramLabel = "F", description = "write the table as Markdown there, too")
    private Path report;

    private final Map<String, List<Double>> figures = new LinkedHashMap<>();
    private final List<String> failures = new ArrayList<>();
    private SyntheticData data;
    private NaiveScorer scorer;
    private InetSocketAddress address;
    private int replyBytes;

    @Override
    public Integer call() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        Path home = Home.required();
        Map<String, String> place = RunEnvironment.find();
        Processors.bindThisProcess(pin.generator());
        data = new SyntheticData(1, items, profiles, DIMENSION);
        List<String> alone =
                new ArrayList<>(JavaCommand.of(home, "benchmarks", "io.magpie.benchmarks.loopback.IndexAlone"));
        alone.addAll(List.of(Integer.toString(items), Integer.toString(profiles), Integer.toString(DIMENSION)));
        try (ServerProcess server = ServerProcess.start(home, READY_TIMEOUT, serverArguments(), pin.server());
                LineProcess index = new LineProcess(Processors.bound(alone, pin.server()))) {
            address = server.wireAddress();
            load();
            index.read("ready");
            warmUp(ScenarioName.RECOMMEND);
            warmUp(ScenarioName.GET_PROFILE);
            try (RedisPeer redis = RedisPeer.isInstalled()
                    ? new RedisPeer(pin.server(), pin.generator(), profiles, replyBytes)
                    : null) {
                for (int round = 1; round <= rounds; round++) {
                    round(index, redis);
                    spec.commandLine().getErr().println("round " + round + " of " + rounds);
                }
            }
        }
        String table = table(place);
        out.print(table);
        out.flush();
        if (report != null) {
            Files.writeString(report, table);
        }
        return failures.isEmpty() ? 0 : 1;
    }

    private List<String> serverArguments() {
        List<String> arguments = new ArrayList<>(data.serverArguments());
        arguments.addAll(List.of("--set", "event-loops=1"));
        serverOptions.forEach(each -> arguments.addAll(List.of("--set", each)));
        return arguments;
    }

    private void load() throws InterruptedException {
        try (MagpieClient client = MagpieClient.builder(address.getHostString(), address.getPort())
                .clientName("magpie bench")
                .connectTimeout(Duration.ofSeconds(10))
                .requestTimeout(Duration.ofSeconds(60))
                .connect()) {
            SyntheticLoader loader = new SyntheticLoader(client, data);
            loader.load((what, done, all) -> {});
            data.catalogue().loadedAs(client.statistics().catalogueVersion());
            scorer = new NaiveScorer(loader.sources());
        }
    }

    /** Asks until it goes no faster: on one processor the compiler takes a part of it for many seconds. */
    private void warmUp(ScenarioName name) throws IOException, InterruptedException {
        double best = 0;
        int since = 0;
        for (int run = 0; run < MOST_WARM_UPS && since < WARM_UP_PATIENCE; run++) {
            double rate = run(name, LoadConfiguration.Mode.CLOSED, 0, CONNECTIONS, PIPELINE, seconds, false)
                    .achievedRate();
            since = rate > FASTER * best ? 0 : since + 1;
            best = Math.max(best, rate);
        }
    }

    private void round(LineProcess index, RedisPeer redis) throws IOException, InterruptedException {
        index.write(Double.toString(seconds));
        String[] alone = index.read("").split(" ");
        double indexRate = note("index alone, queries a second", Double.parseDouble(alone[0]));
        double indexP50 = note("index alone, p50 us", Double.parseDouble(alone[1]));
        Measurement full = closed(ScenarioName.RECOMMEND, CONNECTIONS, PIPELINE, seconds);
        note("recommend, 50 connections x 16, a second", full.achievedRate());
        note("RATIO recommend / index alone (at least 0.6)", full.achievedRate() / indexRate);

        Measurement get = closed(ScenarioName.GET_PROFILE, CONNECTIONS, PIPELINE, seconds);
        note("get-profile, 50 connections x 16, a second", get.achievedRate());
        if (redis != null) {
            double gets = redis.getsPerSecond((long) (seconds * get.achievedRate()));
            note("redis GET of " + replyBytes + " bytes, the same way, a second", gets);
            note("RATIO get-profile / redis GET (at least 1)", get.achievedRate() / gets);
        }

        double ping = note(
                "ping, one at a time, p50 us",
                closed(ScenarioName.PING, 1, 1, seconds).micros(50));
        double one = note(
                "recommend, one at a time, p50 us",
                closed(ScenarioName.RECOMMEND, 1, 1, seconds).micros(50));
        note("RATIO recommend p50 / (ping p50 + index p50) (at most 1.3)", one / (ping + indexP50));

        double peak = note(
                "recommend, one connection x 16, a second",
                closed(ScenarioName.RECOMMEND, 1, PIPELINE, seconds).achievedRate());
        double half = peak / 2;
        double pingP99 = note(
                "ping at half of that rate, p99 us",
                open(ScenarioName.PING, half).micros(99));
        double p99 = note(
                "recommend at half of that rate, p99 us",
                open(ScenarioName.RECOMMEND, half).micros(99));
        note("RATIO recommend p99 / ping p99 at half of the peak (at most 2)", p99 / pingP99);
    }

    private double note(String what, double figure) {
        figures.computeIfAbsent(what, any -> new ArrayList<>()).add(figure);
        return figure;
    }

    private Measurement closed(ScenarioName name, int connections, int pipeline, double forSeconds)
            throws IOException, InterruptedException {
        return run(name, LoadConfiguration.Mode.CLOSED, 0, connections, pipeline, forSeconds, true);
    }

    private Measurement open(ScenarioName name, double rate) throws IOException, InterruptedException {
        return run(name, LoadConfiguration.Mode.POISSON, rate, 1, 1_024, seconds, true);
    }

    private Measurement run(
            ScenarioName name,
            LoadConfiguration.Mode mode,
            double rate,
            int connections,
            int pipeline,
            double forSeconds,
            boolean checked)
            throws IOException, InterruptedException {
        LoadConfiguration configuration = new LoadConfiguration(
                mode,
                rate,
                Duration.ofMillis(500),
                Duration.ofMillis((long) (1_000 * forSeconds)),
                connections,
                pipeline,
                1,
                LoadConfiguration.ALWAYS_AWAKE,
                DRAIN);
        Scenario scenario = new Scenario(name, data, TOP, 1 + figures.size());
        ReplyLengths lengths = new ReplyLengths();
        Measurement measurement = new LoadRun(
                        configuration,
                        address,
                        loop -> name == ScenarioName.GET_PROFILE && replyBytes == 0
                                ? lengths.of(scenario.exchange(loop))
                                : scenario.exchange(loop),
                        (elapsed, completed, second) -> {})
                .run();
        replyBytes = Math.max(replyBytes, lengths.most());
        if (checked) {
            AnswerChecker.Verdict verdict = new AnswerChecker(data, scorer).check(scenario.samples());
            for (String failure : LoadResult.of(scenario, measurement, verdict).failures()) {
                failures.add(name + ": " + failure);
            }
        }
        return measurement;
    }

    private String table(Map<String, String> place) {
        StringBuilder out = new StringBuilder();
        out.append(RunEnvironment.markdown(place));
        out.append(String.format(
                Locale.ROOT,
                "- %,d items and people, dimension %d, %d rounds of %.0f s, processors %s:%s, server options %s%n%n",
                items,
                DIMENSION,
                rounds,
                seconds,
                pin.server(),
                pin.generator(),
                serverOptions));
        out.append("| figure | median | least | most |\n|---|---:|---:|---:|\n");
        figures.forEach((what, values) -> {
            List<Double> sorted = values.stream().sorted().toList();
            String format =
                    what.startsWith("RATIO") ? "| **%s** | %.2f | %.2f | %.2f |%n" : "| %s | %,.0f | %,.0f | %,.0f |%n";
            out.append(String.format(
                    Locale.ROOT,
                    format,
                    what.replace("RATIO ", ""),
                    sorted.get(sorted.size() / 2),
                    sorted.get(0),
                    sorted.get(sorted.size() - 1)));
        });
        failures.forEach(failure -> out.append("\nFAILED: ").append(failure).append('\n'));
        return out.toString();
    }
}
