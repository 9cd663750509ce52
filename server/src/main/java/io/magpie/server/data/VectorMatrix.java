package io.magpie.server.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;

/** All vectors of a file in memory, row after row. Immutable by agreement: whoever holds {@link #values()} does not write. Thread-safe. */
public final class VectorMatrix {
    private static final int LONGEST_ARRAY = Integer.MAX_VALUE - 8;

    private final float[] values;
    private final int rows;
    private final int dimension;

    private VectorMatrix(float[] values, int rows, int dimension) {
        this.values = values;
        this.rows = rows;
        this.dimension = dimension;
    }

    /**
     * Reads a whole file; see {@link VectorReader#open} for the kinds.
     *
     * @throws DataException if it is missing or damaged, a value is NaN or infinite, or it is too large for one array
     */
    public static VectorMatrix read(Path file) throws IOException {
        try (VectorReader reader = VectorReader.open(file)) {
            int dimension = reader.dimension();
            float[] values = new float[0];
            float[] row = new float[dimension];
            int rows = 0;
            while (reader.next(row)) {
                int bad = VectorReader.firstNotFinite(row);
                if (bad >= 0) {
                    throw DataException.atRow(
                            file,
                            rows,
                            "value " + bad + " is " + row[bad] + ": every value needs to be a finite number");
                }
                int start = rows * dimension;
                if (values.length - start < dimension) {
                    values = Arrays.copyOf(values, grown(file, start, dimension, reader.progress()));
                }
                System.arraycopy(row, 0, values, start, dimension);
                rows++;
            }
            return new VectorMatrix(Arrays.copyOf(values, rows * dimension), rows, dimension);
        }
    }

    /** Sizes by the share of the file that has been read, so that a large file is copied once or twice and not doubled. */
    private static int grown(Path file, int used, int dimension, double progress) throws DataException {
        long needed = (long) used + dimension;
        if (needed > LONGEST_ARRAY) {
            throw new DataException(
                    file + ": too large to hold: values=" + needed + " most=" + LONGEST_ARRAY + ": take fewer rows");
        }
        long expected = progress > 0.01 ? (long) (needed / progress * 1.01) : 2 * needed;
        return (int) Math.min(LONGEST_ARRAY, Math.max(expected, needed + (needed >> 2) + 64L * dimension));
    }

    /** Returns how many rows there are. */
    public int rows() {
        return rows;
    }

    /** Returns the length of a row, 0 if there is none. */
    public int dimension() {
        return dimension;
    }

    /** Returns {@code float32[rows][dimension]}, row after row: the array itself, to be read only. */
    public float[] values() {
        return values;
    }

    /** Copies a row into {@code float32[dimension]}. */
    public void copyRow(int row, float[] into) {
        System.arraycopy(values, row * dimension, into, 0, dimension);
    }

    /** Returns a copy of a row, {@code float32[dimension]}. */
    public float[] row(int row) {
        return Arrays.copyOfRange(values, row * dimension, (row + 1) * dimension);
    }

    /** Returns whether a row holds nothing but zeros. */
    public boolean isZero(int row) {
        for (int i = row * dimension; i < (row + 1) * dimension; i++) {
            if (values[i] != 0.0f) {
                return false;
            }
        }
        return true;
    }
}
