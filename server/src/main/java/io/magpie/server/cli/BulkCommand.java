package io.magpie.server.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.magpie.client.MagpieClient;
import io.magpie.client.ServerInfo;
import io.magpie.server.cli.bulk.BulkReport;
import io.magpie.server.cli.bulk.BulkStoppedException;
import io.magpie.server.cli.bulk.BulkWriter;
import io.magpie.server.cli.bulk.RowSource;
import io.magpie.server.data.DataException;
import io.magpie.server.data.RowReader;
import io.magpie.server.data.VectorReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import picocli.CommandLine.Option;

/** An import: loads one or several sources of rows and reports on each. */
abstract class BulkCommand extends ClientCommand {
    private static final int VALUE_BYTES = 4;
    /** What a row has beside its vector, roughly. */
    private static final int ROW_BYTES = 64;

    @Option(names = "--allow-refused", description = "end with 0 even if rows were refused")
    private boolean allowRefused;

    @Option(
            names = "--refused-out",
            paramLabel = "FILE",
            description = "write each refused row there: where it lies TAB why")
    private Path refusedOut;

    @Option(
            names = "--resume",
            description =
                    "go on where an interrupted import of the file stopped; a small file beside it says where that was")
    private boolean resume;

    @Option(names = "--from-row", paramLabel = "N", description = "skip rows before this one, counted from 0")
    private long fromRow;

    @Option(names = "--json", description = "print the report as one JSON object")
    private boolean json;

    private BulkJournal journal;
    private long skipped;
    private final Map<String, BulkReport> reports = new LinkedHashMap<>();

    /** A format of vectors or tables, as {@code --format} names it. */
    enum Format {
        /** Vectors, as DESIGN of the file says. */
        FVECS,
        /** Vectors, written by NumPy. */
        NPY,
        /** A table with commas. */
        CSV,
        /** A table with tabs. */
        TSV,
        /** A JSON object a line. */
        JSONL;

        boolean isVectors() {
            return this == FVECS || this == NPY;
        }

        RowReader.Format table() {
            return RowReader.Format.valueOf(name());
        }
    }

    @Override
    final int run(MagpieClient client) throws Exception {
        if (fromRow < 0 || (resume || fromRow > 0) && input() == null || resume && fromRow > 0) {
            throw CommandException.badUsage(
                    "--resume, or --from-row with a row from 0, goes with the import of one file: fromRow=" + fromRow);
        }
        skipped = resume ? BulkJournal.rowsDone(input()) : fromRow;
        Path progress = resume ? BulkJournal.progressOf(input()) : null;
        try (BulkJournal opened = new BulkJournal(progress, refusedOut, resume && skipped > 0)) {
            journal = resume ? opened.begin(input()) : opened;
            load(client);
            opened.finished();
        } catch (BulkStoppedException e) {
            report();
            throw CommandException.failed(e.getMessage(), e);
        }
        report();
        long refused = reports.values().stream().mapToLong(BulkReport::refused).sum();
        return refused > 0 && !allowRefused ? CommandException.FAILED : 0;
    }

    /** Loads everything by {@link #load(String, RowSource, BulkWriter.Sender, ServerInfo, int)}. */
    abstract void load(MagpieClient client) throws IOException, BulkStoppedException;

    /** Returns the one file that is loaded, or null if there are several. */
    Path input() {
        return null;
    }

    /**
     * Loads a source of rows.
     *
     * @param what      what the rows are, for the report
     * @param dimension values a row, 0 if rows have no vector
     */
    final <T> void load(String what, RowSource<T> rows, BulkWriter.Sender<T> sender, ServerInfo server, int dimension)
            throws IOException, BulkStoppedException {
        load(what, rows, sender, server, dimension, row -> null);
    }

    /**
     * Loads a source of rows, of which the server tells a repeat from a new one only for a while.
     *
     * @param remembered see {@link BulkWriter#BulkWriter(BulkWriter.Sender, int, int, BulkWriter.Watcher, BulkWriter.Journal, Function)}
     */
    final <T> void load(
            String what,
            RowSource<T> rows,
            BulkWriter.Sender<T> sender,
            ServerInfo server,
            int dimension,
            Function<T, Object> remembered)
            throws IOException, BulkStoppedException {
        try (Progress progress = Progress.on(err())) {
            BulkWriter<T> writer = new BulkWriter<>(
                    sender,
                    ROW_BYTES + VALUE_BYTES * dimension,
                    server.maxListLength(),
                    (share, count) -> progress.at("importing " + what, share, count),
                    journal,
                    remembered);
            reports.put(what, writer.report());
            writer.load(rows, skipped);
        }
    }

    /** Returns the format given, or the one that the file's ending says. */
    static Format format(Path file, Format given) throws DataException {
        if (given != null) {
            return given;
        }
        if (VectorReader.isVectorFile(file)) {
            return file.getFileName().toString().toLowerCase(Locale.ROOT).contains(".npy") ? Format.NPY : Format.FVECS;
        }
        return Format.valueOf(RowReader.formatOf(file).name());
    }

    /** Opens a file of vectors, which must be of the server's dimension. */
    static VectorReader openVectors(Path file, Format format, ServerInfo server) throws IOException {
        VectorReader reader = VectorReader.open(file, format.name().toLowerCase(Locale.ROOT));
        if (reader.dimension() != 0 && reader.dimension() != server.dimension()) {
            reader.close();
            throw new DataException(
                    file + ": dimension=" + reader.dimension() + ", but the server's is " + server.dimension()
                            + ": a server for these vectors is started with --dimension " + reader.dimension());
        }
        return reader;
    }

    /** Says in one line what is worth knowing beside the counts; nothing with {@code --json}. */
    final void note(String text) {
        if (!json) {
            out().println(text);
        }
    }

    private void report() throws IOException {
        if (json) {
            JsonOutput.print(out(), object -> {
                for (Map.Entry<String, BulkReport> each : reports.entrySet()) {
                    object.writeObjectFieldStart(each.getKey());
                    write(object, each.getValue());
                    object.writeEndObject();
                }
            });
            return;
        }
        for (Map.Entry<String, BulkReport> each : reports.entrySet()) {
            BulkReport report = each.getValue();
            out().printf(
                            Locale.ROOT,
                            "%s: %,d rows loaded, %,d refused, in %.2f s (%,.0f rows per second)%n",
                            each.getKey(),
                            report.loaded(),
                            report.refused(),
                            report.seconds(),
                            (report.loaded() + report.refused()) / Math.max(1e-9, report.seconds()));
            if (skipped > 0) {
                out().printf(Locale.ROOT, "  %,d rows before them were left out as done%n", skipped);
            }
            for (Map.Entry<String, BulkReport.Refusal> refusal :
                    report.refusals().entrySet()) {
                long rows = refusal.getValue().rows();
                out().printf(
                                Locale.ROOT,
                                "  %,d refused: %s (%s%s)%n",
                                rows,
                                refusal.getKey(),
                                String.join(", ", refusal.getValue().first()),
                                rows > BulkReport.FIRST_POSITIONS ? ", ..." : "");
            }
        }
    }

    private void write(JsonGenerator object, BulkReport report) throws IOException {
        object.writeNumberField("loaded", report.loaded());
        object.writeNumberField("refused", report.refused());
        object.writeNumberField("seconds", report.seconds());
        object.writeNumberField("skipped", skipped);
        object.writeArrayFieldStart("refusals");
        for (Map.Entry<String, BulkReport.Refusal> refusal : report.refusals().entrySet()) {
            object.writeStartObject();
            object.writeStringField("reason", refusal.getKey());
            object.writeNumberField("rows", refusal.getValue().rows());
            object.writeArrayFieldStart("first");
            for (String position : refusal.getValue().first()) {
                object.writeString(position);
            }
            object.writeEndArray();
            object.writeEndObject();
        }
        object.writeEndArray();
    }
}
