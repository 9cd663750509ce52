package io.magpie.server.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Reads a table row by row: CSV, tab-separated, or JSON lines. A value is text, whatever it was; a JSON array is its elements
 * with a space between. Owned by one thread.
 */
public interface RowReader extends AutoCloseable {
    /** How a table is written. */
    enum Format {
        /** Comma-separated with a header line; {@code "} quotes. */
        CSV,
        /** Tab-separated with a header line; no quotes. */
        TSV,
        /** One JSON object a line. */
        JSONL
    }

    /**
     * Returns the format that the file's ending stands for.
     *
     * @throws DataException if it stands for none
     */
    static Format formatOf(Path file) throws DataException {
        switch (DataFiles.ending(file)) {
            case "csv":
                return Format.CSV;
            case "tsv":
                return Format.TSV;
            case "jsonl":
            case "ndjson":
            case "json":
                return Format.JSONL;
            default:
                throw new DataException(
                        file + ": its ending names no format: rename it to .csv, .tsv or .jsonl, or say --format");
        }
    }

    /**
     * Opens a table.
     *
     * @throws DataException if it is missing or its header line is unusable
     */
    static RowReader open(Path file, Format format) throws IOException {
        return format == Format.JSONL
                ? new JsonRowReader(file)
                : new CsvRowReader(file, format == Format.CSV ? ',' : '\t');
    }

    /**
     * Goes to the next row.
     *
     * @return false at the end
     * @throws RowException  if this row cannot be read but the next one may be
     * @throws DataException if the file cannot be read on
     */
    boolean next() throws IOException, RowException;

    /** Returns the line that the row started at, from 1. */
    long line();

    /**
     * Returns the row's value of a column, or null if it has none or an empty one.
     *
     * @param name as {@link #plain} writes it: {@code itemid} finds itemId, item_id and Item-ID
     */
    String value(String name);

    /** Returns a column's name in lower case, without {@code _}, {@code -} and spaces. */
    static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[_\\- ]", "");
    }

    /** Returns the share of the file that has been read, 0 to 1. */
    double progress();

    @Override
    void close() throws IOException;
}
