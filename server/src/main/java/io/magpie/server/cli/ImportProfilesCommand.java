package io.magpie.server.cli;

import io.magpie.client.MagpieClient;
import io.magpie.client.ServerInfo;
import io.magpie.client.SlotUpdate;
import io.magpie.server.cli.bulk.BulkStoppedException;
import io.magpie.server.cli.bulk.RowSource;
import io.magpie.server.cli.bulk.SideBySideRows;
import io.magpie.server.cli.bulk.TableRows;
import io.magpie.server.cli.bulk.VectorRows;
import io.magpie.server.data.IdFile;
import io.magpie.server.data.RowReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code magpie import profiles}. */
@Command(
        name = "profiles",
        mixinStandardHelpOptions = true,
        description =
                "Loads slots: the interest vector that a source has of each person. People who are not there are made.",
        footer = {
            "",
            "Vectors: .fvecs or .npy, all from one --source; --ids names the people, else a person's id is its row, from 0.",
            "Several files of vectors are of the same people, one from each --source: that is the fastest way to load them.",
            "Tables: columns profile or external-id, vector, source (or --source for all), and where wanted evidence (default 1),"
                    + " time (default now), space (default the live catalogue's).",
            "",
            "Consent is loaded by `magpie import consents`: as the server is set up by default, a source without it is not used."
        })
final class ImportProfilesCommand extends BulkCommand {
    @Parameters(paramLabel = "FILE", arity = "1..*", description = "the slots; several if they are vectors")
    private List<Path> files;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "fvecs, npy, csv, tsv or jsonl (default: by the ending)")
    private Format format;

    @Option(
            names = "--source",
            paramLabel = "NAME",
            split = ",",
            description = "the source that the vectors come from; one for each file, in order")
    private List<String> sources = List.of();

    @Option(names = "--ids", paramLabel = "FILE", description = "ids of the people: one a line, or .npy of integers")
    private Path ids;

    @Option(
            names = "--evidence",
            paramLabel = "E",
            defaultValue = "1",
            description = "what stands behind each vector, from 0 up (default 1); a table has its own column")
    private double evidence;

    @Mixin
    private SpaceOption space;

    @Mixin
    private TimeOption time;

    private long[] idList;

    @Override
    void check() throws IOException {
        boolean isVectors = format(files.get(0), format).isVectors();
        if (isVectors && sources.size() != files.size()) {
            throw CommandException.badUsage(
                    "--source NAME is missing: a file of vectors does not say where they come from:" + " files="
                            + files.size() + " sources=" + sources.size());
        }
        if (!isVectors && (files.size() > 1 || sources.size() > 1)) {
            throw CommandException.badUsage("several files, or sources, go with vectors: a table has a column source");
        }
        if (!isVectors && ids != null) {
            throw CommandException.badUsage("--ids goes with a file of vectors: a table has a column profile");
        }
        if (!(evidence >= 0 && evidence < Double.POSITIVE_INFINITY)) {
            throw CommandException.badUsage("--evidence needs a number from 0 up: evidence=" + evidence);
        }
        if (ids != null) {
            idList = IdFile.read(ids);
        }
    }

    @Override
    Path input() {
        return files.size() == 1 ? files.get(0) : null;
    }

    @Override
    void load(MagpieClient client) throws IOException, BulkStoppedException {
        ServerInfo server = client.serverInfo();
        try (RowSource<SlotUpdate> rows = rows(server)) {
            load("profiles", rows, client.async()::putSlots, server, server.dimension());
        }
    }

    private RowSource<SlotUpdate> rows(ServerInfo server) throws IOException {
        long timeMillis = time.orNow();
        int[] numbers = sources.stream().mapToInt(name -> source(server, name)).toArray();
        Path first = files.get(0);
        Format formatOfFirst = format(first, format);
        if (!formatOfFirst.isVectors()) {
            String source = sources.isEmpty() ? null : sources.get(0);
            return TableRows.slots(RowReader.open(first, formatOfFirst.table()), server, source, timeMillis);
        }
        int spaceId = space.orLive(server);
        List<RowSource<SlotUpdate>> each = new ArrayList<>();
        for (Path file : files) {
            int number = numbers[each.size()];
            each.add(new VectorRows<>(
                    file,
                    openVectors(file, format(file, format), server),
                    ids,
                    idList,
                    (id, row, vector) -> new SlotUpdate(id, number, spaceId, vector, evidence, timeMillis)));
        }
        return each.size() == 1 ? each.get(0) : new SideBySideRows<>(files, each);
    }
}
