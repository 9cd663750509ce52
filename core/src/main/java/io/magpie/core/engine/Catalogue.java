package io.magpie.core.engine;

import io.magpie.core.index.ItemIndex;

/**
 * The items that answers come from. Immutable; the index inside it is live.
 *
 * @param spaceId the space of the items' vectors, unsigned 32-bit
 * @param index   the index over them
 */
record Catalogue(int spaceId, ItemIndex index) {}
