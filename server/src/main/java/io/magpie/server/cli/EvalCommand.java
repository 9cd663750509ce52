package io.magpie.server.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.magpie.core.vector.Kernels;
import io.magpie.server.data.DataException;
import io.magpie.server.data.VectorMatrix;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code magpie eval}: how fast and how exact the index is on given vectors. */
@Command(
        name = "eval",
        mixinStandardHelpOptions = true,
        description = {
            "Measures the index on given vectors, and checks that it is exact.",
            "Builds it over items in this process, asks it every query through the same search as the server's, and says"
                    + " how long that took and whether every answer equals a full scan's.",
            "An item's id is its row, from 0. Ends with 1 if one answer differs: in an id, in the order, or in a bit of a"
                    + " score."
        },
        footer = {
            "",
            "buildSeconds counts from vectors in memory until the index has settled; reading files is stated apart.",
            "Before the clock starts the same queries are asked for --warmup-seconds, and on for up to ten times as long while"
                    + " that still makes searching faster; then memory is cleaned up once.",
            "A query's latency is that of the search that answers its batch, filling in the requests included: with"
                    + " --batch 16, p50 is the time for 16. Queries per second counts queries, over all threads.",
            "The full scan scores every item in the oracle's plain double arithmetic, for every query, on all cores: on"
                    + " 100,000 items x 100 dimensions x 1,000 queries it takes seconds, on millions of items minutes;"
                    + " --no-verify leaves it out."
        })
final class EvalCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--items", required = true, paramLabel = "F", description = "items: .fvecs or .npy, also .gz")
    private Path items;

    @Option(names = "--queries", required = true, paramLabel = "F", description = "queries: .fvecs or .npy, also .gz")
    private Path queries;

    @Option(
            names = "--top",
            required = true,
            paramLabel = "K",
            description = "how many items a query asks for; with fewer items, all are returned")
    private int top;

    @Option(names = "--threads", paramLabel = "T", defaultValue = "1", description = "threads that ask (default 1)")
    private int threads;

    @Option(
            names = "--batch",
            paramLabel = "B",
            defaultValue = "1",
            description = "queries answered by one search (default 1)")
    private int batch;

    @Option(
            names = "--repeat",
            paramLabel = "R",
            defaultValue = "1",
            description = "timed passes over the queries (default 1)")
    private int repeat;

    @Option(
            names = "--warmup-seconds",
            paramLabel = "S",
            defaultValue = "3",
            description = "untimed asking before that, at least (default 3)")
    private double warmUpSeconds;

    @Option(names = "--no-verify", description = "do not compare with a full scan; recall is then not known")
    private boolean noVerify;

    @Option(
            names = "--ids-out",
            paramLabel = "F",
            description = "write the ids of every answer, best first, a row a query, as .ivecs (also .gz)")
    private Path idsOut;

    @Option(
            names = "--json",
            paramLabel = "F",
            description = "write the result as a JSON object; - prints it and nothing else")
    private Path json;

    @Override
    public Integer call() throws IOException {
        atLeastOne("--top", top);
        atLeastOne("--threads", threads);
        atLeastOne("--batch", batch);
        atLeastOne("--repeat", repeat);
        if (!(warmUpSeconds >= 0 && warmUpSeconds <= 3600)) {
            throw CommandException.badUsage("--warmup-seconds needs 0 to 3600: warmup-seconds=" + warmUpSeconds);
        }
        PrintWriter out = spec.commandLine().getOut();
        try (Progress progress = Progress.on(spec.commandLine().getErr())) {
            long start = System.nanoTime();
            VectorMatrix itemRows = read(items, "item", progress);
            VectorMatrix queryRows = read(queries, "query", progress);
            if (queryRows.dimension() != itemRows.dimension()) {
                throw new DataException(queries + ": dimension=" + queryRows.dimension() + ", but " + items
                        + " has dimension=" + itemRows.dimension() + ": queries and items need the same");
            }
            double readSeconds = (System.nanoTime() - start) / 1e9;
            Evaluation evaluation = new Evaluation(queryRows, itemRows.rows(), top, threads, batch, repeat);
            evaluation.build(itemRows, progress);
            progress.begin("asking");
            Evaluation.Timing timing = evaluation.run(warmUpSeconds);
            double bytesPerItem = evaluation.bytesPerItem();
            evaluation.close();
            EvaluationCheck check =
                    noVerify ? null : EvaluationCheck.run(evaluation.answers(), itemRows, queryRows, top, progress);
            progress.clear();
            Report report = new Report(
                    itemRows.rows(),
                    itemRows.dimension(),
                    queryRows.rows(),
                    readSeconds,
                    evaluation.buildSeconds(),
                    timing,
                    bytesPerItem,
                    check);
            if (idsOut != null) {
                evaluation.answers().writeIds(idsOut);
            }
            if (json == null || !json.toString().equals("-")) {
                print(out, report);
            }
            if (json != null) {
                JsonOutput.write(json, out, object -> write(object, report));
            }
            return verdict(report);
        }
    }

    private record Report(
            int items,
            int dimension,
            int queries,
            double readSeconds,
            double buildSeconds,
            Evaluation.Timing timing,
            double bytesPerItem,
            EvaluationCheck check) {
        double perQuery(long sum) {
            return (double) sum / timing.latencies().getTotalCount();
        }
    }

    private static void atLeastOne(String option, int value) {
        if (value < 1) {
            throw CommandException.badUsage(option + " needs 1 or more: " + option.substring(2) + "=" + value);
        }
    }

    private static VectorMatrix read(Path file, String what, Progress progress) throws IOException {
        progress.begin("reading " + file);
        VectorMatrix matrix = VectorMatrix.read(file);
        if (matrix.rows() == 0) {
            throw new DataException(file + ": holds no rows, and eval needs at least one " + what);
        }
        return matrix;
    }

    private void print(PrintWriter out, Report report) {
        Evaluation.Timing timing = report.timing();
        line(
                out,
                "items",
                "%,d x %d, read with the queries in %.2f s",
                report.items(),
                report.dimension(),
                report.readSeconds());
        line(out, "build", "%.3f s, %.1f bytes an item", report.buildSeconds(), report.bytesPerItem());
        line(
                out,
                "queries",
                "%,d x %d passes, top %d, threads %d, batch %d, after a warm-up of %.1f s (%,d queries)",
                report.queries(),
                repeat,
                top,
                threads,
                batch,
                timing.warmUpSeconds(),
                timing.warmUpQueries());
        line(
                out,
                "latency",
                "p50 %.1f us, p99 %.1f us, most %.1f us%s",
                timing.micros(50),
                timing.micros(99),
                timing.micros(100),
                batch == 1 ? "" : " (of a batch of " + batch + ")");
        line(out, "throughput", "%,.0f queries per second", timing.queriesPerSecond());
        line(
                out,
                "work",
                "%,.1f items looked at, %,.1f scored in float, per query",
                report.perQuery(timing.scannedItems()),
                report.perQuery(timing.scoredItems()));
        if (report.check() == null) {
            line(out, "recall", "not checked (--no-verify)");
        } else {
            line(
                    out,
                    "recall",
                    "%s against a full scan of every query in %.1f s; %,d queries differ",
                    report.check().recall(),
                    report.check().seconds(),
                    report.check().wrongQueries());
        }
        out.flush();
    }

    private static void line(PrintWriter out, String name, String format, Object... values) {
        out.printf(Locale.ROOT, "%-11s" + format + "%n", prepend(name, values));
    }

    private static Object[] prepend(String name, Object[] values) {
        Object[] all = new Object[values.length + 1];
        all[0] = name;
        System.arraycopy(values, 0, all, 1, values.length);
        return all;
    }

    private void write(JsonGenerator object, Report report) throws IOException {
        Evaluation.Timing timing = report.timing();
        object.writeNumberField("items", report.items());
        object.writeNumberField("dimension", report.dimension());
        object.writeNumberField("queries", report.queries());
        object.writeNumberField("top", top);
        object.writeNumberField("threads", threads);
        object.writeNumberField("batch", batch);
        object.writeNumberField("repeat", repeat);
        object.writeNumberField("warmupSeconds", timing.warmUpSeconds());
        object.writeNumberField("readSeconds", report.readSeconds());
        object.writeNumberField("buildSeconds", report.buildSeconds());
        object.writeNumberField("p50Micros", timing.micros(50));
        object.writeNumberField("p90Micros", timing.micros(90));
        object.writeNumberField("p99Micros", timing.micros(99));
        object.writeNumberField("maxMicros", timing.micros(100));
        object.writeNumberField("queriesPerSecond", timing.queriesPerSecond());
        object.writeNumberField("scannedItemsPerQuery", report.perQuery(timing.scannedItems()));
        object.writeNumberField("scoredInFloatPerQuery", report.perQuery(timing.scoredItems()));
        object.writeNumberField("bytesPerItem", report.bytesPerItem());
        if (report.check() == null) {
            object.writeNullField("recall");
        } else {
            object.writeNumberField("recall", report.check().recall());
            object.writeNumberField("wrongQueries", report.check().wrongQueries());
            object.writeNumberField("verifySeconds", report.check().seconds());
        }
        object.writeStringField("kernels", Kernels.best().name());
        object.writeStringField("java", System.getProperty("java.version"));
    }

    private int verdict(Report report) {
        PrintWriter err = spec.commandLine().getErr();
        if (report.timing().unstable() > 0) {
            throw CommandException.failed(
                    report.timing().unstable()
                            + " answers changed from pass to pass: this is a defect, please report it",
                    null);
        }
        if (report.check() != null && report.check().wrongQueries() > 0) {
            err.print(report.check().examples());
            throw CommandException.failed(
                    report.check().wrongQueries()
                            + " queries differ from the full scan: this is a defect, please report it",
                    null);
        }
        return 0;
    }
}
