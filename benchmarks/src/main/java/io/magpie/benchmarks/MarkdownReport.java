package io.magpie.benchmarks;

import java.util.List;
import java.util.Locale;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;

/** Results of JMH as a table that people read. */
final class MarkdownReport {
    private static final String ALLOCATED = "gc.alloc.rate.norm";

    private MarkdownReport() {}

    /**
     * Returns the report.
     *
     * @param results of one run, on one machine
     */
    static String of(List<RunResult> results) {
        StringBuilder out = new StringBuilder("# Benchmark report\n\n");
        Runtime machine = Runtime.getRuntime();
        out.append("Java ")
                .append(System.getProperty("java.version"))
                .append(", ")
                .append(System.getProperty("os.name"))
                .append(' ')
                .append(System.getProperty("os.arch"))
                .append(", ")
                .append(machine.availableProcessors())
                .append(" processors. Compare figures of one run with each other, not with those of another.\n\n");
        out.append("| benchmark | parameters | mode | score | error | p99 | unit | bytes allocated |\n");
        out.append("|---|---|---|---|---|---|---|---|\n");
        for (RunResult result : results) {
            row(out, result);
        }
        return out.toString();
    }

    private static void row(StringBuilder out, RunResult run) {
        BenchmarkParams params = run.getParams();
        Result<?> primary = run.getPrimaryResult();
        String name = params.getBenchmark();
        out.append("| ")
                .append(name.substring(name.lastIndexOf('.', name.lastIndexOf('.') - 1) + 1))
                .append(" | ");
        String separator = "";
        for (String key : params.getParamsKeys()) {
            out.append(separator).append(key).append('=').append(params.getParam(key));
            separator = " ";
        }
        double p99 = primary.getStatistics().getPercentile(99);
        Result<?> allocated = run.getSecondaryResults().get(ALLOCATED);
        out.append(" | ")
                .append(params.getMode().shortLabel())
                .append(" | ")
                .append(figure(primary.getScore()))
                .append(" | ")
                .append(figure(primary.getScoreError()))
                .append(" | ")
                .append(figure(p99))
                .append(" | ")
                .append(primary.getScoreUnit())
                .append(" | ")
                .append(allocated == null ? "" : figure(allocated.getScore()))
                .append(" |\n");
    }

    private static String figure(double value) {
        if (Double.isNaN(value)) {
            return "";
        }
        return String.format(Locale.ROOT, Math.abs(value) >= 100 ? "%.0f" : "%.3f", value);
    }
}
