package io.magpie.server.verb;

import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs failures that nobody foresaw, at most one a second and event loop, so that a request that fails every time cannot
 * fill a disk. Not thread-safe.
 */
public final class FailureLog {
    private static final Logger LOG = LoggerFactory.getLogger("io.magpie.server");
    private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private long lastNanos = System.nanoTime() - PAUSE_NANOS;
    private long silent;

    /** Logs the failure with its stack, or counts it for the next line. */
    public void log(String what, Throwable failure) {
        long now = System.nanoTime();
        if (now - lastNanos < PAUSE_NANOS) {
            silent++;
            return;
        }
        LOG.error("{} ({} more like it were not logged)", what, silent, failure);
        lastNanos = now;
        silent = 0;
    }
}
