package io.magpie.load.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.magpie.load.generator.Interval;
import io.magpie.load.generator.Measurement;
import io.magpie.load.generator.ServerFigures;
import io.magpie.protocol.Status;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;

/** A result as one JSON object. Its keys are stable: scripts rely on them. */
public final class JsonReport {
    private static final int PERCENTILE_TICKS = 5;
    private static final double LEAST_PIECE_SECONDS = 0.25;

    private JsonReport() {}

    /** Returns the object, on several lines, with a line end. */
    public static String of(LoadResult result) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            json.useDefaultPrettyPrinter();
            json.writeStartObject();
            write(json, result);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.append('\n').toString();
    }

    private static void write(JsonGenerator json, LoadResult result) throws IOException {
        Measurement run = result.measurement();
        json.writeStringField("scenario", result.scenario().toString());
        number(json, "targetRate", result.targetRate());
        number(json, "achievedRate", run.achievedRate());
        json.writeNumberField("sent", run.sent());
        json.writeNumberField("completed", run.completed());
        json.writeNumberField("errors", run.errorCount());
        json.writeNumberField("wrongAnswers", result.wrongAnswers());
        number(json, "p50Micros", run.micros(50));
        number(json, "p90Micros", run.micros(90));
        number(json, "p99Micros", run.micros(99));
        number(json, "p999Micros", run.micros(99.9));
        number(json, "maxMicros", run.micros(100));

        json.writeBooleanField("passed", result.isPassed());
        json.writeArrayFieldStart("failures");
        for (String failure : result.failures()) {
            json.writeString(failure);
        }
        json.writeEndArray();
        json.writeStringField("mode", run.configuration().mode().name().toLowerCase(Locale.ROOT));
        json.writeNumberField("connections", run.configuration().connections());
        json.writeNumberField("pipeline", run.configuration().pipeline());
        json.writeNumberField("eventLoops", run.configuration().eventLoops());
        number(json, "warmUpSeconds", run.configuration().warmUp().toNanos() / 1e9);
        number(json, "durationSeconds", run.elapsed().toNanos() / 1e9);
        json.writeNumberField("scheduled", run.scheduled());
        json.writeNumberField("unsent", run.unsent());
        json.writeNumberField("crowdedOut", run.crowdedOut());
        json.writeNumberField("late", run.late());
        number(json, "lagP99Micros", run.lags().getValueAtPercentile(99) / 1e3);
        json.writeNumberField("lost", run.lost());
        json.writeNumberField("checkedAnswers", result.checkedAnswers());
        json.writeObjectFieldStart("errorsByCode");
        for (Map.Entry<Status, Long> error : run.errors().entrySet()) {
            json.writeNumberField(error.getKey().name(), error.getValue());
        }
        json.writeEndObject();
        number(json, "generatorCpuSeconds", run.ownCpu().toNanos() / 1e9);
        number(json, "refusedP50Micros", run.refusals().getValueAtPercentile(50) / 1e3);
        number(json, "refusedP99Micros", run.refusals().getValueAtPercentile(99) / 1e3);
        json.writeArrayFieldStart("notes");
        for (String note : result.notes()) {
            json.writeString(note);
        }
        json.writeEndArray();
        json.writeObjectFieldStart("environment");
        for (Map.Entry<String, String> each : result.environment().entrySet()) {
            json.writeStringField(each.getKey(), each.getValue());
        }
        json.writeEndObject();
        percentiles(json, run.latencies());
        kinds(json, run);
        steps(json, result);
        ServerJson.write(json, run);
        intervals(json, run);
    }

    private static void percentiles(JsonGenerator json, Histogram latencies) throws IOException {
        json.writeArrayFieldStart("percentiles");
        if (latencies.getTotalCount() > 0) {
            for (HistogramIterationValue each : latencies.percentiles(PERCENTILE_TICKS)) {
                json.writeStartObject();
                exact(json, "percentile", each.getPercentileLevelIteratedTo());
                number(json, "micros", each.getValueIteratedTo() / 1e3);
                json.writeEndObject();
            }
        }
        json.writeEndArray();
    }

    private static void kinds(JsonGenerator json, Measurement run) throws IOException {
        json.writeObjectFieldStart("kinds");
        for (Map.Entry<String, Histogram> kind : run.kinds().entrySet()) {
            Histogram latencies = kind.getValue();
            json.writeObjectFieldStart(kind.getKey());
            json.writeNumberField("count", latencies.getTotalCount());
            number(json, "p50Micros", latencies.getValueAtPercentile(50) / 1e3);
            number(json, "p99Micros", latencies.getValueAtPercentile(99) / 1e3);
            number(json, "p999Micros", latencies.getValueAtPercentile(99.9) / 1e3);
            number(json, "maxMicros", latencies.getMaxValue() / 1e3);
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    private static void steps(JsonGenerator json, LoadResult result) throws IOException {
        json.writeArrayFieldStart("steps");
        for (Step step : result.steps()) {
            json.writeStartObject();
            json.writeStringField("name", step.name());
            number(json, "targetRate", step.targetRate());
            number(json, "achievedRate", step.achievedRate());
            number(json, "p50Micros", step.p50Micros());
            number(json, "p99Micros", step.p99Micros());
            number(json, "p999Micros", step.p999Micros());
            number(json, "refusedShare", step.refusedShare());
            number(json, "refusedP99Micros", step.refusedP99Micros());
            json.writeBooleanField("held", step.held());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void intervals(JsonGenerator json, Measurement run) throws IOException {
        json.writeArrayFieldStart("intervals");
        ServerFigures before = run.serverFrom();
        double second = 0;
        for (Interval each : run.intervals()) {
            second += each.seconds();
            if (each.seconds() < LEAST_PIECE_SECONDS) {
                continue; // while the last answers came: rates over so short a time say nothing
            }
            json.writeStartObject();
            number(json, "second", second);
            number(json, "rate", each.rate());
            json.writeNumberField("errors", each.errors());
            number(json, "p50Micros", each.micros(50));
            number(json, "p99Micros", each.micros(99));
            number(json, "maxMicros", each.micros(100));
            number(json, "clientCpus", each.ownCpuNanos() / 1e9 / each.seconds());
            if (each.server() != null && before != null) {
                ServerJson.writeInterval(json, each, before);
            }
            before = each.server();
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    /** As many digits as it has: the last percentiles differ in the seventh. */
    private static void exact(JsonGenerator json, String name, double value) throws IOException {
        json.writeFieldName(name);
        json.writeNumber(BigDecimal.valueOf(value).toPlainString());
    }

    /** Three digits after the point, and never in the form 1E4, which some readers of JSON take for text. */
    static void number(JsonGenerator json, String name, double value) throws IOException {
        json.writeFieldName(name);
        json.writeNumber(BigDecimal.valueOf(value)
                .setScale(3, RoundingMode.HALF_UP)
                .stripTrailingZeros()
                .toPlainString());
    }
}
