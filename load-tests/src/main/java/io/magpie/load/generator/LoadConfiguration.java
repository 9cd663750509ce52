package io.magpie.load.generator;

import java.time.Duration;

/**
 * How a run is driven. Immutable; thread-safe.
 *
 * @param mode          when requests are sent
 * @param ratePerSecond target of all connections together; not used by {@link Mode#CLOSED}
 * @param warmUpRate    the same while warming up: another one shows how a server fares when the load changes
 * @param warmUp        time before the measured one, not counted
 * @param duration      the measured time
 * @param connections   at least 1
 * @param pipeline      most requests in flight on a connection, 1 to 65,536
 * @param eventLoops    threads that send and receive, at least 1 and at most the connections
 * @param spin          how long before a request is due the event loop polls instead of sleeping; zero never polls. A closed
 *                      loop, which is always due, polls for answers unless it is zero
 * @param drain         how long answers are waited for after the last request
 * @param patience      how long after its time a request may still leave; after that it never does, as those who would have
 *                      asked it have given up. Zero: as late as it may be
 */
public record LoadConfiguration(
        Mode mode,
        double ratePerSecond,
        double warmUpRate,
        Duration warmUp,
        Duration duration,
        int connections,
        int pipeline,
        int eventLoops,
        Duration spin,
        Duration drain,
        Duration patience) {
    /** When requests are sent. */
    public enum Mode {
        /** At equal gaps. */
        FIXED,
        /** At random times, as many independent callers would. */
        POISSON,
        /** As soon as an answer came: finds the peak, and its latencies count from the sending. */
        CLOSED
    }

    /**
     * The generator never sleeps. For one that has a processor to itself: a processor that sleeps between requests has to be
     * woken, and a host that shares it out takes milliseconds now and then to give it back, which then look like the server's.
     */
    public static final Duration ALWAYS_AWAKE = Duration.ofDays(1);

    /** Seed of arrivals. */
    static final long ARRIVAL_SEED = 20_261_122;

    /** Checks every value. */
    public LoadConfiguration {
        if (mode != Mode.CLOSED && !(ratePerSecond > 0 && warmUpRate > 0)) {
            throw new IllegalArgumentException("the rate must be above 0: rate=" + ratePerSecond);
        }
        requirePositive("duration", duration.toMillis());
        requirePositive("connections", connections);
        requirePositive("pipeline", pipeline);
        requirePositive("eventLoops", eventLoops);
        eventLoops = Math.min(eventLoops, connections);
    }

    /** Warms up with the load that is measured. */
    public LoadConfiguration(
            Mode mode,
            double ratePerSecond,
            Duration warmUp,
            Duration duration,
            int connections,
            int pipeline,
            int eventLoops,
            Duration spin,
            Duration drain) {
        this(
                mode,
                ratePerSecond,
                ratePerSecond,
                warmUp,
                duration,
                connections,
                pipeline,
                eventLoops,
                spin,
                drain,
                Duration.ZERO);
    }

    /** Returns the same with another load before, for another time. */
    public LoadConfiguration after(Duration before, double rateBefore) {
        return with(before, rateBefore, duration, patience);
    }

    /** Returns the same, measured for another time. */
    public LoadConfiguration during(Duration measured) {
        return with(warmUp, warmUpRate, measured, patience);
    }

    /** Returns the same, but requests that are later than this never leave. */
    public LoadConfiguration givingUpAfter(Duration late) {
        return with(warmUp, warmUpRate, duration, late);
    }

    private LoadConfiguration with(Duration before, double rateBefore, Duration measured, Duration late) {
        return new LoadConfiguration(
                mode,
                ratePerSecond,
                rateBefore,
                before,
                measured,
                connections,
                pipeline,
                eventLoops,
                spin,
                drain,
                late);
    }

    private static void requirePositive(String name, long value) {
        if (value <= 0) {
            throw new IllegalArgumentException(name + " must be above 0: " + name + "=" + value);
        }
    }
}
