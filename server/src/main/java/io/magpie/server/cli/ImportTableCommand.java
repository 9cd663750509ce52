package io.magpie.server.cli;

import io.magpie.client.MagpieClient;
import io.magpie.client.ServerInfo;
import io.magpie.server.cli.bulk.BulkStoppedException;
import io.magpie.server.data.RowReader;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A bulk load from a table whose rows may leave their source to an option. */
abstract class ImportTableCommand extends BulkCommand {
    /** An identity is as long as so many values of a vector. */
    static final int PERSON_VALUES = 18;

    @Parameters(paramLabel = "FILE", description = "the table")
    private Path file;

    @Option(names = "--format", paramLabel = "FORMAT", description = "csv, tsv or jsonl (default: by the ending)")
    private RowReader.Format format;

    @Option(names = "--source", paramLabel = "NAME", description = "the source of rows that name none")
    private String source;

    @Override
    final void check() throws IOException {
        format = format != null ? format : RowReader.formatOf(file);
    }

    @Override
    final Path input() {
        return file;
    }

    @Override
    final void load(MagpieClient client) throws IOException, BulkStoppedException {
        ServerInfo server = client.serverInfo();
        if (source != null) {
            source(server, source);
        }
        load(client, server, RowReader.open(file, format), source, System.currentTimeMillis());
    }

    /**
     * Loads the rows, and closes the table.
     *
     * @param source    of rows that name none, or null
     * @param nowMillis the time of rows that name none
     */
    abstract void load(MagpieClient client, ServerInfo server, RowReader table, String source, long nowMillis)
            throws IOException, BulkStoppedException;
}
