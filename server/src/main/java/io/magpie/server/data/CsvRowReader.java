package io.magpie.server.data;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads CSV as RFC 4180 has it, and tab-separated values without quoting. Owned by one thread. */
final class CsvRowReader implements RowReader {
    /** A quote that is never closed would otherwise swallow the file. */
    private static final int MAX_ROW_CHARS = 1 << 20;

    private final Path file;
    private final DataFiles.Source source;
    private final BufferedReader lines;
    private final char separator;
    private final Map<String, Integer> columns = new HashMap<>();
    private final List<String> values = new ArrayList<>();
    private long linesRead;
    private long rowLine;

    CsvRowReader(Path file, char separator) throws IOException {
        this.file = file;
        this.separator = separator;
        source = DataFiles.open(file);
        lines = new BufferedReader(new InputStreamReader(source, StandardCharsets.UTF_8));
        try {
            readColumns();
        } catch (IOException e) {
            source.close();
            throw e;
        }
    }

    private void readColumns() throws IOException {
        try {
            if (!readValues()) {
                throw new DataException(file + ": is empty, and a header line with the columns' names is needed");
            }
        } catch (RowException e) {
            throw DataException.atLine(file, 1, e.getMessage());
        }
        for (int i = 0; i < values.size(); i++) {
            String name = values.get(i).strip();
            if (i == 0 && name.startsWith("\uFEFF")) {
                name = name.substring(1);
            }
            if (columns.put(RowReader.plain(name), i) != null) {
                throw DataException.atLine(file, 1, "column '" + name + "' is there twice");
            }
        }
    }

    @Override
    public boolean next() throws IOException, RowException {
        boolean found = readValues();
        if (found && values.size() != columns.size()) {
            throw new RowException("number of values differs from the header's " + columns.size());
        }
        return found;
    }

    @Override
    public long line() {
        return rowLine;
    }

    @Override
    public String value(String name) {
        Integer column = columns.get(name);
        String value = column == null ? null : values.get(column);
        return value == null || value.isEmpty() ? null : value;
    }

    @Override
    public double progress() {
        return source.progress();
    }

    @Override
    public void close() throws IOException {
        source.close();
    }

    private boolean readValues() throws IOException, RowException {
        String line;
        do {
            line = lines.readLine();
            linesRead++;
        } while (line != null && line.isEmpty());
        rowLine = linesRead;
        values.clear();
        if (line == null) {
            return false;
        }
        if (separator == ',' && line.indexOf('"') >= 0) {
            splitQuoted(line);
        } else {
            int start = 0;
            for (int end = line.indexOf(separator); end >= 0; end = line.indexOf(separator, start)) {
                values.add(line.substring(start, end));
                start = end + 1;
            }
            values.add(line.substring(start));
        }
        return true;
    }

    private void splitQuoted(String first) throws IOException, RowException {
        String line = first;
        StringBuilder value = new StringBuilder();
        boolean quoted = false;
        int i = 0;
        while (true) {
            if (i == line.length()) {
                if (!quoted) {
                    values.add(value.toString());
                    return;
                }
                line = lines.readLine();
                linesRead++;
                i = 0;
                if (line == null || value.length() > MAX_ROW_CHARS) {
                    throw new RowException("a quoted value is not closed");
                }
                value.append('\n');
                continue;
            }
            char c = line.charAt(i++);
            if (quoted && c == '"' && i < line.length() && line.charAt(i) == '"') {
                value.append('"');
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == separator && !quoted) {
                values.add(value.toString());
                value.setLength(0);
            } else {
                value.append(c);
            }
        }
    }
}
