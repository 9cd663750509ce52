package io.magpie.server.cli;

import io.magpie.client.MagpieClient;
import io.magpie.client.Mark;
import io.magpie.client.ServerInfo;
import io.magpie.server.cli.bulk.BulkStoppedException;
import io.magpie.server.cli.bulk.RowSource;
import io.magpie.server.cli.bulk.TableRows;
import io.magpie.server.data.RowReader;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code magpie import marks}. */
@Command(
        name = "marks",
        mixinStandardHelpOptions = true,
        description = {
            "Loads what people have seen, or were shown, without moving any interest.",
            "Seen items that are loaded again change nothing but their count; showings count again."
        },
        footer = {
            "",
            "Tables: columns profile or external-id, item, source (or --source for all), and where wanted shown (default false:"
                    + " seen) and time (default now)."
        })
final class ImportMarksCommand extends ImportTableCommand {
    @Option(names = "--shown", description = "rows that do not say were shown, not seen")
    private boolean shown;

    @Override
    void load(MagpieClient client, ServerInfo server, RowReader table, String source, long nowMillis)
            throws IOException, BulkStoppedException {
        try (RowSource<Mark> rows = TableRows.marks(table, server, source, shown, nowMillis)) {
            load("marks", rows, client.async()::markItems, server, PERSON_VALUES);
        }
    }
}
