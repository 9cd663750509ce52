package io.magpie.load;

import io.magpie.load.generator.LoadConfiguration;
import io.magpie.load.process.Pin;
import io.magpie.load.scenario.ScenarioName;
import io.magpie.load.scenario.SyntheticData;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** How the load is driven. Some defaults depend on the scenario. */
final class RunOptions {
    private static final Duration DRAIN = Duration.ofSeconds(5);
    private static final Duration USUAL_SPIN = Duration.ofNanos(50_000);
    private static final int LARGE_CATALOGUE = 1_000_000;
    private static final int SOAK_SECONDS = 1_800;
    /** Long enough for checkpoints and rebuilt indexes to fall into most of them. */
    private static final Duration STEP = Duration.ofSeconds(15);
    /** Of each slice of a run that changes between loads, before it is measured. */
    private static final Duration SETTLING = Duration.ofMillis(500);
    /** Less work than {@code overload.wait}, as dear as requests are here, and enough that the server never waits. */
    private static final int PEAK_IN_FLIGHT = 48;
    /**
     * Requests must be so dear that one processor can ask five times as many as another one can answer, and that telling four of
     * five that there is no room does not take what the fifth needs.
     */
    private static final int OVERLOAD_ITEMS = 10_000;
    /** A server may take a hundredth of a second to refuse what came meanwhile. */
    private static final int OVERLOAD_PIPELINE = 1_024;

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

    private enum Arrivals {
        POISSON,
        FIXED
    }

    @Option(
            names = "--scenario",
            paramLabel = "NAME",
            defaultValue = "recommend",
            converter = ScenarioConverter.class,
            description = "what is asked; see below (${DEFAULT-VALUE})")
    ScenarioName scenario;

    @Option(
            names = "--rate",
            paramLabel = "R",
            description =
                    "requests a second; of step-load, the first rate that is tried (1000; soak 70 %% of the highest"
                            + " at which p99 holds --p99-micros, which it finds first)")
    private Double rate;

    @Option(
            names = "--duration",
            paramLabel = "S",
            description = "measured seconds (10; soak 1800; step-load 5 at each rate; overload 1.5 a slice)")
    private Double durationSeconds;

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
            names = "--arrivals",
            paramLabel = "KIND",
            defaultValue = "poisson",
            description = "poisson (as independent callers come) or fixed (equal gaps) (${DEFAULT-VALUE})")
    private Arrivals arrivals;

    @Option(
            names = "--closed",
            description = "no schedule: each connection keeps --pipeline requests in flight; finds the peak")
    boolean closed;

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
            description = "poll this long before a request is due instead of sleeping (50; with --pin always;"
                    + " --closed without --pin never)")
    private Integer spinMicros;

    @Option(
            names = "--pin",
            paramLabel = "S:G",
            converter = Pin.Converter.class,
            description = "bind the embedded server to processor S and the generator to G, e.g. 0:1 (by taskset)")
    Pin pin;

    @Option(names = "--items", description = "items of the made data (20000; overload 10000; large-catalogue 1000000)")
    private Integer items;

    @Option(names = "--profiles", defaultValue = "20000", description = "people of the made data (${DEFAULT-VALUE})")
    int profiles;

    @Option(
            names = "--data",
            paramLabel = "KIND",
            description = "friendly (as factorisation makes it, cheap to search) or hard (nothing can be left out)"
                    + " (friendly; overload hard)")
    private SyntheticData.Shape shape;

    @Option(names = "--dimension", defaultValue = "64", description = "of the made data (${DEFAULT-VALUE})")
    int dimension;

    @Option(
            names = "--top",
            paramLabel = "N",
            defaultValue = "10",
            description = "items in an answer (${DEFAULT-VALUE})")
    int top;

    @Option(names = "--seed", defaultValue = "1", description = "of data and requests (${DEFAULT-VALUE})")
    long seed;

    @Option(
            names = "--skew",
            paramLabel = "S",
            defaultValue = "1.0",
            description = "hot-keys: Zipf's exponent (${DEFAULT-VALUE})")
    double skew;

    @Option(
            names = "--p99-micros",
            paramLabel = "U",
            description =
                    "step-load, overload, soak without --rate: what the 99th percentile may be (5000; overload, soak"
                            + " 20000)")
    private Double targetP99Micros;

    @Option(
            names = "--deadline-millis",
            paramLabel = "M",
            defaultValue = "50",
            description = "overload: the budget of each request; later answers do not count (${DEFAULT-VALUE})")
    long deadlineMillis;

    @Option(
            names = "--side-connections",
            paramLabel = "N",
            defaultValue = "8",
            description = "slow-readers: connections that do not read (${DEFAULT-VALUE})")
    int sideConnections;

    @Option(
            names = "--side-rate",
            paramLabel = "R",
            defaultValue = "200",
            description = "connect-storm: new connections a second (${DEFAULT-VALUE})")
    double sideRate;

    double targetP99Micros() {
        double usual = scenario == ScenarioName.OVERLOAD || scenario == ScenarioName.SOAK ? 20_000 : 5_000;
        return targetP99Micros != null ? targetP99Micros : usual;
    }

    double rate() {
        return rate != null ? rate : 1_000;
    }

    /** Returns whether the highest rate is to be found first, as the one that is wanted is a share of it. */
    boolean isShareOfPeak() {
        return scenario == ScenarioName.SOAK && rate == null && !closed;
    }

    /** Returns the budget that requests name, in microseconds; 0 for none. */
    int budgetMicros() {
        return scenario == ScenarioName.OVERLOAD ? (int) (1_000 * deadlineMillis) : 0;
    }

    private int items() {
        int usual = switch (scenario) {
            case LARGE_CATALOGUE -> LARGE_CATALOGUE;
            case OVERLOAD -> OVERLOAD_ITEMS;
            default -> 20_000;
        };
        return items != null ? items : usual;
    }

    /** Returns the made data. */
    SyntheticData data() {
        SyntheticData.Shape usual =
                scenario == ScenarioName.OVERLOAD ? SyntheticData.Shape.HARD : SyntheticData.Shape.FRIENDLY;
        return new SyntheticData(shape != null ? shape : usual, seed, items(), profiles, dimension);
    }

    private double durationSeconds() {
        if (durationSeconds != null) {
            return durationSeconds;
        }
        return switch (scenario) {
            case SOAK -> SOAK_SECONDS;
            case STEP_LOAD -> 5;
            case OVERLOAD -> 1.5;
            default -> 10;
        };
    }

    /**
     * Returns the configuration of a run.
     *
     * @throws IllegalArgumentException if values do not fit each other
     */
    LoadConfiguration configuration(double atRate) {
        if (closed && scenario == ScenarioName.STEP_LOAD) {
            throw new IllegalArgumentException("step-load tries rates, and --closed has none: leave one of them out");
        }
        if (closed && scenario == ScenarioName.OVERLOAD) {
            throw new IllegalArgumentException("overload finds its rates itself: leave --closed out");
        }
        LoadConfiguration.Mode open =
                arrivals == Arrivals.FIXED ? LoadConfiguration.Mode.FIXED : LoadConfiguration.Mode.POISSON;
        int usualPipeline = scenario == ScenarioName.OVERLOAD ? OVERLOAD_PIPELINE : 256;
        return configuration(
                closed ? LoadConfiguration.Mode.CLOSED : open,
                atRate,
                pipeline != null ? pipeline : closed ? 16 : usualPipeline);
    }

    /** Returns the configuration of one of the rates among which a soak finds its own. */
    LoadConfiguration stepConfiguration(double atRate) {
        return configuration(atRate).during(STEP);
    }

    /** Returns the configuration of a storm: whoever would be later than the deadline no longer asks. */
    LoadConfiguration stormConfiguration(double rateBefore, double atRate) {
        return stormWarmUpConfiguration(atRate).after(SETTLING, rateBefore);
    }

    /** Returns the configuration of a storm upon a server that has just started. */
    LoadConfiguration stormWarmUpConfiguration(double atRate) {
        return configuration(atRate).givingUpAfter(Duration.ofMillis(deadlineMillis));
    }

    /** Returns the configuration that finds the peak: few requests wait, so that none has to be refused. */
    LoadConfiguration peakConfiguration() {
        return warmUpConfiguration().after(SETTLING, 1);
    }

    /** Returns the configuration of the peak of a server that has just started. */
    LoadConfiguration warmUpConfiguration() {
        return configuration(LoadConfiguration.Mode.CLOSED, 1, Math.max(1, PEAK_IN_FLIGHT / connections));
    }

    private LoadConfiguration configuration(LoadConfiguration.Mode mode, double atRate, int mostInFlight) {
        return new LoadConfiguration(
                mode,
                atRate,
                millis(warmUpSeconds),
                millis(durationSeconds()),
                connections,
                mostInFlight,
                loops,
                spin(),
                DRAIN);
    }

    private Duration spin() {
        if (spinMicros != null) {
            return Duration.ofNanos(1_000L * spinMicros);
        }
        if (pin != null) {
            return LoadConfiguration.ALWAYS_AWAKE;
        }
        return closed ? Duration.ZERO : USUAL_SPIN;
    }

    private static Duration millis(double seconds) {
        return Duration.ofMillis(Math.round(1_000 * seconds));
    }

    /** Returns all scenarios with what they ask, a line each, as picocli formats them. */
    static String[] scenarios() {
        return Arrays.stream(ScenarioName.values())
                .map(name ->
                        String.format("  %-16s %s", name, name.description()).replace("%", "%%"))
                .toArray(String[]::new);
    }
}
