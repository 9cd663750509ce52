package io.magpie.server.cli;

import io.magpie.client.ConsentUpdate;
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

/** {@code magpie import consents}. */
@Command(
        name = "consents",
        mixinStandardHelpOptions = true,
        description =
                "Loads consents. Of two statements on one person, source and purpose the one with the later time holds.",
        footer = {
            "",
            "Tables: columns profile, state (granted, denied or unset), source (or --source for all), and where wanted purpose"
                    + " (default recommend) and time (default now)."
        })
final class ImportConsentsCommand extends BulkCommand {
    @Parameters(paramLabel = "FILE", description = "the consents")
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
        try (RowSource<ConsentUpdate> rows =
                TableRows.consents(RowReader.open(file, format), server, source, System.currentTimeMillis())) {
            load("consents", rows, client.async()::setConsents, server, 0);
        }
    }
}
