package io.magpie.core.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** A small file system of its own, where this process may mount one; a test is passed over where it may not. */
final class MountedDisk implements AutoCloseable {
    private final Path place;

    MountedDisk(Path place, int kilobytes) throws IOException, InterruptedException {
        this.place = Files.createDirectory(place);
        boolean isMounted = false;
        try {
            isMounted = run("mount", "-t", "tmpfs", "-o", "size=" + kilobytes + "k", "tmpfs", place.toString()) == 0;
        } catch (IOException e) {
            // No such command: passed over below.
        }
        Assumptions.assumeTrue(isMounted, "may not mount");
    }

    private static int run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor();
    }

    Path place() {
        return place;
    }

    /** Changes a mount option. */
    void remount(String option) throws IOException, InterruptedException {
        int code = run("mount", "-o", "remount," + option, place.toString());
        if (code != 0) {
            throw new IOException("could not be mounted again: option=" + option + " code=" + code);
        }
    }

    @Override
    public void close() throws IOException {
        try {
            run("umount", place.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted before it was unmounted: place=" + place, e);
        }
    }
}
