package io.magpie.server.cli;

import io.magpie.client.MagpieClient;
import io.magpie.client.ServerInfo;
import io.magpie.client.Statistics;
import java.io.IOException;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code magpie stats}: what the server holds and has done. */
@Command(
        name = "stats",
        mixinStandardHelpOptions = true,
        description = "Prints the server's counters: what it holds and what it has done since it started.")
final class StatsCommand extends ClientCommand {
    @Option(names = "--json", description = "print one JSON object")
    private boolean json;

    @Override
    int run(MagpieClient client) throws IOException {
        ServerInfo server = client.serverInfo();
        Statistics statistics = client.statistics();
        if (json) {
            JsonOutput.print(out(), object -> {
                object.writeStringField("serverVersion", server.serverVersion());
                object.writeNumberField("dimension", server.dimension());
                object.writeArrayFieldStart("sources");
                for (ServerInfo.Source source : server.sources()) {
                    object.writeString(source.name());
                }
                object.writeEndArray();
                object.writeArrayFieldStart("sourceSettings");
                for (ServerInfo.Source source : server.sources()) {
                    object.writeStartObject();
                    object.writeStringField("name", source.name());
                    object.writeNumberField("weight", source.weight());
                    object.writeNumberField("halfLifeMillis", source.halfLifeMillis());
                    object.writeStringField("kind", source.kind().name().toLowerCase(java.util.Locale.ROOT));
                    object.writeEndObject();
                }
                object.writeEndArray();
                JsonOutput.id(object, "catalogueVersion", statistics.catalogueVersion());
                object.writeNumberField("spaceId", Integer.toUnsignedLong(statistics.spaceId()));
                object.writeNumberField("timeMillis", statistics.timeMillis());
                object.writeObjectFieldStart("counters");
                for (Map.Entry<String, Number> counter : statistics.counters().entrySet()) {
                    object.writeFieldName(counter.getKey());
                    if (counter.getValue() instanceof Double) {
                        object.writeNumber(counter.getValue().doubleValue());
                    } else {
                        object.writeNumber(counter.getValue().longValue());
                    }
                }
                object.writeEndObject();
            });
            return 0;
        }
        out().println("server " + server.serverVersion() + ", dimension " + server.dimension() + ", sources "
                + String.join(
                        ", ",
                        server.sources().stream().map(ServerInfo.Source::name).toList()));
        out().println("catalogue version " + Long.toUnsignedString(statistics.catalogueVersion()) + ", space "
                + Integer.toUnsignedString(statistics.spaceId()));
        Number beside = statistics.counters().get("catalogue.editionBeside");
        if (beside != null && beside.longValue() != 0) {
            out().println("beside it catalogue " + beside + " with "
                    + statistics.counters().get("items.beside") + " items, see `magpie catalogue status`");
        }
        TextTable table = new TextTable("counter", ">value");
        for (Map.Entry<String, Number> counter : statistics.counters().entrySet()) {
            table.add(counter.getKey(), counter.getValue());
        }
        table.print(out(), "");
        return 0;
    }
}
