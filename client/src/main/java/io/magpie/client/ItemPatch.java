package io.magpie.client;

/**
 * Attributes to be set on an item; its vector and bias stay.
 *
 * @param itemId     unsigned 64-bit
 * @param attributes take the place of all that it has
 */
public record ItemPatch(long itemId, ItemAttributes attributes) {}
