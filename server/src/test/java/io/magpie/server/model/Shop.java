package io.magpie.server.model;

import io.magpie.client.ItemAttributes;
import java.util.Map;
import java.util.TreeMap;

/** A catalogue: its items and how often each was met. */
final class Shop {
    static final long POPULAR_HALF_LIFE = 30L * 86_400_000;
    static final long TRENDING_HALF_LIFE = 86_400_000L;

    record Good(long version, float[] vector, float bias, ItemAttributes attributes, Counts counts) {}

    /** Two counts as of one second; 0 for never counted. */
    record Counts(double popular, double trending, long seconds) {
        static final Counts NONE = new Counts(0, 0, 0);

        Counts after(long timeMillis) {
            long event = timeMillis / 1000;
            long now = Math.max(seconds, event);
            return new Counts(
                    moved(popular, now, event, POPULAR_HALF_LIFE),
                    moved(trending, now, event, TRENDING_HALF_LIFE),
                    now);
        }

        private double moved(double before, long now, long event, long halfLife) {
            return before * Arithmetic.decay((now - seconds) * 1000, halfLife)
                    + Arithmetic.decay((now - event) * 1000, halfLife);
        }

        double at(boolean trend, long timeMillis) {
            return trend
                    ? trending * Arithmetic.decay(timeMillis - seconds * 1000, TRENDING_HALF_LIFE)
                    : popular * Arithmetic.decay(timeMillis - seconds * 1000, POPULAR_HALF_LIFE);
        }
    }

    final int number;
    final int spaceId;
    long version;
    boolean wasLive;
    final Map<Long, Good> goods = new TreeMap<>(Long::compareUnsigned);

    Shop(int number, int spaceId, long version) {
        this.number = number;
        this.spaceId = spaceId;
        this.version = version;
    }

    void count(long itemId, long timeMillis) {
        goods.computeIfPresent(
                itemId,
                (id, good) -> new Good(
                        good.version(),
                        good.vector(),
                        good.bias(),
                        good.attributes(),
                        good.counts().after(timeMillis)));
    }
}
