package io.magpie.core.engine;

import io.magpie.core.index.ItemIndex;
import io.magpie.core.index.LiveItemIndex;
import io.magpie.core.profile.ItemRecord;

/**
 * One set of items that answers can come from: its index, and what is popular among it. Any thread reads; the holder of
 * the store's lock writes.
 */
final class Catalogue {
    private final int edition;
    private final int spaceId;
    private final ItemIndex index;
    private final PopularityBoard popularity;
    private volatile float largestBias = Float.NEGATIVE_INFINITY;

    private Catalogue(int edition, int spaceId, ItemIndex index, PopularityBoard popularity) {
        this.edition = edition;
        this.spaceId = spaceId;
        this.index = index;
        this.popularity = popularity;
    }

    /** Makes one without items. */
    static Catalogue empty(int edition, int spaceId, EngineConfiguration configuration) {
        return new Catalogue(
                edition,
                spaceId,
                new LiveItemIndex(configuration.state().dimension()),
                new PopularityBoard(configuration.popularity(), PopularityBoard.DEFAULT_LISTED));
    }

    /** Returns the same items and index, said to be in another space: for one that turns out to be empty. */
    Catalogue inSpace(int otherSpaceId) {
        Catalogue moved = new Catalogue(edition, otherSpaceId, index, popularity);
        moved.largestBias = largestBias;
        return moved;
    }

    /** Returns the number of the set of items, from 1; never given again. */
    int edition() {
        return edition;
    }

    /** Returns the space of the items' vectors, unsigned 32-bit. */
    int spaceId() {
        return spaceId;
    }

    ItemIndex index() {
        return index;
    }

    PopularityBoard popularity() {
        return popularity;
    }

    /** Returns a bias that no item exceeds, nor ever did. */
    float largestBias() {
        return largestBias;
    }

    /** Takes in an item that the store holds, at the start. */
    void load(long version, ItemRecord item) {
        index.add(version, item.itemId(), item.vector(), item.bias(), item.attributes());
        largestBias = Math.max(largestBias, item.bias());
        popularity.restore(item);
    }

    /** Notes an item's bias, before the index has the item. Writer. */
    void noteBias(float bias) {
        if (bias > largestBias) {
            largestBias = bias;
        }
    }
}
