package io.magpie.benchmarks;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Locale;

/**
 * Holds how long a subject takes to how long a reference takes, in one run. Both are timed in turns, and the shortest time of
 * each counts: a neighbour on the machine can make either longer, and nothing makes it shorter than it is. A neighbour that
 * stays is waited out by trying again; a subject that is slow is slow in every attempt.
 */
final class RatioGuard {
    private static final int ATTEMPTS = 6;
    private static final int ROUNDS = 25;
    private static final long WARM_UP_NANOS = 400_000_000L;
    private static final long MOST_WARM_UP_NANOS = 5_000_000_000L;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final String what;
    private final double most;

    /**
     * @param what subject and reference, for the message
     * @param most how long the subject may take, as a multiple of the reference
     */
    RatioGuard(String what, double most) {
        this.what = what;
        this.most = most;
    }

    /**
     * Measures.
     *
     * @param subject   one slice of work, of tens of microseconds or more
     * @param reference one slice to compare with
     * @return the ratio that was reached
     * @throws AssertionError if no attempt stayed within the bound
     */
    double check(Runnable subject, Runnable reference) {
        warmUp(subject);
        warmUp(reference);
        double best = Double.POSITIVE_INFINITY;
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            long shortest = Long.MAX_VALUE;
            long shortestReference = Long.MAX_VALUE;
            for (int round = 0; round < ROUNDS; round++) {
                shortest = Math.min(shortest, time(subject));
                shortestReference = Math.min(shortestReference, time(reference));
            }
            best = Math.min(best, (double) shortest / shortestReference);
            if (best <= most) {
                System.out.printf(Locale.ROOT, "guard: %s: %.3f, at most %.3f%n", what, best, most);
                return best;
            }
        }
        throw new AssertionError(
                String.format(Locale.ROOT, "%s: took %.3f times as long, at most %.3f is allowed", what, best, most));
    }

    /**
     * Runs for a while, and on while it allocates: until the compiler is done with them, vectors are objects and take a hundred
     * times as long, and beside such a reference any subject would be fast.
     */
    private void warmUp(Runnable work) {
        long from = System.nanoTime();
        long took = 0;
        boolean allocates = true;
        while (took < WARM_UP_NANOS || allocates && took < MOST_WARM_UP_NANOS) {
            long before = threads.getCurrentThreadAllocatedBytes();
            work.run();
            allocates = threads.getCurrentThreadAllocatedBytes() > before;
            took = System.nanoTime() - from;
        }
    }

    private static long time(Runnable work) {
        long from = System.nanoTime();
        work.run();
        return System.nanoTime() - from;
    }
}
