package io.magpie.core.engine;

/**
 * Which sets of items there are, as of one moment. Immutable.
 *
 * @param live         the one that answers
 * @param other        the one beside it, or null
 * @param otherWasLive whether the one beside it was live before; if not, it is staged for the first time
 * @param freeingItems items of dropped sets that still take room in the store
 * @param maxItems     how many items the store takes, over all sets
 */
public record CatalogueStatus(Side live, Side other, boolean otherWasLive, long freeingItems, long maxItems) {
    /**
     * One set of items.
     *
     * @param edition      its number, from 1; never given again
     * @param spaceId      the space of its vectors, unsigned 32-bit
     * @param version      the catalogue version of the last change that its answers show
     * @param items        how many items it holds
     * @param unsealedItems rows that the index has not coded yet: they are searched one by one
     * @param rebuilding   whether its index is being rebuilt as a whole
     * @param bytesPerItem what its index holds an item, in bytes, vectors included
     */
    public record Side(
            int edition,
            int spaceId,
            long version,
            int items,
            int unsealedItems,
            boolean rebuilding,
            double bytesPerItem) {
        static Side of(Catalogue catalogue) {
            return new Side(
                    catalogue.edition(),
                    catalogue.spaceId(),
                    catalogue.index().version(),
                    catalogue.index().size(),
                    catalogue.index().unsealedRows(),
                    catalogue.index().isRebuilding(),
                    catalogue.index().bytesPerItem());
        }
    }
}
