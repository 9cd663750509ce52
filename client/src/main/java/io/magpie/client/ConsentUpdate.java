package io.magpie.client;

/**
 * Consent to be set.
 *
 * @param person     whose; made if not there
 * @param source     number of the source
 * @param purpose    number of the purpose; 0 is to recommend
 * @param state      what was said
 * @param timeMillis when, milliseconds since 1970
 */
public record ConsentUpdate(Person person, int source, int purpose, ConsentState state, long timeMillis) {
    /** Consent of a profile. */
    public ConsentUpdate(long profileId, int source, int purpose, ConsentState state, long timeMillis) {
        this(Person.profile(profileId), source, purpose, state, timeMillis);
    }

    /** Returns whose it is, unsigned 64-bit; 2^64-1 if an identity says so. */
    public long profileId() {
        return person.profileId();
    }
}
