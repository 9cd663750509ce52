package io.magpie.client;

/**
 * Something that a person did with an item.
 *
 * @param profileId  whose, unsigned 64-bit; made if it is not there
 * @param source     number of the source
 * @param itemId     on which item, unsigned 64-bit
 * @param strength   how much it says; may be negative
 * @param timeMillis when, milliseconds since 1970
 * @param eventId    names the event, so that a repeat can be told; 0 for none
 */
public record Event(long profileId, int source, long itemId, double strength, long timeMillis, long eventId) {
    /** An event without a name. */
    public Event(long profileId, int source, long itemId, double strength, long timeMillis) {
        this(profileId, source, itemId, strength, timeMillis, 0);
    }
}
