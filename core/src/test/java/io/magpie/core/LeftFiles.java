package io.magpie.core;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The files of a data directory: that a killed process would leave, that hold something, that a test leaves behind.
 *
 * <p>The directory may be in use while it is copied or read: a file that is made ready under a name that ends in
 * {@code .tmp} gets its own name at any moment, and is then not found under the other. It held nothing yet that anybody
 * counts on.
 */
public final class LeftFiles {
    private static final String TEMPORARY = ".tmp";

    /** Takes a file. */
    @FunctionalInterface
    public interface FileHandler {
        void onFile(Path file, byte[] bytes);
    }

    private LeftFiles() {}

    /**
     * Copies a directory as a kill would leave it: all of it at one moment of its manifest and log. What lies deeper, the
     * log, is copied last, so that it holds what the background changes in the maps meanwhile.
     *
     * @param from the directory of a running process, or of none
     * @param to   an empty directory, or none yet
     */
    public static void copy(Path from, Path to) throws IOException {
        boolean same = false;
        while (!same) {
            String before = moment(from);
            try {
                copyAll(from, to);
                same = before.equals(moment(from));
            } catch (NoSuchFileException e) {
                // Removed by a checkpoint since it was listed: it is another moment by now.
            }
            if (!same) {
                remove(to);
            }
        }
    }

    /** Returns what a checkpoint changes: the manifest, and which segments the log has. */
    private static String moment(Path directory) throws IOException {
        StringBuilder moment = new StringBuilder();
        Path manifest = directory.resolve("magpie.manifest");
        if (Files.exists(manifest)) {
            moment.append(Files.readString(manifest, StandardCharsets.ISO_8859_1));
        }
        Path log = directory.resolve("log");
        if (Files.isDirectory(log)) {
            list(log).stream()
                    .filter(file -> !file.toString().endsWith(TEMPORARY))
                    .sorted()
                    .forEach(moment::append);
        }
        return moment.toString();
    }

    private static void copyAll(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        List<Path> deeper = new ArrayList<>();
        for (Path file : list(from)) {
            Path target = to.resolve(file.getFileName());
            if (Files.isDirectory(file)) {
                deeper.add(file);
                continue;
            }
            try {
                Files.copy(file, target);
            } catch (NoSuchFileException e) {
                requireTemporary(file, e);
            }
        }
        for (Path directory : deeper) {
            copyAll(directory, to.resolve(directory.getFileName()));
        }
    }

    /**
     * Hands over every file with what it holds; one that has got its own name meanwhile under that name, maybe twice.
     *
     * @param directory may be in use
     */
    public static void forEach(Path directory, FileHandler handler) throws IOException {
        for (Path file : list(directory)) {
            if (Files.isDirectory(file)) {
                forEach(file, handler);
                continue;
            }
            try {
                handler.onFile(file, Files.readAllBytes(file));
            } catch (NoSuchFileException e) {
                requireTemporary(file, e);
                String name = file.getFileName().toString();
                Path named = file.resolveSibling(name.substring(0, name.length() - TEMPORARY.length()));
                if (Files.exists(named)) {
                    handler.onFile(named, Files.readAllBytes(named));
                }
            }
        }
    }

    /** Returns whether some bytes stand among others. */
    public static boolean contains(byte[] bytes, byte[] trace) {
        for (int i = 0; i + trace.length <= bytes.length; i++) {
            int matched = 0;
            while (matched < trace.length && bytes[i + matched] == trace[matched]) {
                matched++;
            }
            if (matched == trace.length) {
                return true;
            }
        }
        return false;
    }

    /** Removes a directory that is not in use any more. */
    public static void remove(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /** Asks for no more than the names: whoever asks for a file's kind while listing fails when it is gone by then. */
    private static List<Path> list(Path directory) throws IOException {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
            stream.forEach(files::add);
        }
        return files;
    }

    private static void requireTemporary(Path file, NoSuchFileException e) throws NoSuchFileException {
        if (!file.toString().endsWith(TEMPORARY)) {
            throw e;
        }
    }
}
