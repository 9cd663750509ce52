package io.magpie.core.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32C;

/**
 * The page that says what a data directory is and how far its maps reach: lines of {@code name=value}, the last one a
 * checksum of all before it. Replaced as a whole. Not thread-safe.
 */
final class Manifest {
    static final int FORMAT = 2;
    private static final String FIRST_LINE = "magpie-state";
    private static final int MAX_LENGTH = 1 << 20;

    private final Map<String, String> values = new LinkedHashMap<>();

    /** Describes a new directory. */
    static Manifest create(StateConfiguration configuration, String created) {
        Manifest manifest = new Manifest();
        manifest.values.put("format", Integer.toString(FORMAT));
        manifest.values.putAll(shape(configuration));
        manifest.values.put("created", created);
        return manifest;
    }

    private static Map<String, String> shape(StateConfiguration configuration) {
        Map<String, String> shape = new LinkedHashMap<>();
        shape.put("dimension", Integer.toString(configuration.dimension()));
        shape.put("sources", String.join(",", configuration.sources()));
        shape.put("sourceCapacity", Integer.toString(configuration.sourceCapacity()));
        shape.put("slotCapacity", Integer.toString(configuration.slotCapacity()));
        shape.put("maxProfiles", Long.toString(configuration.maxProfiles()));
        shape.put("maxItems", Long.toString(configuration.maxItems()));
        shape.put("seenLimit", Integer.toString(configuration.seenLimit()));
        shape.put("maxSeenChunks", Long.toString(configuration.maxSeenChunks()));
        shape.put("maxIdentities", Long.toString(configuration.maxIdentities()));
        return shape;
    }

    /**
     * Reads a directory's manifest.
     *
     * @throws StateStoreException if it is damaged, or of another format
     */
    static Manifest read(Path directory) throws IOException, StateStoreException {
        return read(directory, StateFiles.MANIFEST);
    }

    /** Reads a manifest of this name. */
    static Manifest read(Path directory, String name) throws IOException, StateStoreException {
        Path file = directory.resolve(name);
        if (Files.size(file) > MAX_LENGTH) {
            throw damaged(file, "it is far too long");
        }
        String text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        int checked = text.lastIndexOf("checksum=");
        if (!text.startsWith(FIRST_LINE + "\n")) {
            throw damaged(file, "it does not begin as one");
        }
        if (checked < 0 || !text.substring(checked).equals(checksumLine(text.substring(0, checked)))) {
            throw damaged(file, "its checksum is wrong");
        }
        Manifest manifest = new Manifest();
        text.substring(0, checked).lines().skip(1).forEach(line -> {
            int equals = line.indexOf('=');
            manifest.values.put(line.substring(0, Math.max(equals, 0)), line.substring(equals + 1));
        });
        String format = manifest.values.get("format");
        if (!Integer.toString(FORMAT).equals(format)) {
            throw new StateStoreException("The data directory has another format: directory=" + directory + " format="
                    + format + " known=" + FORMAT + ". Use the Magpie that wrote it, or its migrate command.");
        }
        return manifest;
    }

    private static StateStoreException damaged(Path file, String why) {
        return new StateStoreException("The manifest is damaged or not Magpie's: " + why + ": file=" + file
                + ". Nothing was changed. Restore the directory from a snapshot, or use another one.");
    }

    /**
     * Compares with what is asked for.
     *
     * @throws StateStoreException that names every difference
     */
    void require(Path directory, StateConfiguration configuration) throws StateStoreException {
        StringBuilder differences = new StringBuilder();
        shape(configuration).forEach((name, asked) -> {
            if (!asked.equals(values.get(name))) {
                differences
                        .append(differences.isEmpty() ? "" : ", ")
                        .append(name)
                        .append(" is ")
                        .append(values.get(name))
                        .append(" there and ")
                        .append(asked)
                        .append(" here");
            }
        });
        if (!differences.isEmpty()) {
            throw new StateStoreException("The data directory was made with another configuration: " + differences
                    + ". directory=" + directory + ". Nothing was changed. Start with the values of the directory, or"
                    + " use another directory.");
        }
    }

    void put(String name, long value) {
        values.put(name, Long.toString(value));
    }

    void put(String name, String value) {
        values.put(name, value);
    }

    String text(String name) {
        return values.get(name);
    }

    /** Returns a number; 0 if it is not there. */
    long number(String name) {
        String value = values.get(name);
        return value == null ? 0 : Long.parseLong(value);
    }

    /** Returns all values whose names begin with a prefix, by the rest of their names. */
    Map<String, String> withPrefix(String prefix) {
        Map<String, String> found = new TreeMap<>();
        values.forEach((name, value) -> {
            if (name.startsWith(prefix)) {
                found.put(name.substring(prefix.length()), value);
            }
        });
        return found;
    }

    /** Forgets the values whose names begin with a prefix. */
    void removePrefix(String prefix) {
        values.keySet().removeIf(name -> name.startsWith(prefix));
    }

    /**
     * Returns the shape that a directory was made with, and the rest by default.
     *
     * @throws StateStoreException if a value is missing or out of its range
     */
    StateConfiguration.Builder configuration(Path directory) throws StateStoreException {
        try {
            return StateConfiguration.builder(
                            Integer.parseInt(values.get("dimension")),
                            List.of(values.get("sources").split(",")))
                    .sourceCapacity(Integer.parseInt(values.get("sourceCapacity")))
                    .slotCapacity(Integer.parseInt(values.get("slotCapacity")))
                    .maxProfiles(Long.parseLong(values.get("maxProfiles")))
                    .maxItems(Long.parseLong(values.get("maxItems")))
                    .seenLimit(Integer.parseInt(values.get("seenLimit")))
                    .maxSeenChunks(Long.parseLong(values.get("maxSeenChunks")))
                    .maxIdentities(Long.parseLong(values.get("maxIdentities")));
        } catch (RuntimeException e) {
            throw new StateStoreException("The manifest does not say a shape: directory=" + directory, e);
        }
    }

    void write(Path directory) throws IOException {
        write(directory, StateFiles.MANIFEST);
    }

    /** Writes a manifest of this name. */
    void write(Path directory, String name) throws IOException {
        StringBuilder text = new StringBuilder(FIRST_LINE).append('\n');
        values.forEach(
                (key, value) -> text.append(key).append('=').append(value).append('\n'));
        text.append(checksumLine(text.toString()));
        StateFiles.replace(directory, name, text.toString());
    }

    private static String checksumLine(String text) {
        CRC32C crc = new CRC32C();
        crc.update(text.getBytes(StandardCharsets.ISO_8859_1));
        return String.format("checksum=%08x%n", crc.getValue()).replace("\r", "");
    }
}
