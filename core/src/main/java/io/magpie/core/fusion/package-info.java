/**
 * From a profile's slots to one vector: decay by age, the move of a slot by an event, how much a source counts, and the
 * consented, weighted sum. Depends on {@code profile} and {@code vector} alone.
 */
package io.magpie.core.fusion;
