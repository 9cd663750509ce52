package io.magpie.server.audit;

import io.magpie.server.config.SecurityConfiguration.Audit;
import java.io.IOException;
import java.time.Clock;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The audit log: entries go into a bounded queue and are written by a thread of their own. Room is taken before anything
 * is done, so that nothing is done that could not be written down; while the disk fails, room is refused. Thread-safe.
 */
public final class AuditLog implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AuditLog.class);
    private static final long FORCE_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long RETRY_MILLIS = 200;
    private static final int TOGETHER = 256;
    private static final long CLOSE_MILLIS = 5_000;

    private final AuditFile file;
    private final int mostLines;
    private final Clock clock;
    private final AtomicInteger reserved = new AtomicInteger();
    private final AtomicLong written = new AtomicLong();
    // Each entry has at least one line for which there was room, so this never fills up first.
    private final BlockingQueue<AuditEntry> queue;
    private final Thread writer;
    private volatile boolean failed;
    private volatile boolean closing;

    private AuditLog(AuditFile file, int mostLines, Clock clock) {
        this.file = file;
        this.mostLines = mostLines;
        this.clock = clock;
        queue = new ArrayBlockingQueue<>(mostLines + TOGETHER);
        writer = new Thread(this::run, "magpie-audit");
        writer.setDaemon(true);
    }

    /**
     * Opens it and checks its newest file.
     *
     * @return null if it is switched off
     * @throws AuditException if it was changed, or cannot be read or written
     */
    public static AuditLog open(Audit options, Clock clock) throws AuditException {
        if (!options.enabled()) {
            return null;
        }
        AuditFile file = AuditFile.open(options.dir(), options.keyFile(), options.fileBytes(), clock);
        AuditLog log = new AuditLog(file, options.queue(), clock);
        log.writer.start();
        return log;
    }

    /** Returns whether its files cannot be written now. */
    public boolean isFailed() {
        return failed;
    }

    /** Returns how many lines wait to be written. */
    public int waiting() {
        return reserved.get();
    }

    /** Returns how many lines were written since the start. */
    public long written() {
        return written.get();
    }

    /** Takes room for lines; false if there is none. An entry that is larger than the queue has room when it is alone. */
    public boolean reserve(int lines) {
        while (true) {
            int now = reserved.get();
            if (failed || now > 0 && now + lines > mostLines) {
                return false;
            }
            if (reserved.compareAndSet(now, now + lines)) {
                return true;
            }
        }
    }

    /** Hands over an entry for which room was taken. */
    public void write(AuditEntry entry) {
        if (!queue.offer(entry)) {
            reserved.addAndGet(-entry.lines());
            LOG.error("a line of the audit log had no room although it was taken");
        }
    }

    /** Writes down something that the server did by itself; names nobody. */
    public void note(String what, String detail) {
        AuditEntry entry = new AuditEntry(clock.millis(), "", "", "", what, 1, false);
        entry.outcome(0, "OK");
        entry.detail(0, detail);
        reserved.incrementAndGet();
        write(entry);
    }

    private void run() {
        long forcedNanos = System.nanoTime();
        try {
            while (!closing || !queue.isEmpty()) {
                AuditEntry first = queue.poll(RETRY_MILLIS, TimeUnit.MILLISECONDS);
                int lines = 0;
                int entries = 0;
                for (AuditEntry entry = first; entry != null; entry = ++entries < TOGETHER ? queue.poll() : null) {
                    file.add(entry);
                    lines += entry.lines();
                }
                if (lines > 0) {
                    writeUntilDone();
                    written.addAndGet(lines);
                    reserved.addAndGet(-lines);
                }
                if (System.nanoTime() - forcedNanos > FORCE_NANOS) {
                    force();
                    forcedNanos = System.nanoTime();
                }
            }
        } catch (InterruptedException e) {
            LOG.error("the audit log's thread was cut off: lines={} are not written", reserved.get());
        } catch (RuntimeException | Error e) {
            failed = true;
            LOG.error("the audit log failed: nothing is done any more that belongs into it", e);
        }
    }

    private void writeUntilDone() throws InterruptedException {
        while (true) {
            try {
                file.write();
                if (failed) {
                    failed = false;
                    LOG.info("the audit log is written again");
                }
                return;
            } catch (IOException e) {
                if (!failed) {
                    failed = true;
                    LOG.error(
                            "the audit log cannot be written: nothing is done that belongs into it until it can, reads and"
                                    + " other changes go on: reason={}",
                            e.toString());
                }
                if (closing) {
                    throw new InterruptedException();
                }
                Thread.sleep(RETRY_MILLIS);
            }
        }
    }

    private void force() {
        try {
            file.force();
        } catch (IOException e) {
            LOG.warn("the audit log cannot be forced to the device: reason={}", e.toString());
        }
    }

    /** Writes what waits, for up to five seconds. */
    @Override
    public void close() {
        closing = true;
        try {
            writer.join(CLOSE_MILLIS);
            if (writer.isAlive()) {
                writer.interrupt();
                writer.join(CLOSE_MILLIS);
            }
            file.close();
        } catch (IOException e) {
            LOG.error("the audit log was not closed cleanly: reason={}", e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
