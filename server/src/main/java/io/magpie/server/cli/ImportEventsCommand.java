package io.magpie.server.cli;

import io.magpie.client.Event;
import io.magpie.client.MagpieClient;
import io.magpie.client.ServerInfo;
import io.magpie.server.cli.bulk.BulkStoppedException;
import io.magpie.server.cli.bulk.RowSource;
import io.magpie.server.cli.bulk.TableRows;
import io.magpie.server.data.RowReader;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code magpie import events}. */
@Command(
        name = "events",
        mixinStandardHelpOptions = true,
        description = "Loads events: what people did with items. An event that is loaded twice counts twice.",
        footer = {
            "",
            "Tables: columns profile, item, source (or --source for all), and where wanted strength (default 1) and time"
                    + " (default now)."
        })
final class ImportEventsCommand extends BulkCommand {
    @Parameters(paramLabel = "FILE", description = "the events")
    private Path file;

    @Option(names = "--format", paramLabel = "FORMAT", description = "csv, tsv or jsonl (default: by the ending)")
    private RowReader.Format format;

    @Option(names = "--source", paramLabel = "NAME", description = "the source of rows that name none")
    private String source;

    @Override
    void check() throws IOException {
        format = format != null ? format : RowReader.formatOf(file);
    }

    @Override
    void load(MagpieClient client) throws IOException, BulkStoppedException {
        ServerInfo server = client.serverInfo();
        if (source != null) {
            source(server, source);
        }
        try (RowSource<Event> rows =
                TableRows.events(RowReader.open(file, format), server, source, System.currentTimeMillis())) {
            load("events", rows, client.async()::recordEvents, server, 0);
        }
    }
}
