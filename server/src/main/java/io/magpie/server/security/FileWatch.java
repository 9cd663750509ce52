package io.magpie.server.security;

import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at files at a fixed pause, on a thread of its own. Polling and not the file system's notices, because those miss
 * what network file systems and mounted secrets do. Thread-safe.
 */
public final class FileWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FileWatch.class);

    private final ScheduledExecutorService thread;

    /**
     * Begins to look.
     *
     * @param pauseMillis pause between two looks
     * @param files       what to look at
     * @param changed     told what was taken over, on the watch's thread
     */
    public FileWatch(long pauseMillis, List<ReloadedFiles> files, Consumer<ReloadedFiles> changed) {
        thread = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread made = new Thread(task, "magpie-reload");
            made.setDaemon(true);
            return made;
        });
        thread.scheduleWithFixedDelay(
                () -> {
                    for (ReloadedFiles each : files) {
                        look(each, changed);
                    }
                },
                pauseMillis,
                pauseMillis,
                TimeUnit.MILLISECONDS);
    }

    private static void look(ReloadedFiles files, Consumer<ReloadedFiles> changed) {
        try {
            if (files.reload()) {
                changed.accept(files);
            }
        } catch (RuntimeException e) {
            LOG.error("looking at changed files failed, what was read before holds", e);
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
