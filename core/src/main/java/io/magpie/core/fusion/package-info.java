/**
 * From a profile's slots to one vector: decay by age, the move of a slot by an event, and the consented, weighted sum.
 * Depends on {@code profile} alone.
 */
package io.magpie.core.fusion;
