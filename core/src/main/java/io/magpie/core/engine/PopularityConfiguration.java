package io.magpie.core.engine;

/**
 * How fast popularity fades. Immutable.
 *
 * @param popularHalfLifeMillis  after which an event counts half for what is popular, in milliseconds
 * @param trendingHalfLifeMillis the same for what is trending: shorter
 */
public record PopularityConfiguration(long popularHalfLifeMillis, long trendingHalfLifeMillis) {
    /** Thirty days, and one. */
    public static final PopularityConfiguration DEFAULT =
            new PopularityConfiguration(30 * 24 * 3_600_000L, 24 * 3_600_000L);

    /**
     * @throws IllegalArgumentException if a half-life is not positive
     */
    public PopularityConfiguration {
        if (popularHalfLifeMillis < 1 || trendingHalfLifeMillis < 1) {
            throw new IllegalArgumentException("a half-life of popularity is 1 ms or more: popularHalfLifeMillis="
                    + popularHalfLifeMillis + " trendingHalfLifeMillis=" + trendingHalfLifeMillis);
        }
    }
}
