package io.magpie.server.data;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A folder of factors: items, people, a vector a person and source, what they have seen, what was held out. An item's id is
 * its row in {@code items.fvecs}, a person's its row in {@code users.txt}. Immutable, thread-safe; all in memory.
 *
 * <p>Files: {@code items.fvecs}, {@code items.txt}, {@code users.txt}, {@code user_SOURCE.fvecs} must be there;
 * {@code groups.tsv} (user, half, k, evidence), {@code seen.tsv} and {@code test.tsv} (user, names of items) may be. Each may
 * have {@code .gz} behind its name.
 */
public final class FactorFolder {
    private static final int[] NO_ITEMS = {};

    private final Path folder;
    private final VectorMatrix items;
    private final List<String> itemNames;
    private final List<String> userNames;
    private final List<String> sources;
    private final List<VectorMatrix> userVectors;
    private final List<Group> groups;
    private final int[][] seen;
    private final int[][] heldOut;
    private int unknownItems;

    /**
     * What {@code groups.tsv} says of a person.
     *
     * @param half     {@code tune} or {@code test}
     * @param k        how many items were known, or {@code all}; as the file has it
     * @param evidence one a source, in {@link #sources()}' order
     */
    public record Group(String half, String k, double[] evidence) {}

    /**
     * Reads a folder.
     *
     * @throws DataException if a file is missing or damaged, or two files disagree; the message names them
     */
    public static FactorFolder read(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new DataException(folder + ": no such folder");
        }
        return new FactorFolder(folder);
    }

    private FactorFolder(Path folder) throws IOException {
        this.folder = folder;
        items = VectorMatrix.read(need("items.fvecs"));
        itemNames = List.copyOf(NameFile.lines(need("items.txt")));
        userNames = List.copyOf(NameFile.lines(need("users.txt")));
        same("items.fvecs", items.rows(), "items.txt", itemNames.size());
        TreeMap<String, Path> files = userFiles();
        if (files.isEmpty()) {
            throw new DataException(folder + ": holds no user_SOURCE.fvecs");
        }
        sources = List.copyOf(files.keySet());
        List<VectorMatrix> vectors = new ArrayList<>();
        for (Map.Entry<String, Path> each : files.entrySet()) {
            VectorMatrix matrix = VectorMatrix.read(each.getValue());
            same("users.txt", userNames.size(), "user_" + each.getKey() + ".fvecs", matrix.rows());
            if (matrix.rows() > 0 && matrix.dimension() != items.dimension()) {
                throw new DataException(each.getValue() + ": dimension=" + matrix.dimension()
                        + ", but items.fvecs has dimension=" + items.dimension());
            }
            vectors.add(matrix);
        }
        userVectors = List.copyOf(vectors);
        Map<String, Integer> userRows = rows("users.txt", userNames);
        Map<String, Integer> itemRows = rows("items.txt", itemNames);
        groups = readGroups(userRows);
        seen = readLists("seen.tsv", userRows, itemRows);
        heldOut = readLists("test.tsv", userRows, itemRows);
    }

    /** Returns the folder. */
    public Path folder() {
        return folder;
    }

    /** Returns the items' vectors; an item's id is its row. */
    public VectorMatrix items() {
        return items;
    }

    /** Returns the items' names, by row. */
    public List<String> itemNames() {
        return itemNames;
    }

    /** Returns the people's names, by row. */
    public List<String> userNames() {
        return userNames;
    }

    /** Returns the sources' names in alphabetical order. */
    public List<String> sources() {
        return sources;
    }

    /** Returns the people's vectors from one source, by row; a zero row stands for nothing known. */
    public VectorMatrix userVectors(int source) {
        return userVectors.get(source);
    }

    /** Returns whether {@code groups.tsv} is there. */
    public boolean hasGroups() {
        return !groups.isEmpty();
    }

    /** Returns what {@code groups.tsv} says of a person, or null. */
    public Group group(int user) {
        return hasGroups() ? groups.get(user) : null;
    }

    /**
     * Returns the evidence behind a person's vector from a source: what {@code groups.tsv} says; where it says nothing, 1, or
     * 0 for a zero row.
     */
    public double evidence(int user, int source) {
        Group group = group(user);
        if (group != null) {
            return group.evidence()[source];
        }
        return userVectors.get(source).isZero(user) ? 0.0 : 1.0;
    }

    /** Returns the rows of the items to leave out of a person's list. The array is not to be written. */
    public int[] seen(int user) {
        return seen[user];
    }

    /** Returns how many items all people together have seen. */
    public int seenCount() {
        int count = 0;
        for (int[] each : seen) {
            count += each.length;
        }
        return count;
    }

    /** Returns the rows of a person's held-out items. The array is not to be written. */
    public int[] heldOut(int user) {
        return heldOut[user];
    }

    /** Returns how many items named in {@code seen.tsv} and {@code test.tsv} are not in {@code items.txt}; they are left out. */
    public int unknownItems() {
        return unknownItems;
    }

    private Path find(String name) {
        Path plain = folder.resolve(name);
        Path packed = folder.resolve(name + ".gz");
        return !Files.exists(plain) && Files.exists(packed) ? packed : plain;
    }

    private Path need(String name) throws DataException {
        Path file = find(name);
        if (!Files.exists(file)) {
            throw new DataException(folder + ": " + name + " is missing: a factor folder needs items.fvecs, items.txt,"
                    + " users.txt and user_SOURCE.fvecs");
        }
        return file;
    }

    private void same(String one, int rowsOfOne, String other, int rowsOfOther) throws DataException {
        if (rowsOfOne != rowsOfOther) {
            throw new DataException(folder + ": " + one + " has rows=" + rowsOfOne + " and " + other + " has rows="
                    + rowsOfOther + ": they need as many");
        }
    }

    private TreeMap<String, Path> userFiles() throws IOException {
        TreeMap<String, Path> files = new TreeMap<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder, "user_*.fvecs*")) {
            for (Path file : stream) {
                if (DataFiles.ending(file).equals("fvecs")) {
                    String name = file.getFileName().toString();
                    files.put(name.substring("user_".length(), name.indexOf(".fvecs")), file);
                }
            }
        }
        return files;
    }

    private Map<String, Integer> rows(String file, List<String> names) throws DataException {
        Map<String, Integer> rows = new HashMap<>(names.size() * 2);
        for (int i = 0; i < names.size(); i++) {
            if (rows.put(names.get(i), i) != null) {
                throw DataException.atLine(find(file), i + 1, "'" + names.get(i) + "' is there twice");
            }
        }
        return rows;
    }

    private List<Group> readGroups(Map<String, Integer> userRows) throws IOException {
        Path file = find("groups.tsv");
        if (!Files.exists(file)) {
            return List.of();
        }
        Group[] all = new Group[userNames.size()];
        long line = 0;
        for (String text : NameFile.lines(file)) {
            line++;
            String[] fields = text.split("\t", -1);
            Integer user = userRows.get(fields[0]);
            int columns = fields.length - 3;
            if (user == null || columns != 1 && columns != sources.size()) {
                throw DataException.atLine(
                        file,
                        line,
                        "needs a user of users.txt, half, k, and evidence in 1 column or one for"
                                + " each of the sources " + sources);
            }
            double[] evidence = new double[sources.size()];
            for (int s = 0; s < evidence.length; s++) {
                evidence[s] = number(file, line, fields[3 + (columns == 1 ? 0 : s)]);
            }
            all[user] = new Group(fields[1], fields[2], evidence);
        }
        int missing = Arrays.asList(all).indexOf(null);
        if (missing >= 0) {
            throw new DataException(file + ": has no line for user '" + userNames.get(missing) + "'");
        }
        return List.of(all);
    }

    private static double number(Path file, long line, String text) throws DataException {
        try {
            double value = Double.parseDouble(text);
            if (value >= 0 && value < Double.POSITIVE_INFINITY) {
                return value;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw DataException.atLine(file, line, "evidence '" + text + "' is not a number from 0 up");
    }

    private int[][] readLists(String name, Map<String, Integer> userRows, Map<String, Integer> itemRows)
            throws IOException {
        int[][] lists = new int[userNames.size()][];
        Arrays.fill(lists, NO_ITEMS);
        Path file = find(name);
        if (!Files.exists(file)) {
            return lists;
        }
        long line = 0;
        for (String text : NameFile.lines(file)) {
            line++;
            int tab = text.indexOf('\t');
            Integer user = userRows.get(tab < 0 ? text : text.substring(0, tab));
            if (user == null) {
                throw DataException.atLine(file, line, "names a user that is not in users.txt");
            }
            String[] names =
                    tab < 0 ? new String[0] : text.substring(tab + 1).strip().split("[ \t]+");
            int[] list = new int[names.length];
            int count = 0;
            for (String item : names) {
                Integer row = itemRows.get(item);
                if (row != null) {
                    list[count++] = row;
                } else if (!item.isEmpty()) {
                    unknownItems++;
                }
            }
            lists[user] = Arrays.copyOf(list, count);
        }
        return lists;
    }
}
