package io.magpie.client;

/**
 * Consent to be set.
 *
 * @param profileId  whose, unsigned 64-bit; made if it is not there
 * @param source     number of the source
 * @param purpose    number of the purpose; 0 is to recommend
 * @param state      what was said
 * @param timeMillis when, milliseconds since 1970
 */
public record ConsentUpdate(long profileId, int source, int purpose, ConsentState state, long timeMillis) {}
