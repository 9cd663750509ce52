package io.magpie.client;

/**
 * A change was made and will survive a killed server.
 *
 * @param catalogueVersion the catalogue's version after the change
 * @param spaceId          the live catalogue's space
 * @param timeMillis       the server's time of the answer, milliseconds since 1970
 */
public record WriteReceipt(long catalogueVersion, int spaceId, long timeMillis) {}
