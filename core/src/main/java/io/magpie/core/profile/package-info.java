/**
 * What is held for one person and for one item, decoded: mutable records that are reused, and the byte layouts
 * ({@code *Descriptor}) and codecs that turn them into the images that the maps and the update log hold. Depends on
 * {@code index} for item attributes, and on nothing that stores.
 */
package io.magpie.core.profile;
