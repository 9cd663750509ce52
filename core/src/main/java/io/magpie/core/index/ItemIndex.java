package io.magpie.core.index;

/**
 * Finds the best items for a vector, exactly: the same items, in the same order, with the same scores, as scoring every
 * item (see {@link io.magpie.core.vector}, which defines the score). Derived from the item store; can always be rebuilt.
 *
 * <p>Thread contract: {@link #put}, {@link #add}, {@link #patch} and {@link #remove} are called by one thread at a time (the holder
 * of the writer lock); any number of threads search beside it, each through a {@link Searcher} of its own. A change is
 * seen by every search that starts after the call returned. Each change carries the catalogue version that it makes; a
 * search sees the catalogue as of one version and names it ({@link Searcher#version()}).
 */
public interface ItemIndex extends AutoCloseable {
    /** Returns the length of every vector. */
    int dimension();

    /** Returns how many items it holds. Any thread. */
    int size();

    /**
     * Adds an item, or replaces the one of this id.
     *
     * @param version    the catalogue version that this change makes; higher than the one before
     * @param itemId     unsigned 64-bit, not 2^64-1
     * @param vector     {@code float32[dimension]}, finite; copied
     * @param bias       finite; added to the inner product
     * @param attributes what filters ask of it
     */
    void put(long version, long itemId, float[] vector, float bias, ItemAttributes attributes);

    /**
     * Adds an item that is not there, as the caller knows: no segment is asked for it. Else as {@link #put}.
     *
     * @param itemId of no item that is held: one that is would be found twice
     */
    void add(long version, long itemId, float[] vector, float bias, ItemAttributes attributes);

    /**
     * Replaces an item's attributes.
     *
     * @param version as in {@link #put}
     * @return false if there is no such item
     */
    boolean patch(long version, long itemId, ItemAttributes attributes);

    /**
     * Removes an item.
     *
     * @param version as in {@link #put}
     * @return false if there is no such item
     */
    boolean remove(long version, long itemId);

    /** Makes a searcher for the calling thread. It holds scratch memory: make one per thread and keep it. */
    Searcher newSearcher();

    /**
     * Waits until background work on all earlier changes is done, for measuring and bulk loads. Answers are the same
     * before and after; called by a thread that holds no writer lock for long.
     */
    void settle();

    /** Returns the catalogue version that a search which starts now names. Any thread. */
    long version();

    /**
     * Makes searches name a later catalogue version from now on, with the same items. Writer.
     *
     * @param version not below the one before
     */
    void advance(long version);

    /**
     * Begins to build everything anew in the background, with order and codes chosen from what is held now. Searches and
     * changes go on; answers are the same before, meanwhile and after. Any thread; does not wait.
     */
    void rebuild();

    /** Returns whether what {@link #rebuild} began is not done yet. Any thread. */
    boolean isRebuilding();

    /** Returns how many rows are not coded yet, and so are searched one by one. Any thread. */
    int unsealedRows();

    /** Returns how many bytes the index holds an item, vectors included, id map and filter columns not. Any thread. */
    double bytesPerItem();

    /** Stops background work and frees memory. No search may be running. */
    @Override
    void close();

    /** One thread's way into the index. Not thread-safe. */
    interface Searcher {
        /**
         * Answers the first {@code count} queries, each in place. Answers do not depend on how queries are batched.
         * Allocates nothing once its scratch has grown. A search for no query only looks up the {@link #version()}.
         */
        void search(ItemQuery[] queries, int count);

        /** Returns the catalogue version that the last search saw: all its queries saw the same. */
        long version();

        /**
         * Reads an item's vector.
         *
         * @param into {@code float32[dimension]}, overwritten
         * @return false, and {@code into} untouched, if there is no such item
         */
        boolean vector(long itemId, float[] into);

        /**
         * Scores one item.
         *
         * @param vector {@code float32[dimension]}
         * @return the score, or NaN if there is no such item
         */
        float score(long itemId, float[] vector);
    }
}
