package io.magpie.core.engine;

import io.magpie.core.index.ItemFilter;
import io.magpie.core.profile.SeenDescriptor;
import io.magpie.core.profile.SeenSet;
import org.agrona.collections.Long2LongHashMap;

/**
 * Turns what a person has seen and was shown into items that a search leaves out. Allocates nothing once its table has
 * grown. Not thread-safe.
 */
final class SeenFilter {
    private final long expirySeconds;
    private final Long2LongHashMap showings = new Long2LongHashMap(0);

    /**
     * @param expiryMillis after how long a seen item counts as unseen, unless the request says otherwise; 0 for never
     */
    SeenFilter(long expiryMillis) {
        expirySeconds = expiryMillis / 1_000;
    }

    /**
     * Leaves items out as the request wants it.
     *
     * @param withSeen whether seen items are left out
     * @param most     how often an item may have been shown before it is left out; 0 for any number
     * @return {@link AnswerFlag}s of what is not known any more
     */
    int leaveOut(SeenSet seen, Recommendation request, boolean withSeen, int most) {
        Question question = request.question;
        ItemFilter filter = request.query.filter();
        long nowSeconds = request.timeMillis / 1_000;
        // Later pages of a ranking must not be changed by the first one's having been shown.
        long lastSeconds = request.asOfMillis == 0 ? Long.MAX_VALUE : nowSeconds - 1;
        long seenFrom = from(nowSeconds, question.seenSeconds == 0 ? expirySeconds : question.seenSeconds);
        long shownFrom = from(nowSeconds, question.shownSeconds);
        if (!showings.isEmpty()) {
            showings.clear();
        }
        for (int i = 0; i < seen.count(); i++) {
            long time = Integer.toUnsignedLong(seen.timeSeconds(i));
            if (seen.kind(i) == SeenDescriptor.KIND_SHOWN) {
                if (most > 0 && time >= shownFrom && time <= lastSeconds && count(seen.itemId(i)) >= most) {
                    filter.exclude(seen.itemId(i));
                }
            } else if (withSeen && seen.kind(i) == SeenDescriptor.KIND_SEEN && time >= seenFrom) {
                filter.exclude(seen.itemId(i));
            }
        }
        return (withSeen && seen.truncated() ? AnswerFlag.SEEN_TRUNCATED : 0)
                | (most > 0 && seen.shownTruncated() ? AnswerFlag.SHOWN_TRUNCATED : 0);
    }

    private long count(long itemId) {
        long counted = showings.get(itemId) + 1;
        showings.put(itemId, counted);
        return counted;
    }

    /** Returns the first second of a window that ends now; all time for a length of 0. */
    private static long from(long nowSeconds, long lengthSeconds) {
        return lengthSeconds == 0 ? 0 : nowSeconds - lengthSeconds + 1;
    }
}
