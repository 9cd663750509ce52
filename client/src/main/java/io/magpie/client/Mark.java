package io.magpie.client;

/**
 * An item that a person has seen, or was shown; it moves no interest.
 *
 * @param profileId  whose, unsigned 64-bit; made if it is not there
 * @param source     number of the source that tells
 * @param itemId     which item, unsigned 64-bit
 * @param shown      true if it was shown, false if it was seen
 * @param timeMillis when, milliseconds since 1970
 */
public record Mark(long profileId, int source, long itemId, boolean shown, long timeMillis) {}
