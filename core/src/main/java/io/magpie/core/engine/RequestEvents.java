package io.magpie.core.engine;

import io.magpie.core.Outcome;
import java.util.Arrays;

/** Events that a request records before it is answered, and how each ended. Grows and is reused. Not thread-safe. */
final class RequestEvents {
    private int[] sources = new int[4];
    private long[] itemIds = new long[4];
    private double[] strengths = new double[4];
    private long[] timesMillis = new long[4];
    private long[] eventIds = new long[4];
    private Outcome[] outcomes = new Outcome[4];
    private int count;

    void clear() {
        count = 0;
    }

    int count() {
        return count;
    }

    void add(int source, long itemId, double strength, long timeMillis, long eventId) {
        if (count == sources.length) {
            int size = 2 * count;
            sources = Arrays.copyOf(sources, size);
            itemIds = Arrays.copyOf(itemIds, size);
            strengths = Arrays.copyOf(strengths, size);
            timesMillis = Arrays.copyOf(timesMillis, size);
            eventIds = Arrays.copyOf(eventIds, size);
            outcomes = Arrays.copyOf(outcomes, size);
        }
        sources[count] = source;
        itemIds[count] = itemId;
        strengths[count] = strength;
        timesMillis[count] = timeMillis;
        eventIds[count] = eventId;
        outcomes[count++] = Outcome.OK;
    }

    /** Records all, in order, each as a change of its own: one that is refused does not hold up the next. */
    void record(Engine engine, Person who) {
        for (int i = 0; i < count; i++) {
            outcomes[i] = engine.profiles()
                    .recordEvent(
                            who,
                            sources[i],
                            itemIds[i],
                            strengths[i],
                            timesMillis[i],
                            eventIds[i],
                            ProfileWriter.ANY_VERSION);
        }
    }

    Outcome outcome(int index) {
        return outcomes[index];
    }
}
