package io.magpie.core.index;

/**
 * One question to an {@link ItemIndex} and, after the search, its answer. Reusable, so that a request allocates
 * nothing: {@link #clear()}, fill, search, read. Not thread-safe; owned by the thread that searches.
 */
public final class ItemQuery {
    /** No deadline. */
    public static final long NO_DEADLINE = Long.MAX_VALUE;

    private final float[] vector;
    private final ItemFilter filter = new ItemFilter();
    private int limit;
    private long deadlineNanos;

    private long[] ids = new long[64];
    private float[] scores = new float[64];
    private int count;
    private boolean cutOff;
    private float unseenBound;
    private long scannedItems;
    private long scoredItems;

    /**
     * @param dimension the length of the query's vector
     */
    public ItemQuery(int dimension) {
        vector = new float[dimension];
        clear();
    }

    /** Forgets question and answer; the vector keeps its values until they are overwritten. */
    public void clear() {
        limit = 10;
        deadlineNanos = NO_DEADLINE;
        filter.clear();
        clearAnswer();
    }

    /** Forgets the answer. Called by the index when a search starts. */
    public void clearAnswer() {
        count = 0;
        cutOff = false;
        unseenBound = Float.NEGATIVE_INFINITY;
        scannedItems = 0;
        scoredItems = 0;
    }

    /** Returns the query vector, {@code float32[dimension]}, to be written in place. Every value must be finite. */
    public float[] vector() {
        return vector;
    }

    /** Returns the filter, to be filled in place. */
    public ItemFilter filter() {
        return filter;
    }

    /** Returns how many items are asked for. */
    public int limit() {
        return limit;
    }

    /**
     * @param limit how many items are asked for, 1 or more; the answer holds fewer when fewer pass
     */
    public void limit(int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("a query asks for one item or more: limit=" + limit);
        }
        this.limit = limit;
    }

    /** Returns the {@link System#nanoTime()} after which the search gives up, or {@link #NO_DEADLINE}. */
    public long deadlineNanos() {
        return deadlineNanos;
    }

    /** Sets the {@link System#nanoTime()} after which the search gives up and says what it did not see. */
    public void deadlineNanos(long deadlineNanos) {
        this.deadlineNanos = deadlineNanos;
    }

    /** Returns how many items the answer holds, best first: score descending, then id ascending (unsigned). */
    public int count() {
        return count;
    }

    /** Returns the id of the item at {@code rank}, from 0. */
    public long id(int rank) {
        return ids[rank];
    }

    /** Returns the score of the item at {@code rank}, from 0. */
    public float score(int rank) {
        return scores[rank];
    }

    /** Returns whether the search stopped at its deadline. */
    public boolean cutOff() {
        return cutOff;
    }

    /** Returns a score that no item left unseen by a {@link #cutOff()} search can exceed. */
    public float unseenBound() {
        return unseenBound;
    }

    /** Returns how many items were looked at in any form. */
    public long scannedItems() {
        return scannedItems;
    }

    /** Returns how many items got their real score. */
    public long scoredItems() {
        return scoredItems;
    }

    /** Appends to the answer, best first. For the index. */
    public void append(long itemId, float score) {
        if (count == ids.length) {
            ids = java.util.Arrays.copyOf(ids, 2 * count);
            scores = java.util.Arrays.copyOf(scores, 2 * count);
        }
        ids[count] = itemId;
        scores[count++] = score;
    }

    /** Says that the search stopped at its deadline, and how good an unseen item may be. For the index. */
    public void cutOff(float bound) {
        cutOff = true;
        unseenBound = bound;
    }

    /** Says what the search cost. For the index. */
    public void cost(long scanned, long scored) {
        scannedItems = scanned;
        scoredItems = scored;
    }
}
