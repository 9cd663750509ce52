package io.magpie.server.cli;

import io.magpie.client.Link;
import io.magpie.client.MagpieClient;
import io.magpie.client.ServerInfo;
import io.magpie.server.cli.bulk.BulkStoppedException;
import io.magpie.server.cli.bulk.RowSource;
import io.magpie.server.cli.bulk.TableRows;
import io.magpie.server.data.RowReader;
import java.io.IOException;
import picocli.CommandLine.Command;

/** {@code magpie import identities}. */
@Command(
        name = "identities",
        mixinStandardHelpOptions = true,
        description = "Links identities to profiles, or to each other: each row says that two are the same person.",
        footer = {
            "",
            "Tables: columns external-id, source (or --source for all), and either profile, or other-external-id and"
                    + " other-source. A row that was loaded before changes nothing."
        })
final class ImportIdentitiesCommand extends ImportTableCommand {
    @Override
    void load(MagpieClient client, ServerInfo server, RowReader table, String source, long nowMillis)
            throws IOException, BulkStoppedException {
        try (RowSource<Link> rows = TableRows.identities(table, server, source)) {
            load("identities", rows, client.async()::link, server, 2 * PERSON_VALUES);
        }
    }
}
