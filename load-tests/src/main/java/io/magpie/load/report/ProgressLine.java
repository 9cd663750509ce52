package io.magpie.load.report;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import org.HdrHistogram.Histogram;

/** One line on a terminal that says how far it has come; silent where there is no terminal. Thread-safe. */
public final class ProgressLine {
    private static final long EVERY_NANOS = 100_000_000L;
    private static final int WIDTH = 79;

    private final PrintStream out;
    private final boolean terminal = System.console() != null;
    private long lastNanos = System.nanoTime() - EVERY_NANOS;

    /** @param out where the terminal is */
    public ProgressLine(PrintStream out) {
        this.out = out;
    }

    /** Says how much is loaded. */
    public synchronized void loading(String what, long done, long all) {
        long now = System.nanoTime();
        if (now - lastNanos >= EVERY_NANOS) {
            lastNanos = now;
            show(String.format(Locale.ROOT, "loading %s: %,d of %,d", what, done, all));
        }
    }

    /** Says how the last second went. */
    public synchronized void second(Duration elapsed, long completed, Histogram second) {
        show(String.format(
                Locale.ROOT,
                "%3d s  %,d answered, this second p50 %s, p99 %s",
                elapsed.toSeconds(),
                completed,
                TextReport.micros(second.getValueAtPercentile(50) / 1e3),
                TextReport.micros(second.getValueAtPercentile(99) / 1e3)));
    }

    /** Says anything. */
    public synchronized void show(String text) {
        if (terminal) {
            out.print("\r" + text + " ".repeat(Math.max(0, WIDTH - text.length())));
            out.flush();
        }
    }

    /** Leaves the line empty. */
    public synchronized void clear() {
        if (terminal) {
            out.print("\r" + " ".repeat(WIDTH) + "\r");
            out.flush();
        }
    }
}
