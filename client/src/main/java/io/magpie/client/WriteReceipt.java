package io.magpie.client;

/**
 * A change was made and will survive a killed server.
 *
 * @param catalogueVersion the catalogue's version after the change
 * @param spaceId          the live catalogue's space
 * @param timeMillis       the server's time of the answer, milliseconds since 1970
 * @param profileId        the profile that was reached, unsigned 64-bit: the one that was named, or that an identity or a
 *     merged profile leads to; 2^64-1 for a change of an item
 */
public record WriteReceipt(long catalogueVersion, int spaceId, long timeMillis, long profileId) {}
