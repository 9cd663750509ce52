package io.magpie.server.cli;

import io.magpie.server.data.DataException;
import io.magpie.server.data.VectorReader;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** A vector out of a file; mixed into commands that take one. */
final class VectorOption {
    @Option(names = "--vector", paramLabel = "FILE", description = "a row of an .fvecs or .npy file (also .gz)")
    private Path file;

    @Option(names = "--row", paramLabel = "N", defaultValue = "0", description = "which row of it, from 0 (default 0)")
    private long row;

    boolean isGiven() {
        return file != null;
    }

    /**
     * Reads the vector.
     *
     * @return {@code float32[dimension]}, finite
     */
    float[] read() throws IOException {
        if (file == null) {
            throw CommandException.badUsage("--vector FILE is missing: an .fvecs or .npy file with the vector");
        }
        if (row < 0) {
            throw CommandException.badUsage("--row needs 0 or more: row=" + row);
        }
        try (VectorReader reader = VectorReader.open(file)) {
            float[] vector = new float[reader.dimension()];
            for (long i = 0; i <= row; i++) {
                if (!reader.next(vector)) {
                    throw new DataException(file + ": has no row " + row + " (counted from 0): rows=" + i);
                }
            }
            int bad = VectorReader.firstNotFinite(vector);
            if (bad >= 0) {
                throw new DataException(file + " row " + row + " (counted from 0): value " + bad + " is " + vector[bad]
                        + ": every value needs to be a finite number");
            }
            return vector;
        }
    }
}
