package io.magpie.client;

/**
 * Something that a person did with an item.
 *
 * @param person     who; made if not there
 * @param source     number of the source
 * @param itemId     on which item, unsigned 64-bit
 * @param strength   how much it says; may be negative
 * @param timeMillis when, milliseconds since 1970
 * @param eventId    names the event, so that a repeat can be told; 0 for none
 */
public record Event(Person person, int source, long itemId, double strength, long timeMillis, long eventId) {
    /** An event without a name. */
    public Event(Person person, int source, long itemId, double strength, long timeMillis) {
        this(person, source, itemId, strength, timeMillis, 0);
    }

    /** An event of a profile. */
    public Event(long profileId, int source, long itemId, double strength, long timeMillis, long eventId) {
        this(Person.profile(profileId), source, itemId, strength, timeMillis, eventId);
    }

    /** An event of a profile, without a name. */
    public Event(long profileId, int source, long itemId, double strength, long timeMillis) {
        this(profileId, source, itemId, strength, timeMillis, 0);
    }

    /** Returns whose it is, unsigned 64-bit; 2^64-1 if an identity says so. */
    public long profileId() {
        return person.profileId();
    }
}
