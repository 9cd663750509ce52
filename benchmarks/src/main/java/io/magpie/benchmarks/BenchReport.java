package io.magpie.benchmarks;

import io.magpie.load.report.Html;
import io.magpie.load.report.JsonTree;
import io.magpie.load.report.RunEnvironment;
import io.magpie.load.report.SvgChart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What JMH wrote as JSON, for people: a Markdown table, and a page with charts; beside an earlier run where there is one. */
final class BenchReport {
    private static final String ALLOCATED = "gc.alloc.rate.norm";

    /**
     * One benchmark with its parameters.
     *
     * @param name      class and method
     * @param params    as {@code key=value}, separated by spaces
     * @param mode      JMH's short name
     * @param unit      of the score
     * @param score     mean
     * @param error     half of the 99.9 % confidence interval; NaN where one fork and one iteration give none
     * @param p99       99th percentile of what was measured
     * @param allocated bytes an operation; NaN if not measured
     */
    record Row(
            String name,
            String params,
            String mode,
            String unit,
            double score,
            double error,
            double p99,
            double allocated) {
        String key() {
            return name + ' ' + params + ' ' + mode;
        }
    }

    private final List<Row> rows;
    private final Map<String, Row> before = new LinkedHashMap<>();

    /**
     * @param json     JMH's result
     * @param baseline an earlier one, or null
     */
    BenchReport(String json, String baseline) throws IOException {
        rows = rows(json);
        if (baseline != null) {
            rows(baseline).forEach(row -> before.put(row.key(), row));
        }
    }

    private static List<Row> rows(String json) throws IOException {
        List<Row> rows = new ArrayList<>();
        if (!(JsonTree.read(json) instanceof List<?> runs)) {
            throw new IOException("not a result of JMH: a list is expected");
        }
        for (Object run : runs) {
            String benchmark = JsonTree.text(run, "benchmark");
            StringBuilder params = new StringBuilder();
            if (JsonTree.get(run, "params") instanceof Map<?, ?> map) {
                map.forEach((key, value) -> params.append(params.isEmpty() ? "" : " ")
                        .append(key)
                        .append('=')
                        .append(value));
            }
            Object primary = JsonTree.get(run, "primaryMetric");
            rows.add(new Row(
                    benchmark.substring(benchmark.lastIndexOf('.', benchmark.lastIndexOf('.') - 1) + 1),
                    params.toString(),
                    JsonTree.text(run, "mode"),
                    JsonTree.text(primary, "scoreUnit"),
                    number(primary, "score"),
                    number(primary, "scoreError"),
                    number(JsonTree.get(primary, "scorePercentiles"), "99.0"),
                    number(JsonTree.get(JsonTree.get(run, "secondaryMetrics"), ALLOCATED), "score")));
        }
        return rows;
    }

    private static double number(Object from, String key) {
        return JsonTree.number(from, key, Double.NaN);
    }

    /**
     * Says how a score differs from the one before: in percent, with the error of both, and whether that is more than the
     * error explains.
     */
    static String change(Row now, Row then) {
        if (then == null) {
            return "new";
        }
        double change = now.score / then.score - 1;
        double error = Math.hypot(now.error / then.score, now.score * then.error / (then.score * then.score));
        if (Double.isNaN(error)) {
            return String.format(Locale.ROOT, "%+.1f %%, error unknown", 100 * change);
        }
        String sure = Math.abs(change) > error ? "" : ", within error";
        return String.format(Locale.ROOT, "%+.1f %% ± %.1f%s", 100 * change, 100 * error, sure);
    }

    private List<String> head() {
        List<String> head = new ArrayList<>(
                List.of("benchmark", "parameters", "mode", "score", "error", "p99", "unit", "bytes allocated"));
        if (!before.isEmpty()) {
            head.add("before");
            head.add("change");
        }
        return head;
    }

    private List<String> cells(Row row) {
        List<String> cells = new ArrayList<>(List.of(
                row.name,
                row.params,
                row.mode,
                figure(row.score),
                figure(row.error),
                figure(row.p99),
                row.unit,
                figure(row.allocated)));
        if (!before.isEmpty()) {
            Row then = before.get(row.key());
            cells.add(then == null ? "" : figure(then.score));
            cells.add(change(row, then));
        }
        return cells;
    }

    /** Returns the Markdown page. */
    String markdown(Map<String, String> place) {
        StringBuilder out = new StringBuilder("# Benchmark report\n\n");
        out.append(RunEnvironment.markdown(place));
        out.append("\nCompare figures of one run with each other, not with those of another machine.\n\n");
        List<String> head = head();
        out.append("| ").append(String.join(" | ", head)).append(" |\n");
        out.append("|---".repeat(head.size())).append("|\n");
        for (Row row : rows) {
            out.append("| ")
                    .append(String.join(" | ", cells(row)).replace("\n", " "))
                    .append(" |\n");
        }
        return out.toString();
    }

    /** Returns the page with charts: one for each benchmark class, unit and mode. */
    String html(Map<String, String> place) {
        StringBuilder body = new StringBuilder();
        List<List<String>> where = new ArrayList<>();
        place.forEach((what, value) -> where.add(List.of(what, value)));
        body.append(Html.table(false, List.of("", ""), where));
        body.append(Html.paragraph("Compare figures of one run with each other, not with those of another machine."
                + (before.isEmpty()
                        ? ""
                        : " The change is of the score; its error combines the 99.9 % intervals of both runs.")));
        Map<String, List<Row>> groups = new LinkedHashMap<>();
        for (Row row : rows) {
            String subject =
                    row.name.substring(0, row.name.indexOf('.') < 0 ? row.name.length() : row.name.indexOf('.'));
            groups.computeIfAbsent(subject + ", " + row.mode + ", " + row.unit, any -> new ArrayList<>())
                    .add(row);
        }
        groups.forEach((title, group) -> {
            body.append(Html.heading(title));
            body.append(Html.charts(List.of(chart(title, group))));
            body.append(Html.table(true, head(), group.stream().map(this::cells).toList()));
        });
        return Html.page("Magpie benchmarks", body.toString());
    }

    private String chart(String title, List<Row> group) {
        SvgChart chart = new SvgChart(title, "row of the table below", group.get(0).unit);
        double[] x = new double[group.size()];
        for (int i = 0; i < x.length; i++) {
            x[i] = i + 1;
            chart.xTick(i + 1, Integer.toString(i + 1));
        }
        double[] scores = group.stream().mapToDouble(Row::score).toArray();
        double least = Double.POSITIVE_INFINITY;
        double most = 0;
        for (double score : scores) {
            least = Math.min(least, score);
            most = Math.max(most, score);
        }
        if (most > 30 * least) {
            chart.logY();
        }
        chart.points("score", x, scores);
        chart.points(
                "score + error",
                x,
                group.stream().mapToDouble(row -> row.score + row.error).toArray());
        if (!before.isEmpty()) {
            chart.points(
                    "before",
                    x,
                    group.stream()
                            .mapToDouble(
                                    row -> before.containsKey(row.key()) ? before.get(row.key()).score : Double.NaN)
                            .toArray());
        }
        return chart.svg();
    }

    private static String figure(double value) {
        if (Double.isNaN(value)) {
            return "";
        }
        return String.format(Locale.ROOT, Math.abs(value) >= 100 ? "%.0f" : "%.3f", value);
    }

    /** Makes both files of a result. */
    static void write(Path json, Path baseline, Path directory) throws IOException {
        BenchReport report =
                new BenchReport(Files.readString(json), baseline == null ? null : Files.readString(baseline));
        Map<String, String> place = RunEnvironment.find();
        Files.writeString(directory.resolve("report.md"), report.markdown(place));
        Files.writeString(directory.resolve("report.html"), report.html(place));
    }
}
