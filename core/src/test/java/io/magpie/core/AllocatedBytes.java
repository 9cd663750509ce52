package io.magpie.core;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** Bytes that the calling thread allocates, counted by the JVM. */
public final class AllocatedBytes {
    /** Compiling takes as long as the machine lets it: windows go on until one is clean, so many at least... */
    private static final int WINDOWS = 8;
    /** ...and for so long, where compilers wait for a processor that others have. */
    private static final long LONGEST_NANOS = 90_000_000_000L;

    private AllocatedBytes() {}

    /** Runs the same work again and again until it allocates nothing; returns the bytes of the best time. */
    public static long fewest(Runnable work) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long fewest = Long.MAX_VALUE;
        long start = System.nanoTime();
        for (int window = 0; fewest > 0 && (window < WINDOWS || System.nanoTime() - start < LONGEST_NANOS); window++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            work.run();
            fewest = Math.min(fewest, threads.getCurrentThreadAllocatedBytes() - before);
        }
        return fewest;
    }
}
