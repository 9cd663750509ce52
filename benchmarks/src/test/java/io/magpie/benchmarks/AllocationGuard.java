package io.magpie.benchmarks;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;

/**
 * Holds the bytes that some threads allocate while a subject runs to none. The compiler may come late on a busy machine, so
 * there are several windows, and one of them must be clean; what allocates for each request never has a clean one.
 */
final class AllocationGuard {
    private static final int WINDOWS = 40;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final String what;

    AllocationGuard(String what) {
        this.what = what;
    }

    /**
     * Runs windows until one allocates nothing.
     *
     * @param ids      threads that are watched
     * @param window   many requests
     * @throws AssertionError if there is no clean window
     */
    void check(List<Long> ids, Runnable window) {
        long[] watched = ids.stream().mapToLong(Long::longValue).toArray();
        long least = Long.MAX_VALUE;
        for (int i = 0; i < WINDOWS && least > 0; i++) {
            long before = allocated(watched);
            window.run();
            least = Math.min(least, allocated(watched) - before);
        }
        if (least > 0) {
            throw new AssertionError(what + ": at least " + least + " bytes were allocated in every window");
        }
    }

    private long allocated(long[] ids) {
        long sum = 0;
        for (long id : ids) {
            sum += threads.getThreadAllocatedBytes(id); // one by one: asking for all at once allocates the answer
        }
        return sum;
    }
}
