package io.magpie.client;

/**
 * Two that are the same person.
 *
 * @param one   a profile or an identity
 * @param other a profile or an identity
 */
public record Link(Person one, Person other) {}
