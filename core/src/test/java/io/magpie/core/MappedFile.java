package io.magpie.core;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What the kernel says of a file that this process has mapped, by proc(5). */
public final class MappedFile {
    private MappedFile() {}

    /** Returns how much of it is in this process's page tables, in kilobytes; -1 if it is not mapped. */
    public static long residentKilobytes(Path file) throws IOException {
        List<String> lines = Files.readAllLines(Path.of("/proc/self/smaps"));
        long sum = -1;
        boolean isThisFile = false;
        for (String line : lines) {
            if (line.matches("[0-9a-f]+-[0-9a-f]+ .*")) {
                isThisFile = line.endsWith(" " + file.toRealPath());
            } else if (isThisFile && line.startsWith("Rss:")) {
                sum = Math.max(sum, 0) + Long.parseLong(line.replaceAll("[^0-9]", ""));
            }
        }
        return sum;
    }
}
