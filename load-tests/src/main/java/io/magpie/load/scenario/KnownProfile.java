package io.magpie.load.scenario;

import java.util.List;
import java.util.Set;

/**
 * What is held for a person, as this process knows it, of the sources that consent lets recommendations use.
 *
 * @param id        profile id
 * @param slots     in the order of their sources
 * @param seenCount how many seen items those sources told of
 * @param seen      all seen items, of any source: what is kept out when seen ones are not wanted
 */
public record KnownProfile(long id, List<Slot> slots, int seenCount, Set<Long> seen) {
    /**
     * One slot.
     *
     * @param source     number of the source
     * @param vector     {@code float32[dimension]}, not to be changed
     * @param evidence   at {@code timeMillis}
     * @param timeMillis of its last event
     * @param put        whether it was put as a whole; events built it otherwise
     */
    public record Slot(int source, float[] vector, double evidence, long timeMillis, boolean put) {}
}
