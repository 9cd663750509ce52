package io.magpie.load.report;

import io.magpie.load.generator.Interval;
import io.magpie.load.generator.Measurement;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.HdrHistogram.HistogramLogWriter;

/** Writes a result as files named after its scenario: {@code .json}, {@code .html},
 * {@code .md}, {@code .hgrm} and {@code .hlog}. */
public final class ReportFiles {
    private static final double NANOS_PER_MICRO = 1_000.0;

    private ReportFiles() {}

    /**
     * Writes all files.
     *
     * @param directory made where missing; files of the same names are replaced
     */
    public static void write(LoadResult result, Path directory) throws IOException {
        Files.createDirectories(directory);
        String name = result.scenario().toString();
        String json = JsonReport.of(result);
        Files.writeString(directory.resolve(name + ".json"), json);
        Files.writeString(
                directory.resolve(name + ".html"), HtmlReport.of(List.of(new RunDocument(name, JsonTree.read(json)))));
        Files.writeString(directory.resolve(name + ".md"), TextReport.markdown(result));
        writePercentiles(result.measurement(), directory.resolve(name + ".hgrm"));
        writeIntervals(result.measurement(), directory.resolve(name + ".hlog"));
    }

    /** Percentiles in microseconds, as HdrHistogram's plotter reads them. */
    private static void writePercentiles(Measurement run, Path file) throws IOException {
        try (PrintStream out = new PrintStream(file.toFile(), StandardCharsets.UTF_8)) {
            run.latencies().outputPercentileDistribution(out, NANOS_PER_MICRO);
        }
    }

    /** One line for each piece, values in nanoseconds, as HdrHistogram's log readers read them. */
    private static void writeIntervals(Measurement run, Path file) throws IOException {
        try (PrintStream out = new PrintStream(file.toFile(), StandardCharsets.UTF_8)) {
            HistogramLogWriter log = new HistogramLogWriter(out);
            long start = run.intervals().get(0).latencies().getStartTimeStamp();
            log.outputComment("values in nanoseconds");
            log.outputLogFormatVersion();
            log.outputStartTime(start);
            log.setBaseTime(start);
            log.outputLegend();
            for (Interval interval : run.intervals()) {
                log.outputIntervalHistogram(interval.latencies());
            }
        }
    }
}
