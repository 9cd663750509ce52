package io.magpie.client;

/**
 * A slot to be set.
 *
 * @param person     whose; made if not there
 * @param source     number of the source
 * @param spaceId    space of the vector
 * @param vector     {@code float32[dimension]}, finite; read during the call only
 * @param evidence   what stands behind it, 0 or more
 * @param timeMillis time of its last event, milliseconds since 1970
 */
public record SlotUpdate(Person person, int source, int spaceId, float[] vector, double evidence, long timeMillis) {
    /** A slot of a profile. */
    public SlotUpdate(long profileId, int source, int spaceId, float[] vector, double evidence, long timeMillis) {
        this(Person.profile(profileId), source, spaceId, vector, evidence, timeMillis);
    }

    /** Returns whose it is, unsigned 64-bit; 2^64-1 if an identity says so. */
    public long profileId() {
        return person.profileId();
    }
}
