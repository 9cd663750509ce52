package io.magpie.load.scenario;

import java.util.List;

/**
 * What is held for a person, as this process knows it.
 *
 * @param id    profile id
 * @param slots those that consent allows for recommendations
 * @param seen  items that are kept out when seen ones are not wanted
 */
public record KnownProfile(long id, List<Slot> slots, List<Long> seen) {
    /**
     * One usable slot.
     *
     * @param source number of the source
     * @param vector {@code float32[dimension]}, not to be changed
     * @param evidence above 0
     */
    public record Slot(int source, float[] vector, double evidence) {}
}
