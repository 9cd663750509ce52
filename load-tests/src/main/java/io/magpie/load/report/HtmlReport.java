package io.magpie.load.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/** One or several runs as a page that opens offline: figures, charts, and where they were taken. */
public final class HtmlReport {
    private static final double MIB = 1 << 20;

    private final List<RunDocument> runs;
    private final StringBuilder out = new StringBuilder();

    private HtmlReport(List<RunDocument> runs) {
        this.runs = runs;
    }

    /** Returns the page. */
    public static String of(List<RunDocument> runs) {
        HtmlReport report = new HtmlReport(runs);
        report.summary();
        report.failures();
        report.latencies();
        report.rates();
        report.machine();
        report.kinds();
        report.stages();
        report.environment();
        String title = runs.size() == 1
                ? "Magpie load test: " + runs.get(0).text("scenario")
                : "Magpie load tests: " + runs.size() + " runs compared";
        return Html.page(title, report.out.toString());
    }

    private void summary() {
        List<String> head = List.of(
                "run",
                "scenario",
                "",
                "intended /s",
                "answered /s",
                "p50 us",
                "p90 us",
                "p99 us",
                "p99.9 us",
                "max us",
                "answers",
                "checked",
                "wrong",
                "errors",
                "lost",
                "late");
        List<List<String>> rows = new ArrayList<>();
        for (RunDocument run : runs) {
            rows.add(List.of(
                    run.label(),
                    run.text("scenario"),
                    run.text("passed").equals("true") ? "passed" : "FAILED",
                    run.text("mode").equals("closed") ? "the most" : whole(run.number("targetRate")),
                    whole(run.number("achievedRate")),
                    whole(run.number("p50Micros")),
                    whole(run.number("p90Micros")),
                    whole(run.number("p99Micros")),
                    whole(run.number("p999Micros")),
                    whole(run.number("maxMicros")),
                    whole(run.number("completed")),
                    whole(run.number("checkedAnswers")),
                    whole(run.number("wrongAnswers")),
                    whole(run.number("errors")),
                    whole(run.number("lost")),
                    whole(run.number("late"))));
        }
        out.append(Html.table(true, head, rows));
        out.append(Html.paragraph(
                runs.stream().anyMatch(run -> run.text("mode").equals("closed"))
                        ? "Open loops count latency from when a request was meant to be sent, so that a stall shows. A closed"
                                + " loop counts from the sending, which hides stalls: it finds the peak, no more."
                        : "Latency counts from when each request was meant to be sent, so that a stall shows."));
    }

    private void failures() {
        for (RunDocument run : runs) {
            List<Object> said = new ArrayList<>(run.list("failures"));
            if (!said.isEmpty()) {
                out.append("<p class=\"bad\">")
                        .append(Html.escape(run.label() + " does not count:"))
                        .append("</p>");
            }
            said.addAll(run.list("notes"));
            for (Map.Entry<?, ?> error : run.object("errorsByCode").entrySet()) {
                said.add(error.getKey() + ": " + whole((Double) error.getValue()) + " answers");
            }
            if (!said.isEmpty()) {
                out.append("<ul>");
                said.forEach(each -> out.append("<li>")
                        .append(Html.escape(runs.size() > 1 ? run.label() + ": " + each : each.toString()))
                        .append("</li>"));
                out.append("</ul>\n");
            }
        }
    }

    private void latencies() {
        out.append(Html.heading("Latency"));
        SvgChart percentiles = new SvgChart("Latency by percentile", "percentile", "microseconds")
                .logX()
                .logY();
        for (String tick : List.of("50", "90", "99", "99.9", "99.99", "99.999")) {
            percentiles.xTick(100 / (100 - Double.parseDouble(tick)), tick + " %");
        }
        for (RunDocument run : runs) {
            List<?> points = run.list("percentiles");
            double[] x = column(points, "percentile");
            for (int i = 0; i < x.length; i++) {
                // The longest has no place on such an axis: it stands a little behind the last that has.
                x[i] = x[i] < 100 ? 100 / (100 - x[i]) : i == 0 ? 1 : 2 * x[i - 1];
            }
            percentiles.line(run.label(), x, column(points, "micros"));
        }
        List<String> charts = new ArrayList<>(List.of(percentiles.svg()));
        if (runs.size() == 1) {
            charts.add(overTime("Latency over time", "microseconds", List.of("p50Micros", "p99Micros", "maxMicros"))
                    .logY()
                    .svg());
        } else {
            charts.add(overTime("p50 over time", "microseconds", List.of("p50Micros"))
                    .logY()
                    .svg());
            charts.add(overTime("p99 over time", "microseconds", List.of("p99Micros"))
                    .logY()
                    .svg());
        }
        out.append(Html.charts(charts));
    }

    private void rates() {
        out.append(Html.heading("Throughput and errors"));
        List<String> charts = new ArrayList<>();
        charts.add(overTime("Throughput over time", "answers a second", List.of("rate"))
                .svg());
        SvgChart against = new SvgChart("Latency against throughput", "answers a second", "microseconds").logY();
        boolean any = false;
        for (RunDocument run : runs) {
            List<?> steps = run.list("steps");
            if (!steps.isEmpty()) {
                any = true;
                double[] x = column(steps, "achievedRate");
                against.points(name(run, "p50"), x, column(steps, "p50Micros"));
                against.points(name(run, "p99"), x, column(steps, "p99Micros"));
            }
        }
        if (!any) {
            double[] x =
                    runs.stream().mapToDouble(run -> run.number("achievedRate")).toArray();
            against.points(
                    "p50",
                    x,
                    runs.stream().mapToDouble(run -> run.number("p50Micros")).toArray());
            against.points(
                    "p99",
                    x,
                    runs.stream().mapToDouble(run -> run.number("p99Micros")).toArray());
        }
        charts.add(against.svg());
        charts.add(overTime("Errors over time", "errors", List.of("errors")).svg());
        out.append(Html.charts(charts));
        steps();
    }

    private void steps() {
        List<List<String>> rows = new ArrayList<>();
        for (RunDocument run : runs) {
            for (Object step : run.list("steps")) {
                rows.add(List.of(
                        run.label(),
                        JsonTree.text(step, "name"),
                        whole(RunDocument.number(step, "targetRate")),
                        whole(RunDocument.number(step, "achievedRate")),
                        whole(RunDocument.number(step, "p50Micros")),
                        whole(RunDocument.number(step, "p99Micros")),
                        tenth(100 * RunDocument.number(step, "refusedShare")),
                        whole(RunDocument.number(step, "refusedP99Micros")),
                        Boolean.TRUE.equals(JsonTree.get(step, "held")) ? "yes" : "no"));
            }
        }
        if (!rows.isEmpty()) {
            List<String> head = List.of(
                    "run",
                    "",
                    "intended /s",
                    "answered /s",
                    "p50 us",
                    "p99 us",
                    "refused %",
                    "p99 of refusals us",
                    "held");
            out.append(Html.table(true, head, rows));
        }
    }

    private void machine() {
        out.append(Html.heading("Processor, memory, garbage"));
        List<String> charts = new ArrayList<>();
        charts.add(overTime("Processors busy", "processors", List.of("clientCpus", "serverCpus"))
                .svg());
        charts.add(overTime("Server: allocated by event loops", "bytes a request", List.of("allocatedPerRequest"))
                .svg());
        charts.add(overTime("Server: heap in use", "MiB", List.of("heapMiB")).svg());
        charts.add(overTime("Server: garbage collection", "ms in each piece", List.of("gcMillis"))
                .svg());
        charts.add(overTime("Server: resident memory", "MiB", List.of("residentMiB"))
                .svg());
        out.append(Html.charts(charts));
        List<List<String>> rows = new ArrayList<>();
        for (RunDocument run : runs) {
            Map<?, ?> server = run.object("server");
            rows.add(List.of(
                    run.label(),
                    tenth(run.number("generatorCpuSeconds")),
                    tenth(RunDocument.number(server, "cpuSeconds")),
                    whole(RunDocument.number(server, "gcCollections")),
                    whole(RunDocument.number(server, "gcMillis")),
                    tenth(RunDocument.number(server, "allocatedBytes") / MIB),
                    tenth(RunDocument.number(server, "meanBatch"))));
        }
        out.append(Html.table(
                true,
                List.of(
                        "run",
                        "generator CPU s",
                        "server CPU s",
                        "collections",
                        "collecting ms",
                        "allocated by event loops MiB",
                        "requests a batch"),
                rows));
    }

    private void kinds() {
        List<List<String>> rows = new ArrayList<>();
        for (RunDocument run : runs) {
            for (Map.Entry<?, ?> kind : run.object("kinds").entrySet()) {
                rows.add(List.of(
                        run.label(),
                        kind.getKey().toString(),
                        whole(RunDocument.number(kind.getValue(), "count")),
                        whole(RunDocument.number(kind.getValue(), "p50Micros")),
                        whole(RunDocument.number(kind.getValue(), "p99Micros")),
                        whole(RunDocument.number(kind.getValue(), "maxMicros"))));
            }
        }
        if (!rows.isEmpty()) {
            out.append(Html.heading("By kind of request"));
            out.append(Html.table(true, List.of("run", "kind", "answers", "p50 us", "p99 us", "max us"), rows));
        }
    }

    private void stages() {
        List<List<String>> rows = new ArrayList<>();
        for (RunDocument run : runs) {
            for (Map.Entry<?, ?> verb :
                    RunDocument.object(run.object("server"), "stages").entrySet()) {
                if (verb.getValue() instanceof Map<?, ?> stages) {
                    List<String> row =
                            new ArrayList<>(List.of(run.label(), verb.getKey().toString()));
                    for (String stage : List.of("queue", "decode", "apply", "lookup", "scan", "encode", "flush")) {
                        Object figures = stages.get(stage);
                        row.add(
                                figures == null
                                        ? ""
                                        : String.format(
                                                Locale.ROOT, "%.2f", RunDocument.number(figures, "meanMicros")));
                    }
                    rows.add(row);
                }
            }
        }
        if (!rows.isEmpty()) {
            out.append(Html.heading("Where the server's time goes"));
            out.append(Html.table(
                    true,
                    List.of("run", "verb", "queue us", "decode", "apply", "lookup and fuse", "scan", "encode", "flush"),
                    rows));
            out.append(
                    Html.paragraph("Mean microseconds a request, of one request in thirteen. What a batch does together"
                            + " counts for each of its requests by an equal share; queue is waiting for others."));
        }
    }

    private void environment() {
        out.append(Html.heading("Where it was taken"));
        Set<Object> keys = new LinkedHashSet<>();
        runs.forEach(run -> keys.addAll(run.object("environment").keySet()));
        Map<String, ToDoubleFunction<RunDocument>> settings = new LinkedHashMap<>();
        settings.put("connections", run -> run.number("connections"));
        settings.put("most in flight on each", run -> run.number("pipeline"));
        settings.put("sending threads", run -> run.number("eventLoops"));
        settings.put("seconds measured", run -> run.number("durationSeconds"));
        settings.put("seconds of warming up", run -> run.number("warmUpSeconds"));
        List<String> head = new ArrayList<>(List.of(""));
        runs.forEach(run -> head.add(run.label()));
        List<List<String>> rows = new ArrayList<>();
        settings.forEach((name, figure) -> {
            List<String> row = new ArrayList<>(List.of(name));
            runs.forEach(run -> row.add(whole(figure.applyAsDouble(run))));
            rows.add(row);
        });
        for (Object key : keys) {
            List<String> row = new ArrayList<>(List.of(key.toString()));
            for (RunDocument run : runs) {
                Object value = run.object("environment").get(key);
                row.add(value == null ? "" : value.toString());
            }
            rows.add(row);
        }
        out.append(Html.table(false, head, rows));
    }

    private SvgChart overTime(String title, String unit, List<String> keys) {
        SvgChart chart = new SvgChart(title, "seconds", unit);
        for (RunDocument run : runs) {
            List<?> intervals = run.list("intervals");
            for (String key : keys) {
                String name = key.replace("Micros", "").replace("Cpus", "");
                chart.line(
                        keys.size() == 1 ? run.label() : name(run, name),
                        column(intervals, "second"),
                        column(intervals, key));
            }
        }
        return chart;
    }

    private String name(RunDocument run, String what) {
        return runs.size() == 1 ? what : what + " " + run.label();
    }

    /** What a piece lacks is a gap. */
    private static double[] column(List<?> rows, String key) {
        return rows.stream()
                .mapToDouble(row -> JsonTree.number(row, key, Double.NaN))
                .toArray();
    }

    private static String whole(double value) {
        return String.format(Locale.ROOT, "%,.0f", value);
    }

    private static String tenth(double value) {
        return String.format(Locale.ROOT, "%,.1f", value);
    }
}
