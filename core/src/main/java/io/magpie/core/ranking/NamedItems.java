package io.magpie.core.ranking;

import io.magpie.core.index.ItemFilter;
import java.util.Arrays;
import org.agrona.collections.Long2LongHashMap;

/**
 * The items that a request names and the index cannot know of: boosted and pinned ones, as of the answer's time. They are
 * asked for by id in a query of their own, in the same search, so that they need not be among the best to be found. Not
 * thread-safe; it belongs to one request. Allocates nothing once it has grown.
 */
public final class NamedItems {
    /** The bits of a NaN, which is no amount. */
    private static final long NONE = Double.doubleToRawLongBits(Double.NaN);

    private static final long NO_PIN = -1;

    private final Long2LongHashMap amounts = new Long2LongHashMap(NONE);
    private final Long2LongHashMap pinOf = new Long2LongHashMap(NO_PIN);
    private long[] ids = new long[16];
    private int count;

    private final long[] pinIds = new long[RankingRules.MOST_PINS];
    private final int[] pinPositions = new int[RankingRules.MOST_PINS];
    private int pinCount;

    /** Empties it. */
    public void clear() {
        if (count > 0) {
            amounts.clear();
            count = 0;
        }
        if (pinCount > 0) {
            pinOf.clear();
            pinCount = 0;
        }
    }

    /** Takes in the boosts and pins that hold at a time. */
    public void resolve(RankingRules rules, long timeMillis) {
        for (int i = 0; i < rules.boosts.count(); i++) {
            if (rules.boosts.holds(i, timeMillis)) {
                add(rules.boosts.id(i), rules.boosts.value(i));
            }
        }
        for (int i = 0; i < rules.pins.count(); i++) {
            if (rules.pins.holds(i, timeMillis)) {
                pin(rules.pins.id(i), (int) rules.pins.value(i));
            }
        }
        for (int i = 0; i < pinCount; i++) {
            pinOf.put(pinIds[i], i);
        }
    }

    /** Adds to an item's amount. */
    public void add(long itemId, double amount) {
        long before = amounts.get(itemId);
        if (before == NONE) {
            if (count == ids.length) {
                ids = Arrays.copyOf(ids, 2 * count);
            }
            ids[count++] = itemId;
            amounts.put(itemId, Double.doubleToRawLongBits(amount));
        } else {
            amounts.put(itemId, Double.doubleToRawLongBits(Double.longBitsToDouble(before) + amount));
        }
    }

    /** Returns how many different items are named. */
    public int count() {
        return count;
    }

    /** Makes a filter pass the named items, and of these only what another filter passes. */
    public void fill(ItemFilter filter, ItemFilter asked) {
        filter.clear();
        filter.includeOnly();
        for (int i = 0; i < count; i++) {
            long id = ids[i];
            boolean included = !asked.isIncludeOnly() || asked.included().contains(id);
            if (included && !asked.excluded().contains(id)) {
                filter.include(id);
            }
        }
        for (int i = 0; i < asked.categoryCount(); i++) {
            filter.addCategory(asked.category(i));
        }
        filter.priceMinorRange(asked.priceMinorFrom(), asked.priceMinorTo());
        for (int i = 0; i < asked.tagsAllCount(); i++) {
            filter.addTagAll(asked.tagAll(i));
        }
        for (int i = 0; i < asked.tagsAnyCount(); i++) {
            filter.addTagAny(asked.tagAny(i));
        }
        for (int i = 0; i < asked.tagsNoneCount(); i++) {
            filter.addTagNone(asked.tagNone(i));
        }
        filter.inStockOnly(asked.isInStockOnly());
        filter.hiddenToo(asked.isHiddenToo());
    }

    boolean isNamed(long itemId) {
        return count > 0 && amounts.get(itemId) != NONE;
    }

    /** Returns a named item's score: its own and the amount in double, rounded once to float32. */
    float boosted(long itemId, float score) {
        return (float) (score + Double.longBitsToDouble(amounts.get(itemId))) + 0.0f;
    }

    int pinCount() {
        return pinCount;
    }

    /** Returns the number of an item's pin, in order of position, or -1. */
    int pinOf(long itemId) {
        return pinCount == 0 ? -1 : (int) pinOf.get(itemId);
    }

    int pinPosition(int pin) {
        return pinPositions[pin];
    }

    long pinId(int pin) {
        return pinIds[pin];
    }

    /** Inserts by position, behind those of the same; an item that is pinned already stays where it is. */
    private void pin(long itemId, int position) {
        for (int i = 0; i < pinCount; i++) {
            if (pinIds[i] == itemId) {
                return;
            }
        }
        int at = pinCount++;
        while (at > 0 && pinPositions[at - 1] > position) {
            pinIds[at] = pinIds[at - 1];
            pinPositions[at] = pinPositions[at - 1];
            at--;
        }
        pinIds[at] = itemId;
        pinPositions[at] = position;
        add(itemId, 0);
    }
}
