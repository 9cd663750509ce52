package io.magpie.server.cli;

import io.magpie.server.data.DataException;
import io.magpie.server.data.VectorReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;

/** A vector out of a file; mixed into commands that take one. */
final class VectorOption {
    private static final Pattern NUMBERS = Pattern.compile("[-+0-9.eE]+(,[-+0-9.eE]+)*");

    @Option(
            names = "--vector",
            paramLabel = "FILE",
            description = "a row of an .fvecs or .npy file (also .gz), or its numbers: 0.5,-1,2")
    private String given;

    @Option(names = "--row", paramLabel = "N", defaultValue = "0", description = "which row of it, from 0 (default 0)")
    private long row;

    boolean isGiven() {
        return given != null;
    }

    /**
     * Reads the vector.
     *
     * @return {@code float32[dimension]}, finite
     */
    float[] read() throws IOException {
        if (given == null) {
            throw CommandException.badUsage("--vector FILE is missing: an .fvecs or .npy file with the vector");
        }
        if (NUMBERS.matcher(given).matches()) {
            return numbers();
        }
        Path file = Path.of(given);
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

    private float[] numbers() {
        String[] texts = given.split(",");
        float[] vector = new float[texts.length];
        for (int i = 0; i < vector.length; i++) {
            try {
                vector[i] = Float.parseFloat(texts[i]);
            } catch (NumberFormatException e) {
                throw CommandException.badUsage("--vector has a number that is none: " + texts[i]);
            }
            if (!Float.isFinite(vector[i])) {
                throw CommandException.badUsage("--vector has a number beyond float32: " + texts[i]);
            }
        }
        return vector;
    }
}
