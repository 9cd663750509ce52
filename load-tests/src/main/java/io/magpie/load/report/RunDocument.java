package io.magpie.load.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A run as its JSON file tells of it. What a file lacks (it may be of an older release) reads as 0, "" or empty.
 *
 * @param label what to call it in a report
 * @param tree  the JSON object
 */
public record RunDocument(String label, Object tree) {
    /**
     * Reads all runs of a report folder, or one file.
     *
     * @throws IOException if there is none
     */
    public static List<RunDocument> read(Path path) throws IOException {
        List<Path> files = List.of(path);
        if (Files.isDirectory(path)) {
            try (Stream<Path> all = Files.list(path)) {
                files = all.filter(each -> each.toString().endsWith(".json"))
                        .sorted()
                        .toList();
            }
        }
        List<RunDocument> runs = new ArrayList<>();
        for (Path file : files) {
            Object tree = JsonTree.read(Files.readString(file));
            RunDocument run = new RunDocument(label(file), tree);
            if (!run.text("scenario").isEmpty()) {
                runs.add(run);
            }
        }
        if (runs.isEmpty()) {
            throw new IOException("no load test's JSON is there: " + path);
        }
        return runs;
    }

    private static String label(Path file) {
        String name = file.getFileName().toString().replace(".json", "");
        Path folder = file.toAbsolutePath().normalize().getParent();
        return folder == null || folder.getFileName() == null ? name : folder.getFileName() + "/" + name;
    }

    /** Returns a figure of the run. */
    public double number(String key) {
        return number(tree, key);
    }

    /** Returns a text of the run. */
    public String text(String key) {
        return JsonTree.text(tree, key);
    }

    /** Returns a list of the run. */
    public List<?> list(String key) {
        return JsonTree.get(tree, key) instanceof List<?> list ? list : List.of();
    }

    /** Returns an object of the run. */
    public Map<?, ?> object(String key) {
        return object(tree, key);
    }

    static Map<?, ?> object(Object from, String key) {
        return JsonTree.get(from, key) instanceof Map<?, ?> map ? map : Map.of();
    }

    static double number(Object from, String key) {
        return JsonTree.number(from, key, 0);
    }
}
