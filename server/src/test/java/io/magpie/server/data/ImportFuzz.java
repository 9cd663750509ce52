package io.magpie.server.data;

import io.magpie.server.config.ConfigurationException;
import io.magpie.server.config.ConfigurationLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Everything that reads a user's file: rows, or an error that says what is wrong with the file, and nothing else. The first
 * byte chooses the format.
 */
public final class ImportFuzz {
    private static final String[] ENDINGS = {"npy", "fvecs", "csv", "tsv", "jsonl", "ids", "conf", "txt"};
    private static final int MOST_ROWS = 10_000;
    private static Path directory;

    private ImportFuzz() {}

    /** Called by the fuzzer. */
    public static void fuzzerTestOneInput(byte[] input) throws Exception {
        if (input.length == 0) {
            return;
        }
        if (directory == null) {
            directory = Files.createTempDirectory("magpie-fuzz");
        }
        String ending = ENDINGS[(input[0] & 0xFF) % ENDINGS.length];
        Path file = directory.resolve("file." + ending);
        try (var out = Files.newOutputStream(file)) {
            out.write(input, 1, input.length - 1);
        }
        try {
            read(file, ending);
        } catch (IOException | ConfigurationException expected) {
            if (expected.getMessage() == null || expected.getMessage().isEmpty()) {
                throw new AssertionError("it does not say what is wrong", expected);
            }
        }
    }

    private static void read(Path file, String ending) throws IOException {
        switch (ending) {
            case "npy", "fvecs" -> readVectors(file);
            case "csv", "tsv", "jsonl" -> readRows(file);
            case "ids" -> IdFile.read(file);
            case "conf" -> ConfigurationLoader.load(file, Map.of(), Map.of());
            default -> NameFile.read(file);
        }
    }

    private static void readVectors(Path file) throws IOException {
        try (VectorReader reader = VectorReader.open(file, DataFiles.ending(file))) {
            float[] row = new float[reader.dimension()];
            for (int i = 0; i < MOST_ROWS && reader.next(row); i++) {
                reader.progress();
            }
        }
    }

    private static void readRows(Path file) throws IOException {
        try (RowReader reader = RowReader.open(file, RowReader.formatOf(file))) {
            boolean more = true;
            for (int i = 0; i < MOST_ROWS && more; i++) {
                try {
                    more = reader.next();
                    if (more) {
                        reader.value("itemid");
                        reader.line();
                    }
                } catch (RowException refused) {
                    // this row only
                }
            }
        }
    }
}
