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

/**
 * Names of ids, for people to read: a line {@code ID TAB NAME} each, or without tabs one name a line, the first for id 0.
 * Immutable, thread-safe.
 */
public final class NameFile {
    private final Map<Long, String> names;

    private NameFile(Map<Long, String> names) {
        this.names = names;
    }

    /**
     * Reads a file of names.
     *
     * @throws DataException if it is missing, or tells ids by tabs in some lines only
     */
    public static NameFile read(Path file) throws IOException {
        Map<Long, String> names = new HashMap<>();
        boolean tabs = false;
        long row = 0;
        for (String line : lines(file)) {
            int tab = line.indexOf('\t');
            if (row == 0) {
                tabs = tab >= 0;
            }
            if (tabs) {
                try {
                    names.put(UnsignedId.parse(tab < 0 ? line : line.substring(0, tab)), line.substring(tab + 1));
                } catch (IllegalArgumentException e) {
                    throw DataException.atLine(
                            file, row + 1, e.getMessage() + ": each line needs ID TAB NAME, or a name alone");
                }
            } else {
                names.put(row, line);
            }
            row++;
        }
        return new NameFile(names);
    }

    /** Returns the name of an id, or null. */
    public String name(long id) {
        return names.get(id);
    }

    /** Reads all lines of a text file, packed or not. */
    static List<String> lines(Path file) throws IOException {
        List<String> all = new ArrayList<>();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(DataFiles.open(file), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                all.add(line);
            }
        }
        return all;
    }
}
