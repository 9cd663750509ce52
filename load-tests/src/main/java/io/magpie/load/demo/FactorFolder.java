package io.magpie.load.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/**
 * A folder of factors: {@code items.fvecs}, {@code items.txt}, {@code users.txt}, {@code user_SOURCE.fvecs}, and where
 * there are, {@code seen.tsv}, {@code groups.tsv} and names in an {@code items.tsv} or {@code items.tsv.gz} in it or above
 * it. Read whole; immutable.
 */
final class FactorFolder {
    private static final int FIRST_EVIDENCE = 3;

    private final String name;
    private final int dimension;
    private final float[] items;
    private final List<String> itemNames;
    private final List<String> users;
    private final List<String> sources = new ArrayList<>();
    private final List<float[]> userVectors = new ArrayList<>();
    private final int[][] seen;
    private final double[][] evidence;

    /** @throws IOException if a file is missing or does not fit the others; says which */
    FactorFolder(Path folder) throws IOException {
        name = folder.toAbsolutePath().normalize().getFileName().toString();
        List<String> ids = lines(folder.resolve("items.txt"));
        users = lines(folder.resolve("users.txt"));
        dimension = dimension(folder.resolve("items.fvecs"));
        items = vectors(folder.resolve("items.fvecs"), ids.size());
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "user_*.fvecs")) {
            files.forEach(file -> sources.add(file.getFileName().toString().replaceFirst("user_(.*)\\.fvecs", "$1")));
        }
        if (sources.isEmpty()) {
            throw new IOException("no user_SOURCE.fvecs in " + folder);
        }
        Collections.sort(sources);
        for (String source : sources) {
            userVectors.add(vectors(folder.resolve("user_" + source + ".fvecs"), users.size()));
        }
        itemNames = names(folder, ids);
        Map<String, Integer> rows = new HashMap<>();
        for (int row = 0; row < ids.size(); row++) {
            rows.put(ids.get(row), row);
        }
        seen = readSeen(folder.resolve("seen.tsv"), rows);
        evidence = readEvidence(folder.resolve("groups.tsv"));
    }

    private static int dimension(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(Integer.BYTES);
            if (bytes.length < Integer.BYTES) {
                throw new IOException("too short for a vector: " + file);
            }
            return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt();
        }
    }

    private float[] vectors(Path file, int rows) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        long expected = (long) rows * (Integer.BYTES + (long) dimension * Float.BYTES);
        if (bytes.length != expected) {
            throw new IOException("not as many vectors as names: file=" + file + " bytes=" + bytes.length + " expected="
                    + expected + " rows=" + rows + " dimension=" + dimension);
        }
        ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        float[] values = new float[rows * dimension];
        for (int row = 0; row < rows; row++) {
            if (in.getInt() != dimension) {
                throw new IOException("vectors of several dimensions: file=" + file + " row=" + row);
            }
            for (int i = 0; i < dimension; i++) {
                values[row * dimension + i] = in.getFloat();
            }
        }
        return values;
    }

    private static List<String> lines(Path file) throws IOException {
        if (!Files.exists(file)) {
            throw new IOException("not a factor folder: " + file + " is missing");
        }
        return Files.readAllLines(file);
    }

    private static List<String> names(Path folder, List<String> ids) throws IOException {
        Map<String, String> byId = new HashMap<>();
        for (Path place :
                Arrays.asList(folder, folder.toAbsolutePath().normalize().getParent())) {
            for (String file : List.of("items.tsv", "items.tsv.gz")) {
                if (byId.isEmpty() && place != null && Files.exists(place.resolve(file))) {
                    readNames(place.resolve(file), byId);
                }
            }
        }
        List<String> names = new ArrayList<>(ids.size());
        for (String id : ids) {
            names.add(byId.getOrDefault(id, id));
        }
        return names;
    }

    private static void readNames(Path file, Map<String, String> byId) throws IOException {
        try (InputStream raw = Files.newInputStream(file);
                InputStream in = file.toString().endsWith(".gz") ? new GZIPInputStream(raw) : raw;
                BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            reader.readLine();
            String line;
            while ((line = reader.readLine()) != null) {
                String[] fields = line.split("\t", -1);
                if (fields.length >= 2) {
                    byId.put(fields[0], sentence(fields[1]));
                }
            }
        }
    }

    /** Shops shout; a reader is better served without. */
    private static String sentence(String name) {
        String lower = name.strip().equals(name.strip().toUpperCase(java.util.Locale.ROOT))
                ? name.strip().toLowerCase(java.util.Locale.ROOT)
                : name.strip();
        return lower.isEmpty() ? lower : Character.toUpperCase(lower.charAt(0)) + lower.substring(1);
    }

    private int[][] readSeen(Path file, Map<String, Integer> rows) throws IOException {
        Map<String, int[]> byUser = new HashMap<>();
        for (String line : Files.exists(file) ? Files.readAllLines(file) : List.<String>of()) {
            String[] fields = line.split("\t", 2);
            if (fields.length == 2) {
                byUser.put(
                        fields[0],
                        Arrays.stream(fields[1].split(" "))
                                .filter(rows::containsKey)
                                .mapToInt(rows::get)
                                .toArray());
            }
        }
        return users.stream().map(user -> byUser.getOrDefault(user, new int[0])).toArray(int[][]::new);
    }

    /** Columns from the fourth on, one a source in alphabetical order, or one for all of them; 1 where nothing is said. */
    private double[][] readEvidence(Path file) throws IOException {
        Map<String, double[]> byUser = new HashMap<>();
        for (String line : Files.exists(file) ? Files.readAllLines(file) : List.<String>of()) {
            String[] fields = line.split("\t");
            double[] values = new double[sources.size()];
            int columns = fields.length - FIRST_EVIDENCE;
            for (int source = 0; source < values.length && columns > 0; source++) {
                values[source] = Double.parseDouble(fields[FIRST_EVIDENCE + (columns == 1 ? 0 : source)]);
            }
            byUser.put(fields[0], values);
        }
        double[] one = new double[sources.size()];
        Arrays.fill(one, 1);
        return users.stream().map(user -> byUser.getOrDefault(user, one)).toArray(double[][]::new);
    }

    String name() {
        return name;
    }

    int dimension() {
        return dimension;
    }

    int itemCount() {
        return itemNames.size();
    }

    int userCount() {
        return users.size();
    }

    /** Returns all item vectors, row by row; not to be changed. */
    float[] items() {
        return items;
    }

    String itemName(int row) {
        return itemNames.get(row);
    }

    String userName(int row) {
        return users.get(row);
    }

    /** Returns the sources, in alphabetical order. */
    List<String> sources() {
        return sources;
    }

    /** Returns the rows of the items that a person has seen; not to be changed. */
    int[] seen(int user) {
        return seen[user];
    }

    double evidence(int source, int user) {
        return evidence[user][source];
    }

    /** Returns a person's vector of a source; a copy. */
    float[] user(int source, int user) {
        return Arrays.copyOfRange(userVectors.get(source), user * dimension, (user + 1) * dimension);
    }
}
