package io.magpie.load.report;

import com.fasterxml.jackson.core.JsonGenerator;
import io.magpie.load.generator.Interval;
import io.magpie.load.generator.Measurement;
import io.magpie.load.generator.ServerFigures;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the server said of itself, as JSON: over the whole run, and piece by piece. */
final class ServerJson {
    private static final double MIB = 1 << 20;
    private static final String STAGE = "stage.";

    private ServerJson() {}

    /** Writes one field, an empty object if the server was not asked. */
    static void write(JsonGenerator json, Measurement run) throws IOException {
        json.writeObjectFieldStart("server");
        ServerFigures from = run.serverFrom();
        ServerFigures to = null;
        for (Interval each : run.intervals()) {
            to = each.server() == null ? to : each.server();
        }
        if (from != null && to != null) {
            JsonReport.number(json, "cpuSeconds", to.since(from, "process.cpuMicros") / 1e6);
            JsonReport.number(json, "gcCollections", to.since(from, "gc.collections"));
            JsonReport.number(json, "gcMillis", to.since(from, "gc.millis"));
            JsonReport.number(json, "allocatedBytes", to.since(from, "loops.allocatedBytes"));
            JsonReport.number(json, "javaFeature", to.get("java.feature"));
            JsonReport.number(
                    json, "meanBatch", to.since(from, "batches.requests") / Math.max(1, to.since(from, "batches")));
            stages(json, from, to);
        }
        json.writeEndObject();
    }

    /** Means are of the run; percentiles, which cannot be subtracted, of all since the server's start. */
    private static void stages(JsonGenerator json, ServerFigures from, ServerFigures to) throws IOException {
        Map<String, List<String>> byVerb = new LinkedHashMap<>();
        to.counters().keySet().stream()
                .filter(name -> name.startsWith(STAGE) && name.endsWith(".count"))
                .sorted()
                .forEach(name -> {
                    String stage = name.substring(0, name.length() - ".count".length());
                    String verb = stage.substring(STAGE.length(), stage.lastIndexOf('.'));
                    byVerb.computeIfAbsent(verb, any -> new ArrayList<>()).add(stage);
                });
        json.writeObjectFieldStart("stages");
        for (Map.Entry<String, List<String>> verb : byVerb.entrySet()) {
            if (verb.getValue().stream().noneMatch(stage -> to.since(from, stage + ".count") > 0)) {
                continue;
            }
            json.writeObjectFieldStart(verb.getKey());
            for (String stage : verb.getValue()) {
                double count = to.since(from, stage + ".count");
                if (count > 0) {
                    double sum = to.get(stage + ".meanMicros") * to.get(stage + ".count")
                            - from.get(stage + ".meanMicros") * from.get(stage + ".count");
                    json.writeObjectFieldStart(stage.substring(stage.lastIndexOf('.') + 1));
                    JsonReport.number(json, "count", count);
                    JsonReport.number(json, "meanMicros", sum / count);
                    JsonReport.number(json, "p50Micros", to.get(stage + ".p50Micros"));
                    JsonReport.number(json, "p99Micros", to.get(stage + ".p99Micros"));
                    json.writeEndObject();
                }
            }
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    /** Writes the fields of one piece of the run. */
    static void writeInterval(JsonGenerator json, Interval piece, ServerFigures before) throws IOException {
        ServerFigures now = piece.server();
        double answers = Math.max(1, piece.latencies().getTotalCount());
        JsonReport.number(json, "serverCpus", now.since(before, "process.cpuMicros") / 1e6 / piece.seconds());
        JsonReport.number(json, "allocatedPerRequest", now.since(before, "loops.allocatedBytes") / answers);
        JsonReport.number(json, "gcMillis", now.since(before, "gc.millis"));
        JsonReport.number(json, "heapMiB", now.get("heap.usedBytes") / MIB);
        JsonReport.number(json, "residentMiB", now.get("process.residentBytes") / MIB);
    }
}
