package io.magpie.client;

/**
 * A slot to be set.
 *
 * @param profileId  whose, unsigned 64-bit; made if it is not there
 * @param source     number of the source
 * @param spaceId    space of the vector
 * @param vector     {@code float32[dimension]}, finite; read during the call only
 * @param evidence   what stands behind it, 0 or more
 * @param timeMillis time of its last event, milliseconds since 1970
 */
public record SlotUpdate(long profileId, int source, int spaceId, float[] vector, double evidence, long timeMillis) {}
