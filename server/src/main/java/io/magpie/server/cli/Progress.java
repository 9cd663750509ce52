package io.magpie.server.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * One line on a terminal that says how far long work is; nothing at all where stderr is no terminal, so that logs and scripts
 * see only results. Owned by one thread.
 */
final class Progress implements AutoCloseable {
    private static final long NANOS_BETWEEN_LINES = 200_000_000L;

    private final PrintWriter out;
    private long lastNanos = System.nanoTime();
    private int width;

    private Progress(PrintWriter out) {
        this.out = out;
    }

    /** Makes one that writes to {@code err} if this process's stderr is a terminal. */
    static Progress on(PrintWriter err) {
        return new Progress(stderrIsTerminal() ? err : null);
    }

    /** Makes one that always writes, for tests. */
    static Progress always(PrintWriter err) {
        Progress progress = new Progress(err);
        progress.lastNanos -= NANOS_BETWEEN_LINES;
        return progress;
    }

    /**
     * Says how far the work is, a few times a second at most.
     *
     * @param what e.g. {@code reading items.fvecs}
     * @param done 0 to 1
     */
    void at(String what, double done) {
        if (isDue()) {
            show(String.format(Locale.ROOT, "%s %3d %%", what, (int) (done * 100)));
        }
    }

    /** Says how far the work is, with a count; a few times a second at most. */
    void at(String what, double done, long count) {
        if (isDue()) {
            show(String.format(Locale.ROOT, "%s %3d %%  %,d", what, (int) (done * 100), count));
        }
    }

    /** Says what begins now. */
    void begin(String what) {
        if (out != null) {
            show(what);
        }
    }

    /** Wipes the line. */
    void clear() {
        if (out != null && width > 0) {
            out.print("\r" + " ".repeat(width) + "\r");
            out.flush();
            width = 0;
        }
    }

    @Override
    public void close() {
        clear();
    }

    private boolean isDue() {
        return out != null && System.nanoTime() - lastNanos >= NANOS_BETWEEN_LINES;
    }

    private void show(String line) {
        lastNanos = System.nanoTime();
        out.print("\r" + line + " ".repeat(Math.max(0, width - line.length())));
        out.flush();
        width = line.length();
    }

    /** {@code System.console()} speaks of stdin and stdout, and from Java 22 on not even of terminals. */
    private static boolean stderrIsTerminal() {
        try {
            String target = Files.readSymbolicLink(Path.of("/proc/self/fd/2")).toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }
}
