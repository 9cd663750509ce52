package io.magpie.server.cli;

import io.magpie.client.ConsentUpdate;
import io.magpie.client.MagpieClient;
import io.magpie.client.ServerInfo;
import io.magpie.server.cli.bulk.BulkStoppedException;
import io.magpie.server.cli.bulk.RowSource;
import io.magpie.server.cli.bulk.TableRows;
import io.magpie.server.data.RowReader;
import java.io.IOException;
import picocli.CommandLine.Command;

/** {@code magpie import consents}. */
@Command(
        name = "consents",
        mixinStandardHelpOptions = true,
        description =
                "Loads consents. Of two statements on one person, source and purpose the one with the later time holds.",
        footer = {
            "",
            "Tables: columns profile or external-id, state (granted, denied or unset), source (or --source for all), and where"
                    + " wanted purpose (default recommend) and time (default now)."
        })
final class ImportConsentsCommand extends ImportTableCommand {
    @Override
    void load(MagpieClient client, ServerInfo server, RowReader table, String source, long nowMillis)
            throws IOException, BulkStoppedException {
        try (RowSource<ConsentUpdate> rows = TableRows.consents(table, server, source, nowMillis)) {
            load("consents", rows, client.async()::setConsents, server, PERSON_VALUES);
        }
    }
}
