package io.magpie.client;

import java.util.function.LongUnaryOperator;

/**
 * How long to wait before the next attempt to connect: the bound doubles with every failure up to a limit, and the wait
 * is drawn evenly from 0 to the bound ("full jitter"), so that clients who lost one server do not come back together.
 */
final class Backoff {
    private final long firstNanos;
    private final long mostNanos;
    private final LongUnaryOperator random;
    private long boundNanos;

    /**
     * @param random returns an evenly drawn number from 0 to its argument, the argument excluded
     */
    Backoff(long firstNanos, long mostNanos, LongUnaryOperator random) {
        this.firstNanos = firstNanos;
        this.mostNanos = mostNanos;
        this.random = random;
        this.boundNanos = firstNanos;
    }

    /** Returns the next wait and doubles the bound. */
    long nextNanos() {
        long wait = random.applyAsLong(boundNanos + 1);
        boundNanos = Math.min(mostNanos, 2 * boundNanos);
        return wait;
    }

    /** An attempt succeeded. */
    void reset() {
        boundNanos = firstNanos;
    }
}
