package io.magpie.server.cli;

import io.magpie.client.Event;
import io.magpie.client.MagpieClient;
import io.magpie.client.ServerInfo;
import io.magpie.server.cli.bulk.BulkStoppedException;
import io.magpie.server.cli.bulk.RowSource;
import io.magpie.server.cli.bulk.TableRows;
import io.magpie.server.data.RowReader;
import java.io.IOException;
import picocli.CommandLine.Command;

/** {@code magpie import events}. */
@Command(
        name = "events",
        mixinStandardHelpOptions = true,
        description =
                "Loads events: what people did with items. An event that is loaded twice counts twice, unless it has an id of its own.",
        footer = {
            "",
            "Tables: columns profile or external-id, item, source (or --source for all), and where wanted strength (default 1),"
                    + " time (default now) and event (its own id, from 1: a repeat is not applied again)."
        })
final class ImportEventsCommand extends ImportTableCommand {
    @Override
    void load(MagpieClient client, ServerInfo server, RowReader table, String source, long nowMillis)
            throws IOException, BulkStoppedException {
        try (RowSource<Event> rows = TableRows.events(table, server, source, nowMillis)) {
            load(
                    "events",
                    rows,
                    client.async()::recordEvents,
                    server,
                    PERSON_VALUES,
                    event -> event.eventId() == 0 ? null : event.person());
        }
    }
}
