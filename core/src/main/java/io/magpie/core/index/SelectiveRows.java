package io.magpie.core.index;

import java.util.Arrays;

/**
 * Which rows of a sealed segment a filter can pass at all, as of its sealing: by category, tag, price, stock and being
 * hidden. Rows patched since are kept apart by the segment. Immutable; thread-safe.
 */
final class SelectiveRows {
    /** A condition that leaves more than one row in so many is not worth marking rows for. */
    static final int WORTHWHILE = 8;

    private static final int NO_CONDITION = 0;
    private static final int CATEGORY = 1;
    private static final int TAG_ALL = 2;
    private static final int TAG_ANY = 3;
    private static final int PRICE = 4;
    private static final int IN_STOCK = 5;
    private static final int TAG_NONE = 6;
    private static final int VISIBLE = 7;
    private static final int CONDITIONS = 8;
    private static final int ROW_BITS = 31;
    private static final int IN_STOCK_KEY = 1;
    private static final int VISIBLE_KEY = 1;

    private final int rows;
    private final Postings categories;
    private final Postings tags;
    /** Of each tag that most rows bear, the rows that do not. */
    private final Postings withoutTag;
    /** Rows in stock, under one key; null unless few are. */
    private final Postings inStock;
    /** Rows that are not hidden, under one key; null unless few are. */
    private final Postings visible;
    /** Rows by price, ascending. */
    private final int[] byPrice;

    private final long[] prices;

    SelectiveRows(Segment segment, int rows) {
        this.rows = rows;
        AttributeColumns attributes = segment.attributes;
        long[] category = new long[rows];
        long[] stock = new long[rows];
        long[] shown = new long[rows];
        int shownRows = 0;
        long[] tag = new long[Math.max(16, rows)];
        int filled = 0;
        int stocked = 0;
        int tagged = 0;
        long[] price = new long[rows];
        for (int row = 0; row < rows; row++) {
            if (!segment.isVisible(row, 0)) {
                continue;
            }
            int record = attributes.record(row, 0);
            category[filled] = (long) attributes.category(record) << 32 | row;
            // Prices that do not fit beside a row number are rounded down: a range is then marked a little too wide.
            price[filled++] = Math.min(attributes.priceMinor(record), (1L << 63 - ROW_BITS) - 1) << ROW_BITS | row;
            if (attributes.inStock(record)) {
                stock[stocked++] = (long) IN_STOCK_KEY << 32 | row;
            }
            if (!attributes.hidden(record)) {
                shown[shownRows++] = (long) VISIBLE_KEY << 32 | row;
            }
            for (int i = 0; i < attributes.tagCount(record); i++) {
                if (tagged == tag.length) {
                    tag = Arrays.copyOf(tag, 2 * tagged);
                }
                tag[tagged++] = (long) attributes.tag(record, i) << 32 | row;
            }
        }
        categories = new Postings(category, filled);
        tags = new Postings(tag, tagged);
        withoutTag = rowsWithoutCommonTags(segment, tags, rows);
        inStock = few(stock, stocked);
        visible = few(shown, shownRows);
        Arrays.sort(price, 0, filled);
        byPrice = new int[filled];
        prices = new long[filled];
        for (int i = 0; i < filled; i++) {
            byPrice[i] = (int) price[i] & Integer.MAX_VALUE;
            prices[i] = price[i] >>> ROW_BITS;
        }
    }

    /** Returns the rows of one condition, or null: they are worth their memory only where they are few. */
    private Postings few(long[] pairs, int count) {
        return count * WORTHWHILE < rows ? new Postings(pairs, count) : null;
    }

    /**
     * Marks the rows that may pass.
     *
     * @param bits room for a bit a row; overwritten if anything is marked
     * @return false if the filter passes too many rows for marking to pay; {@code bits} is then as it was
     */
    boolean mark(ItemFilter filter, long[] bits) {
        int best = NO_CONDITION;
        long fewest = rows / WORTHWHILE;
        for (int condition = CATEGORY; condition < CONDITIONS; condition++) {
            long count = count(condition, filter);
            if (count < fewest) {
                fewest = count;
                best = condition;
            }
        }
        if (best == NO_CONDITION) {
            return false;
        }
        Arrays.fill(bits, 0, (rows + 63) / 64, 0);
        mark(best, filter, bits);
        return true;
    }

    /** Returns whether {@link #mark} may mark anything for a filter that asks for no attribute. */
    boolean isMostlyHidden() {
        return visible != null;
    }

    private long count(int condition, ItemFilter filter) {
        long count = 0;
        switch (condition) {
            case CATEGORY:
                for (int i = 0; i < filter.categoryCount(); i++) {
                    count += categories.count(filter.category(i));
                }
                return filter.categoryCount() == 0 ? Long.MAX_VALUE : count;
            case TAG_ALL:
                count = Long.MAX_VALUE;
                for (int i = 0; i < filter.tagsAllCount(); i++) {
                    count = Math.min(count, tags.count(filter.tagAll(i)));
                }
                return count;
            case TAG_ANY:
                for (int i = 0; i < filter.tagsAnyCount(); i++) {
                    count += tags.count(filter.tagAny(i));
                }
                return filter.tagsAnyCount() == 0 ? Long.MAX_VALUE : count;
            case TAG_NONE:
                int tag = rarestWithout(filter);
                return tag < 0 ? Long.MAX_VALUE : withoutTag.count(filter.tagNone(tag));
            case PRICE:
                return Math.max(0, firstAbove(filter.priceMinorTo()) - firstFrom(filter.priceMinorFrom()));
            case VISIBLE:
                return !filter.isHiddenToo() && visible != null ? visible.count(VISIBLE_KEY) : Long.MAX_VALUE;
            default:
                return filter.isInStockOnly() && inStock != null ? inStock.count(IN_STOCK_KEY) : Long.MAX_VALUE;
        }
    }

    private void mark(int condition, ItemFilter filter, long[] bits) {
        switch (condition) {
            case CATEGORY:
                for (int i = 0; i < filter.categoryCount(); i++) {
                    categories.mark(filter.category(i), bits);
                }
                break;
            case TAG_ALL:
                int rarest = 0;
                for (int i = 1; i < filter.tagsAllCount(); i++) {
                    rarest = tags.count(filter.tagAll(i)) < tags.count(filter.tagAll(rarest)) ? i : rarest;
                }
                tags.mark(filter.tagAll(rarest), bits);
                break;
            case TAG_ANY:
                for (int i = 0; i < filter.tagsAnyCount(); i++) {
                    tags.mark(filter.tagAny(i), bits);
                }
                break;
            case TAG_NONE:
                withoutTag.mark(filter.tagNone(rarestWithout(filter)), bits);
                break;
            case PRICE:
                int end = firstAbove(filter.priceMinorTo());
                for (int i = firstFrom(filter.priceMinorFrom()); i < end; i++) {
                    bits[byPrice[i] >>> 6] |= 1L << byPrice[i];
                }
                break;
            case VISIBLE:
                visible.mark(VISIBLE_KEY, bits);
                break;
            default:
                inStock.mark(IN_STOCK_KEY, bits);
                break;
        }
    }

    /** Returns which of the tags to be without the fewest rows are without, or -1 if none of them is common. */
    private int rarestWithout(ItemFilter filter) {
        int rarest = -1;
        for (int i = 0; i < filter.tagsNoneCount(); i++) {
            if (isCommon(tags, filter.tagNone(i), rows)
                    && (rarest < 0 || withoutTag.count(filter.tagNone(i)) < withoutTag.count(filter.tagNone(rarest)))) {
                rarest = i;
            }
        }
        return rarest;
    }

    private static boolean isCommon(Postings tags, int tag, int rows) {
        return (long) tags.count(tag) * WORTHWHILE > (long) rows * (WORTHWHILE - 1);
    }

    private static Postings rowsWithoutCommonTags(Segment segment, Postings tags, int rows) {
        long[] pairs = new long[16];
        int count = 0;
        long[] bits = new long[(rows + 63) / 64];
        for (int number = 0; number < tags.keys(); number++) {
            int tag = tags.key(number);
            if (!isCommon(tags, tag, rows)) {
                continue;
            }
            Arrays.fill(bits, 0);
            tags.mark(tag, bits);
            for (int row = 0; row < rows; row++) {
                if ((bits[row >>> 6] >>> row & 1) == 0 && segment.isVisible(row, 0)) {
                    if (count == pairs.length) {
                        pairs = Arrays.copyOf(pairs, 2 * count);
                    }
                    pairs[count++] = (long) tag << 32 | row;
                }
            }
        }
        return new Postings(pairs, count);
    }

    private int firstFrom(long price) {
        int low = 0;
        int high = prices.length;
        long wanted = Math.min(price, (1L << 63 - ROW_BITS) - 1);
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (prices[middle] < wanted) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private int firstAbove(long price) {
        return price >= (1L << 63 - ROW_BITS) - 1 ? prices.length : price < 0 ? 0 : firstFrom(price + 1);
    }
}
