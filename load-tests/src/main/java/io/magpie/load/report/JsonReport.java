package io.magpie.load.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.magpie.load.generator.Measurement;
import io.magpie.protocol.Status;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.Map;

/** A result as one JSON object. Its keys are stable: scripts rely on them. */
public final class JsonReport {
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
        json.writeNumberField("late", run.late());
        json.writeNumberField("lost", run.lost());
        json.writeNumberField("checkedAnswers", result.verdict().checked());
        json.writeObjectFieldStart("errorsByCode");
        for (Map.Entry<Status, Long> error : run.errors().entrySet()) {
            json.writeNumberField(error.getKey().name(), error.getValue());
        }
        json.writeEndObject();
        number(json, "generatorCpuSeconds", run.ownCpu().toNanos() / 1e9);
    }

    /** Three digits after the point, and never in the form 1E4, which some readers of JSON take for text. */
    private static void number(JsonGenerator json, String name, double value) throws IOException {
        json.writeFieldName(name);
        json.writeNumber(BigDecimal.valueOf(value)
                .setScale(3, RoundingMode.HALF_UP)
                .stripTrailingZeros()
                .toPlainString());
    }
}
