package io.magpie.server.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** Rows printed in aligned columns: numbers to the right, words to the left. */
final class TextTable {
    private final List<String[]> rows = new ArrayList<>();
    private final boolean[] toTheRight;

    /**
     * @param headers names of the columns; one that starts with {@code >} is aligned to the right
     */
    TextTable(String... headers) {
        toTheRight = new boolean[headers.length];
        String[] names = new String[headers.length];
        for (int i = 0; i < headers.length; i++) {
            toTheRight[i] = headers[i].startsWith(">");
            names[i] = toTheRight[i] ? headers[i].substring(1) : headers[i];
        }
        rows.add(names);
    }

    /** Appends a row, a value a column. */
    void add(Object... values) {
        String[] row = new String[values.length];
        for (int i = 0; i < values.length; i++) {
            row[i] = String.valueOf(values[i]);
        }
        rows.add(row);
    }

    /** Prints everything, each line with {@code indent} before it; nothing if there is no row. */
    void print(PrintWriter out, String indent) {
        if (rows.size() == 1) {
            return;
        }
        int[] widths = new int[toTheRight.length];
        for (String[] row : rows) {
            for (int i = 0; i < row.length; i++) {
                widths[i] = Math.max(widths[i], row[i].length());
            }
        }
        for (String[] row : rows) {
            StringBuilder line = new StringBuilder(indent);
            for (int i = 0; i < row.length; i++) {
                String gap = " ".repeat(widths[i] - row[i].length());
                line.append(i == 0 ? "" : "  ");
                line.append(toTheRight[i] ? gap + row[i] : row[i] + gap);
            }
            out.println(line.toString().stripTrailing());
        }
    }
}
