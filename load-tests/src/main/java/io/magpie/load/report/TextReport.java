package io.magpie.load.report;

import io.magpie.load.generator.LoadConfiguration;
import io.magpie.load.generator.LoadRecorder;
import io.magpie.load.generator.Measurement;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** A result for people: a few lines for a terminal, or a page of Markdown. */
public final class TextReport {
    private static final double[] PERCENTILES = {50, 75, 90, 99, 99.9, 99.99, 100};

    private TextReport() {}

    /** Returns some lines for a terminal. */
    public static String lines(LoadResult result) {
        Measurement run = result.measurement();
        StringBuilder text = new StringBuilder();
        text.append(format(
                "%-14s %s, %s, %d connections%n",
                "scenario",
                result.scenario(),
                arrivals(run.configuration().mode()),
                run.configuration().connections()));
        text.append(format("%-14s %s%n", "rate", rate(run)));
        text.append(format(
                "%-14s sent %,d, completed %,d, errors %,d%s, late %,d, unsent %,d, lost %,d%n",
                "requests",
                run.sent(),
                run.completed(),
                run.errorCount(),
                run.errors().isEmpty() ? "" : " " + run.errors(),
                run.late(),
                run.unsent(),
                run.lost()));
        text.append(format("%-14s %s%n", "latency", latency(run)));
        text.append(format("%-14s %s%n", "", origin(run)));
        text.append(format(
                "%-14s %,d compared with what is right, %,d wrong%n",
                "answers", result.checkedAnswers(), result.wrongAnswers()));
        run.kinds().forEach((kind, latencies) -> kind(text, kind, latencies));
        result.steps().forEach(step -> step(text, step));
        result.notes().forEach(note -> text.append(format("%-14s %s%n", "", note)));
        if (result.isPassed()) {
            text.append(format("%-14s%n", "PASSED"));
        } else {
            result.failures().forEach(failure -> text.append(format("%-14s %s%n", "FAILED", failure)));
        }
        return text.toString();
    }

    private static void kind(StringBuilder text, String kind, Histogram latencies) {
        text.append(format(
                "%-14s %-22s %,d, p50 %s, p99 %s%n",
                "",
                kind,
                latencies.getTotalCount(),
                micros(latencies.getValueAtPercentile(50) / 1e3),
                micros(latencies.getValueAtPercentile(99) / 1e3)));
    }

    private static String arrivals(LoadConfiguration.Mode mode) {
        return switch (mode) {
            case FIXED -> "open loop at equal gaps";
            case POISSON -> "open loop at random times";
            case CLOSED -> "closed loop";
        };
    }

    /** Returns the rate in a few words. */
    public static String rate(Measurement run) {
        return run.configuration().mode() == LoadConfiguration.Mode.CLOSED
                ? format("%,.0f a second, the most it gave", run.achievedRate())
                : format(
                        "%,.0f a second of %,.0f intended",
                        run.achievedRate(), run.configuration().ratePerSecond());
    }

    /** Returns the latency in one line. */
    public static String latency(Measurement run) {
        return format(
                "p50 %s, p90 %s, p99 %s, p99.9 %s, max %s",
                micros(run.micros(50)),
                micros(run.micros(90)),
                micros(run.micros(99)),
                micros(run.micros(99.9)),
                micros(run.micros(100)));
    }

    /** Returns from where latency was counted. */
    private static String origin(Measurement run) {
        return run.configuration().mode() == LoadConfiguration.Mode.CLOSED
                ? "counted from the sending: a closed loop waits for the server, so this hides stalls"
                : "counted from when each request was meant to be sent";
    }

    /** Returns the Markdown page. */
    public static String markdown(LoadResult result) {
        Measurement run = result.measurement();
        StringBuilder text = new StringBuilder();
        text.append(format("# Load test: %s%n%n", result.scenario()));
        text.append(format("%s: %s.%n%n", result.isPassed() ? "Passed" : "**FAILED**", rate(run)));
        result.failures().forEach(failure -> text.append(format("- %s%n", failure)));
        text.append(format("%n| latency | microseconds |%n| --- | ---: |%n"));
        for (double percentile : PERCENTILES) {
            text.append(format(
                    "| %s | %.1f |%n", percentile == 100 ? "max" : "p" + trim(percentile), run.micros(percentile)));
        }
        text.append(format("%nLatency is %s.%n", origin(run)));
        text.append(format("%n| what | figure |%n| --- | ---: |%n"));
        row(text, "requests due", run.scheduled());
        row(text, "sent", run.sent());
        row(
                text,
                "sent more than " + TimeUnit.NANOSECONDS.toMillis(LoadRecorder.LATE_NANOS) + " ms after their time",
                run.late());
        row(text, "completed", run.completed());
        row(text, "errors", run.errorCount());
        run.errors().forEach((status, count) -> row(text, "errors " + status, count));
        row(text, "never answered", run.lost());
        row(text, "answers compared with what is right", result.checkedAnswers());
        row(text, "wrong answers", result.wrongAnswers());
        row(text, "connections", run.configuration().connections());
        row(text, "most requests in flight on each", run.configuration().pipeline());
        run.kinds().forEach((kind, latencies) -> {
            row(text, kind, latencies.getTotalCount());
            row(text, kind + ", p99 in microseconds", latencies.getValueAtPercentile(99) / 1_000);
        });
        steps(text, result);
        text.append(format("%n"));
        result.notes().forEach(note -> text.append(format("- %s%n", note)));
        return text.append(RunEnvironment.markdown(result.environment())).toString();
    }

    private static void steps(StringBuilder text, LoadResult result) {
        if (result.steps().isEmpty()) {
            return;
        }
        text.append(
                format(
                        "%n| | intended a second | answered a second | p50 us | p99 us | refused %% | their p99 us | held |%n"));
        text.append(format("| --- | ---: | ---: | ---: | ---: | ---: | ---: | --- |%n"));
        for (Step step : result.steps()) {
            text.append(format(
                    "| %s | %,.0f | %,.0f | %.0f | %.0f | %.1f | %.0f | %s |%n",
                    step.name(),
                    step.targetRate(),
                    step.achievedRate(),
                    step.p50Micros(),
                    step.p99Micros(),
                    100 * step.refusedShare(),
                    step.refusedP99Micros(),
                    step.held() ? "yes" : "no"));
        }
    }

    private static void step(StringBuilder text, Step step) {
        text.append(format(
                "%-14s %,.0f intended, %,.0f answered a second, p50 %s, p99 %s, refused %.1f %%%s%s%n",
                step.name().isEmpty() ? "step" : step.name(),
                step.targetRate(),
                step.achievedRate(),
                micros(step.p50Micros()),
                micros(step.p99Micros()),
                100 * step.refusedShare(),
                step.refusedShare() > 0 ? " (their p99 " + micros(step.refusedP99Micros()) + ")" : "",
                step.held() ? "" : ", NOT HELD"));
    }

    private static void row(StringBuilder text, String what, long figure) {
        text.append(format("| %s | %,d |%n", what, figure));
    }

    private static String trim(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }

    /** Returns a latency with the unit that suits it. */
    public static String micros(double micros) {
        if (micros < 1_000) {
            return format("%.0f us", micros);
        }
        return micros < 1_000_000 ? format("%.1f ms", micros / 1e3) : format("%.2f s", micros / 1e6);
    }

    private static String format(String format, Object... arguments) {
        return String.format(Locale.ROOT, format, arguments);
    }
}
