package io.magpie.core.ranking;

/**
 * Reads what the index's answer does not carry of an item. Not thread-safe; allocates nothing.
 */
public interface ItemLookup {
    /**
     * Reads an item of an answer.
     *
     * @param version the catalogue version that the answer came from
     * @return false if the item has changed or gone since, so that what can be read is not what the answer saw
     */
    boolean read(long itemId, long version);

    /** Returns the category of the item read last; 0 if it has gone. */
    int category();

    /** Returns the vector of the item read last, {@code float32[dimension]}, zeros if it has gone. Not a copy. */
    float[] vector();
}
