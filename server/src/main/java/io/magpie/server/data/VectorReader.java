package io.magpie.server.data;

import java.io.IOException;
import java.nio.file.Path;

/** Reads a file of vectors row by row. Owned by one thread. */
public interface VectorReader extends AutoCloseable {
    /** The longest vector that is read. */
    int MAX_DIMENSION = 1024;

    /**
     * Opens a file by its ending: {@code .fvecs} or {@code .npy}, and each also with {@code .gz} behind it.
     *
     * @throws DataException if it is missing, of another kind, or its head is damaged
     */
    static VectorReader open(Path file) throws IOException {
        return open(file, DataFiles.ending(file));
    }

    /**
     * Opens a file of a kind that its ending need not tell.
     *
     * @param kind {@code fvecs} or {@code npy}
     * @throws DataException if it is missing, of another kind, or its head is damaged
     */
    static VectorReader open(Path file, String kind) throws IOException {
        switch (kind) {
            case "fvecs":
                return new FvecsReader(file);
            case "npy":
                return new NpyReader(file);
            default:
                throw new DataException(
                        file + ": vectors are read from .fvecs and .npy files (or these with .gz behind)");
        }
    }

    /** Returns whether a file's ending says that it holds vectors. */
    static boolean isVectorFile(Path file) {
        String ending = DataFiles.ending(file);
        return ending.equals("fvecs") || ending.equals("npy");
    }

    /** Returns the length of every vector, 0 if the file holds no row. */
    int dimension();

    /**
     * Reads the next row. Values may be NaN or infinite; whoever reads decides about them.
     *
     * @param into {@code float32[dimension]}, overwritten
     * @return false at the end of the file
     * @throws DataException if the row is cut short or of another dimension
     */
    boolean next(float[] into) throws IOException;

    /** Returns how many rows have been read. */
    long rows();

    /** Returns the share of the file that has been read, 0 to 1. */
    double progress();

    @Override
    void close() throws IOException;

    /** Returns the first index whose value is NaN or infinite, or -1. */
    static int firstNotFinite(float[] vector) {
        for (int i = 0; i < vector.length; i++) {
            if (!Float.isFinite(vector[i])) {
                return i;
            }
        }
        return -1;
    }
}
