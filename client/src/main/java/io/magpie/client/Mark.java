package io.magpie.client;

/**
 * An item that a person has seen, or was shown; it moves no interest.
 *
 * @param person     who; made if not there
 * @param source     number of the source that tells
 * @param itemId     which item, unsigned 64-bit
 * @param shown      true if it was shown, false if it was seen
 * @param timeMillis when, milliseconds since 1970
 */
public record Mark(Person person, int source, long itemId, boolean shown, long timeMillis) {
    /** A mark of a profile. */
    public Mark(long profileId, int source, long itemId, boolean shown, long timeMillis) {
        this(Person.profile(profileId), source, itemId, shown, timeMillis);
    }

    /** Returns whose it is, unsigned 64-bit; 2^64-1 if an identity says so. */
    public long profileId() {
        return person.profileId();
    }
}
