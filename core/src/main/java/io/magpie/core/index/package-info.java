/**
 * The catalogue's index: which items are best for a vector, exactly. Depends on {@code vector} alone; knows nothing of
 * profiles, stores or requests.
 */
package io.magpie.core.index;
