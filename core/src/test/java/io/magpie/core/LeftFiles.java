package io.magpie.core;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * The files that a killed process would leave.
 *
 * <p>The directory may be in use while it is copied: a file that is made ready under a name that ends in {@code .tmp}
 * gets its own name at any moment, and is then not found under the other. It held nothing yet that anybody counts on.
 */
public final class LeftFiles {
    private LeftFiles() {}

    /**
     * Copies a directory as it is. What the background does meanwhile is in the copy's log as it would be after a
     * kill, since the log is copied last.
     *
     * @param from the directory of a running process
     * @param to   an empty directory, or none yet
     */
    public static void copy(Path from, Path to) throws IOException {
        copy(from, to, from.resolve("log"));
        if (Files.isDirectory(from.resolve("log"))) {
            copy(from.resolve("log"), to.resolve("log"), null);
        }
    }

    private static void copy(Path from, Path to, Path without) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path entered, BasicFileAttributes attributes) throws IOException {
                if (entered.equals(without)) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                Files.createDirectories(to.resolve(from.relativize(entered)));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                try {
                    Files.copy(file, to.resolve(from.relativize(file)));
                } catch (NoSuchFileException e) {
                    return visitFileFailed(file, e);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
                if (e instanceof NoSuchFileException && file.toString().endsWith(".tmp")) {
                    return FileVisitResult.CONTINUE;
                }
                throw e;
            }
        });
    }
}
