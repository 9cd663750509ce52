package io.magpie.load.generator;

import java.util.SplittableRandom;

/**
 * When requests are meant to be sent, as offsets from the start of the run. It depends on nothing that happens in the
 * run: a stalled server shifts no later request. Not thread-safe.
 */
public abstract class ArrivalSchedule {
    private static final double NANOS_PER_SECOND = 1e9;

    /** Returns the next offset in nanoseconds, never below the one before. */
    public abstract long nextOffsetNanos();

    /**
     * Equal gaps.
     *
     * @param ratePerSecond requests a second, above 0
     * @param phase         where in the first gap to begin, 0 (inclusive) to 1: so that several schedules interleave
     */
    public static ArrivalSchedule fixed(double ratePerSecond, double phase) {
        requireRate(ratePerSecond);
        return new ArrivalSchedule() {
            private long count;

            @Override
            public long nextOffsetNanos() {
                // From the count, not from the offset before: rounding must not add up.
                return (long) ((count++ + phase) * NANOS_PER_SECOND / ratePerSecond);
            }
        };
    }

    /**
     * Arrivals of a Poisson process, as many independent callers make: gaps are exponential, bursts happen.
     *
     * @param ratePerSecond mean requests a second, above 0
     * @param seed          the same seed gives the same arrivals
     */
    public static ArrivalSchedule poisson(double ratePerSecond, long seed) {
        requireRate(ratePerSecond);
        SplittableRandom random = new SplittableRandom(seed);
        return new ArrivalSchedule() {
            private double offsetNanos;

            @Override
            public long nextOffsetNanos() {
                offsetNanos -= Math.log(1 - random.nextDouble()) * NANOS_PER_SECOND / ratePerSecond;
                return (long) offsetNanos;
            }
        };
    }

    /**
     * This schedule, and another one from an offset on.
     *
     * @param fromNanos where the other one's offset 0 lies
     */
    ArrivalSchedule until(long fromNanos, ArrivalSchedule then) {
        ArrivalSchedule first = this;
        return new ArrivalSchedule() {
            private boolean over;

            @Override
            public long nextOffsetNanos() {
                if (!over) {
                    long offset = first.nextOffsetNanos();
                    if (offset < fromNanos) {
                        return offset;
                    }
                    over = true;
                }
                return fromNanos + then.nextOffsetNanos();
            }
        };
    }

    private static void requireRate(double ratePerSecond) {
        if (!(ratePerSecond > 0) || ratePerSecond > NANOS_PER_SECOND) {
            throw new IllegalArgumentException("a rate is above 0 and at most 1e9: ratePerSecond=" + ratePerSecond);
        }
    }
}
