package io.magpie.server.cli;

import io.magpie.server.cli.bulk.BulkWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * What an import leaves behind for a next one and for people: how many rows are done, in a small file beside the input that is
 * replaced as a whole, and each refused row with its reason. Owned by one thread.
 */
final class BulkJournal implements BulkWriter.Journal, AutoCloseable {
    private final Path progress;
    private final PrintWriter refused;
    private long length;

    /**
     * @param progress   kept while the import runs, or null
     * @param refusedOut written, or null
     * @param goesOn     whether refused rows of the import before stand there and are kept
     */
    BulkJournal(Path progress, Path refusedOut, boolean goesOn) throws IOException {
        this.progress = progress;
        try {
            refused = refusedOut == null
                    ? null
                    : new PrintWriter(Files.newBufferedWriter(
                            refusedOut,
                            StandardCharsets.UTF_8,
                            StandardOpenOption.CREATE,
                            goesOn ? StandardOpenOption.APPEND : StandardOpenOption.TRUNCATE_EXISTING,
                            StandardOpenOption.WRITE));
        } catch (IOException e) {
            throw CommandException.failed(refusedOut + ": cannot be written: give a path in a folder that exists", e);
        }
    }

    /** Returns the file that says how far the import of a file is. */
    static Path progressOf(Path input) {
        return input.resolveSibling(input.getFileName() + ".magpie-progress");
    }

    /** Returns how many rows of a file an interrupted import has done; 0 if there was none. */
    static long rowsDone(Path input) throws IOException {
        Path file = progressOf(input);
        if (!Files.exists(file)) {
            return 0;
        }
        String[] words = Files.readString(file).strip().split(" ");
        try {
            if (words.length == 2 && Long.parseLong(words[1]) == Files.size(input)) {
                return Long.parseLong(words[0]);
            }
        } catch (NumberFormatException e) {
            // Told below, as for a file of another length.
        }
        throw CommandException.failed(
                file + ": is not of this input: remove it to load from the first row, or name the row with --from-row",
                null);
    }

    /** Notes the length of the input, so that rows are not skipped in another file of its name. */
    BulkJournal begin(Path input) throws IOException {
        length = Files.size(input);
        return this;
    }

    @Override
    public void settled(long rows) throws IOException {
        if (progress != null) {
            if (refused != null) {
                refused.flush(); // or a kill would lose the reasons of rows that are never read again
            }
            Path next = progress.resolveSibling(progress.getFileName() + ".next");
            Files.writeString(next, rows + " " + length + "\n");
            Files.move(next, progress, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    @Override
    public void refused(String position, String reason) {
        if (refused != null) {
            refused.println(position + "\t" + reason);
        }
    }

    /** Says that the import has come to its end: the next one begins anew. */
    void finished() throws IOException {
        if (progress != null) {
            Files.deleteIfExists(progress);
        }
    }

    @Override
    public void close() {
        if (refused != null) {
            refused.close();
        }
    }
}
