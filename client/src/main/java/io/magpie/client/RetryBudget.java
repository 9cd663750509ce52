package io.magpie.client;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Bounds retries to a tenth of what succeeds, with a small reserve, so that a server in trouble is not asked three times
 * as much. Thread-safe.
 */
final class RetryBudget {
    private static final int RETRY_COST = 10;
    private static final int MOST = 100 * RETRY_COST;

    private final AtomicInteger tenths = new AtomicInteger(MOST);

    void onSuccess() {
        int now = tenths.get();
        if (now < MOST) {
            // A lost race loses a tenth of a retry, which nobody misses.
            tenths.compareAndSet(now, now + 1);
        }
    }

    /** Returns whether a retry may be made, and takes it from the budget. */
    boolean tryRetry() {
        int now;
        do {
            now = tenths.get();
            if (now < RETRY_COST) {
                return false;
            }
        } while (!tenths.compareAndSet(now, now - RETRY_COST));
        return true;
    }
}
