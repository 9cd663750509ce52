package io.magpie.core.ranking;

import io.magpie.core.Outcome;

/**
 * What a request asks of its ranking beside the vector and the filter: page, boosts, cap, diversity, pins. Reusable: filled
 * again after {@link #clear()} it allocates nothing once its lists have grown. Not thread-safe; it belongs to one request.
 */
public final class RankingRules {
    /** The most items from the first page's first to this page's last: offset and limit together. */
    public static final int MOST_DEPTH = 100_000;

    /** The most boosts of one request. */
    public static final int MOST_BOOSTS = 4_096;

    /** The most pins of one request. */
    public static final int MOST_PINS = 256;

    /** The largest pool that is ordered for diversity: 2,048 x 2,048 / 2 inner products at most. */
    public static final int MOST_POOL = 2_048;

    /** The smallest default pool. */
    public static final int LEAST_DEFAULT_POOL = 100;

    /** The default pool holds this many times the page. */
    public static final int DEFAULT_POOL_PAGES = 10;

    /** No boost is larger, in either direction: far beyond use, and sums stay finite. */
    public static final double LARGEST_BOOST = 1e9;

    /** Holds from ever. */
    public static final long ALWAYS_FROM = Long.MIN_VALUE;

    /** Holds for ever. */
    public static final long ALWAYS_UNTIL = Long.MAX_VALUE;

    final TimedItems boosts = new TimedItems();
    final TimedItems pins = new TimedItems();
    private int limit;
    private int offset;
    private int capPerCategory;
    private double lambda;
    private int pool;

    /** Creates rules that ask for the ten best. */
    public RankingRules() {
        clear();
    }

    /** Asks for the ten best, as they are. */
    public void clear() {
        boosts.clear();
        pins.clear();
        limit = 10;
        offset = 0;
        capPerCategory = 0;
        lambda = 1;
        pool = 0;
    }

    /** Asks for this many items; the index's own bound holds: 1 or more. */
    public void limit(int items) {
        if (items < 1) {
            throw new IllegalArgumentException("a request asks for one item or more: limit=" + items);
        }
        limit = items;
    }

    /** Returns how many items are asked for. */
    public int limit() {
        return limit;
    }

    /** Leaves out the first items of the ranking, which earlier pages held. */
    public Outcome offset(int items) {
        if (items < 0 || items >= MOST_DEPTH) {
            return Outcome.OUT_OF_RANGE;
        }
        offset = items;
        return Outcome.OK;
    }

    /** Returns how many items of the ranking earlier pages held. */
    public int offset() {
        return offset;
    }

    /** Returns whether offset and limit together stay within {@link #MOST_DEPTH}. */
    public boolean isDepthInRange() {
        return (long) offset + limit <= MOST_DEPTH;
    }

    /** Allows at most this many items of a category in the whole ranking, pages together; 0 for any number. */
    public Outcome capPerCategory(int items) {
        if (items < 0) {
            return Outcome.OUT_OF_RANGE;
        }
        capPerCategory = items;
        return Outcome.OK;
    }

    int capPerCategory() {
        return capPerCategory;
    }

    /**
     * Orders the best items for diversity.
     *
     * @param relevance what the score counts, 0..1; the rest is what likeness to those before it costs; 1 changes nothing
     * @param candidates how many of the best are ordered, 1..{@link #MOST_POOL}; 0 for ten pages of this request, at least
     *     {@link #LEAST_DEFAULT_POOL} and at most {@link #MOST_POOL}
     */
    public Outcome diversity(double relevance, int candidates) {
        if (!(relevance >= 0 && relevance <= 1) || candidates < 0 || candidates > MOST_POOL) {
            return Double.isNaN(relevance) ? Outcome.NOT_FINITE : Outcome.OUT_OF_RANGE;
        }
        lambda = relevance;
        pool = candidates;
        return Outcome.OK;
    }

    boolean isDiverse() {
        return lambda < 1;
    }

    double lambda() {
        return lambda;
    }

    int pool() {
        if (pool > 0) {
            return pool;
        }
        long pages = (long) DEFAULT_POOL_PAGES * limit;
        return (int) Math.min(MOST_POOL, Math.max(LEAST_DEFAULT_POOL, pages));
    }

    /**
     * Adds to an item's score. Boosts of one item add up. An item that is unknown or does not pass stays out.
     *
     * @param amount      finite, at most {@link #LARGEST_BOOST} in size; negative pushes down
     * @param fromMillis  from when on, against the answer's time, or {@link #ALWAYS_FROM}
     * @param untilMillis before when, or {@link #ALWAYS_UNTIL}
     */
    public Outcome boost(long itemId, double amount, long fromMillis, long untilMillis) {
        if (itemId == -1L) {
            return Outcome.RESERVED_ID;
        }
        if (!Double.isFinite(amount)) {
            return Outcome.NOT_FINITE;
        }
        if (Math.abs(amount) > LARGEST_BOOST || fromMillis > untilMillis || boosts.count() == MOST_BOOSTS) {
            return Outcome.OUT_OF_RANGE;
        }
        boosts.add(itemId, amount, fromMillis, untilMillis);
        return Outcome.OK;
    }

    /**
     * Puts an item at a position of the ranking, counted from 0 over all pages. The first pin of an item that holds is the
     * one that counts.
     *
     * @param position    0..{@link #MOST_DEPTH}-1; beyond the ranking's end it means the end
     * @param fromMillis  from when on, against the answer's time, or {@link #ALWAYS_FROM}
     * @param untilMillis before when, or {@link #ALWAYS_UNTIL}
     */
    public Outcome pin(long itemId, int position, long fromMillis, long untilMillis) {
        if (itemId == -1L) {
            return Outcome.RESERVED_ID;
        }
        if (position < 0 || position >= MOST_DEPTH || fromMillis > untilMillis || pins.count() == MOST_PINS) {
            return Outcome.OUT_OF_RANGE;
        }
        pins.add(itemId, position, fromMillis, untilMillis);
        return Outcome.OK;
    }

    /** Returns how deep the ranking must be known, pins apart. */
    int depth() {
        int page = offset + limit;
        return isDiverse() ? Math.max(page, pool()) : page;
    }

    /** Returns whether the answer is the index's own, but for the page. */
    boolean isPlain() {
        return capPerCategory == 0 && !isDiverse();
    }
}
