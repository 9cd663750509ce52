package io.magpie.core.index;

import io.magpie.core.vector.Kernels;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/**
 * A thread that helps a query on a large segment, one at a time, and only while it is the only query: under load every
 * core has queries of its own, and helping would only take from them. Thread-safe.
 */
final class ScanAssistant implements AutoCloseable {
    private final AtomicReference<SharedScan> offered = new AtomicReference<>();
    private final AtomicInteger searching = new AtomicInteger();
    private final int worthRows;
    private final QueryRun run;
    private final BlockScan blockScan;
    private Thread thread;
    private volatile boolean closed;

    /**
     * @param worthRows how many rows must be left to scan for help to be worth a thread's waking up
     */
    ScanAssistant(Kernels kernels, int dimension, int worthRows) {
        this.worthRows = worthRows;
        run = new QueryRun(kernels, dimension);
        blockScan = new BlockScan(kernels, null);
    }

    /** Returns how many rows must be left to scan for help to be worth it. */
    int worthRows() {
        return worthRows;
    }

    /** Counts a search that may want help. */
    void enter() {
        searching.incrementAndGet();
    }

    /** Ends what {@link #enter} began. */
    void leave() {
        searching.decrementAndGet();
    }

    /** Returns whether to offer a scan now. */
    boolean isFree() {
        return searching.get() == 1 && offered.get() == null && !closed;
    }

    /** Offers a scan. Returns false if the helper is busy. */
    boolean offer(SharedScan scan) {
        if (!offered.compareAndSet(null, scan)) {
            return false;
        }
        LockSupport.unpark(thread());
        return true;
    }

    /** Returns what the helper found for the scan just done; valid until the next offer is taken. */
    QueryRun results() {
        return run;
    }

    /** Makes the helper free for others, once its results were read. */
    void release(SharedScan scan) {
        offered.compareAndSet(scan, null);
    }

    @Override
    public void close() {
        closed = true;
        Thread running;
        synchronized (this) {
            running = thread;
        }
        if (running != null) {
            LockSupport.unpark(running);
            try {
                running.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private synchronized Thread thread() {
        if (thread == null) {
            thread = new Thread(this::work, "magpie-scan");
            thread.setDaemon(true);
            thread.start();
        }
        return thread;
    }

    private void work() {
        while (!closed) {
            SharedScan scan = offered.get();
            if (scan == null || !scan.take()) {
                LockSupport.park(this);
                continue;
            }
            Throwable failed = null;
            try {
                run.join(scan.query());
                blockScan.share(scan, run);
            } catch (RuntimeException | Error e) {
                failed = e;
            }
            scan.done(failed);
        }
    }
}
