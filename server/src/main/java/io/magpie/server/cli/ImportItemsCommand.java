package io.magpie.server.cli;

import io.magpie.client.ItemUpdate;
import io.magpie.client.MagpieClient;
import io.magpie.client.ServerInfo;
import io.magpie.server.cli.bulk.AttributeTable;
import io.magpie.server.cli.bulk.BulkStoppedException;
import io.magpie.server.cli.bulk.RowSource;
import io.magpie.server.cli.bulk.TableRows;
import io.magpie.server.cli.bulk.VectorRows;
import io.magpie.server.data.IdFile;
import io.magpie.server.data.RowReader;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code magpie import items}. */
@Command(
        name = "items",
        mixinStandardHelpOptions = true,
        description = "Loads items; one of an id that is there takes its place.",
        footer = {
            "",
            "Vectors: .fvecs or .npy; --ids names them, else an item's id is its row, from 0; --attributes adds the rest.",
            "Tables: columns item, vector, and where wanted bias, category, price (minor units), inStock (default true), hidden"
                    + " (default false), tags (up to 16 numbers)."
        })
final class ImportItemsCommand extends BulkCommand {
    @Parameters(paramLabel = "FILE", description = "the items")
    private Path file;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "fvecs, npy, csv, tsv or jsonl (default: by the ending)")
    private Format format;

    @Option(names = "--ids", paramLabel = "FILE", description = "ids of the vectors: one a line, or .npy of integers")
    private Path ids;

    @Option(
            names = "--attributes",
            paramLabel = "FILE",
            description =
                    "table with columns item, category, price, inStock, hidden, tags, bias, for a file of vectors")
    private Path attributes;

    @Mixin
    private SpaceOption space;

    @Mixin
    private EditionOption edition;

    private AttributeTable attributeTable = new AttributeTable();
    private long[] idList;

    @Override
    void check() throws IOException {
        format = format(file, format);
        if (!format.isVectors() && (ids != null || attributes != null)) {
            throw CommandException.badUsage(
                    "--ids and --attributes go with a file of vectors: a table has its own columns");
        }
        if (ids != null) {
            idList = IdFile.read(ids);
        }
        if (attributes != null) {
            attributeTable = new AttributeTable(attributes, RowReader.formatOf(attributes));
            if (attributeTable.firstUnusableRow() != null) {
                throw CommandException.failed(attributeTable.firstUnusableRow(), null);
            }
        }
    }

    @Override
    Path input() {
        return file;
    }

    @Override
    void load(MagpieClient client) throws IOException, BulkStoppedException {
        ServerInfo server = client.serverInfo();
        MagpieClient into = edition.of(client);
        int spaceId = edition.spaceOr(space, client);
        try (RowSource<ItemUpdate> rows = rows(server)) {
            load("items", rows, list -> into.async().putItems(spaceId, list), server, server.dimension());
        }
    }

    private RowSource<ItemUpdate> rows(ServerInfo server) throws IOException {
        if (!format.isVectors()) {
            return TableRows.items(RowReader.open(file, format.table()), server.dimension());
        }
        return new VectorRows<>(
                file,
                openVectors(file, format, server),
                ids,
                idList,
                (id, row, vector) ->
                        new ItemUpdate(id, vector, attributeTable.bias(id), attributeTable.attributes(id)));
    }
}
