package io.magpie.server.cli.bulk;

import io.magpie.server.data.RowException;
import io.magpie.server.data.RowReader;
import io.magpie.server.data.UnsignedId;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Locale;
import java.util.StringTokenizer;

/** Values of a table's row by type. Each refusal has the same words for the same reason, so that they can be counted. */
final class Columns {
    private final RowReader rows;

    Columns(RowReader rows) {
        this.rows = rows;
    }

    /** Returns the first value that is there under one of the names, or null. */
    String text(String... names) {
        for (String name : names) {
            String value = rows.value(name);
            if (value != null) {
                return value.strip();
            }
        }
        return null;
    }

    String requiredText(String... names) throws RowException {
        String value = text(names);
        if (value == null) {
            throw new RowException("column " + names[0] + " is missing or empty");
        }
        return value;
    }

    long id(String... names) throws RowException {
        try {
            return UnsignedId.parse(requiredText(names));
        } catch (IllegalArgumentException e) {
            throw new RowException(
                    "column " + names[0] + " is no id: whole numbers from 0 to 18446744073709551614 are");
        }
    }

    double number(double absent, String name) throws RowException {
        String value = text(name);
        try {
            return value == null ? absent : Double.parseDouble(value);
        } catch (NumberFormatException e) {
            throw new RowException("column " + name + " is no number");
        }
    }

    long whole(long absent, String... names) throws RowException {
        String value = text(names);
        try {
            return value == null ? absent : Long.parseLong(value);
        } catch (NumberFormatException e) {
            throw new RowException("column " + names[0] + " is no whole number");
        }
    }

    int unsigned32(int absent, String... names) throws RowException {
        String value = text(names);
        try {
            return value == null ? absent : Integer.parseUnsignedInt(value);
        } catch (NumberFormatException e) {
            throw new RowException("column " + names[0] + " is no whole number from 0 to 4294967295");
        }
    }

    boolean flag(boolean absent, String name) throws RowException {
        String value = text(name);
        if (value == null) {
            return absent;
        }
        switch (value.toLowerCase(Locale.ROOT)) {
            case "true":
            case "yes":
            case "1":
                return true;
            case "false":
            case "no":
            case "0":
                return false;
            default:
                throw new RowException("column " + name + " is neither true nor false");
        }
    }

    /** Reads milliseconds since 1970, or an instant such as {@code 2026-11-22T18:00:00Z}. */
    long time(long absent) throws RowException {
        String value = text("time", "timemillis");
        try {
            if (value == null) {
                return absent;
            }
            return value.indexOf('-') > 0 ? Instant.parse(value).toEpochMilli() : Long.parseLong(value);
        } catch (DateTimeException | NumberFormatException e) {
            throw new RowException(
                    "column time is neither milliseconds since 1970 nor an instant such as 2026-11-22T18:00:00Z");
        }
    }

    /** Reads unsigned 32-bit numbers with spaces between. */
    int[] list(String name) throws RowException {
        String value = text(name);
        if (value == null) {
            return new int[0];
        }
        StringTokenizer words = new StringTokenizer(value, " ;+|");
        int[] list = new int[words.countTokens()];
        try {
            for (int i = 0; i < list.length; i++) {
                list[i] = Integer.parseUnsignedInt(words.nextToken());
            }
        } catch (NumberFormatException e) {
            throw new RowException("column " + name + " holds something else than whole numbers from 0 to 4294967295");
        }
        return list;
    }

    /** Reads {@code float32[dimension]}: numbers with spaces between. */
    float[] vector(int dimension) throws RowException {
        StringTokenizer words = new StringTokenizer(requiredText("vector"), " ;|");
        if (words.countTokens() != dimension) {
            throw new RowException("column vector has not the server's " + dimension + " numbers");
        }
        float[] vector = new float[dimension];
        try {
            for (int i = 0; i < dimension; i++) {
                vector[i] = Float.parseFloat(words.nextToken());
            }
        } catch (NumberFormatException e) {
            throw new RowException("column vector holds something else than numbers with spaces between");
        }
        return vector;
    }
}
