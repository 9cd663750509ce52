package io.magpie.core.index;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;

/**
 * The attributes of a segment's items, in columns. A patch appends a record and links it before the older one, so that
 * a search goes on seeing the attributes of the version it started with.
 *
 * <p>One writer, any number of readers. A record is complete before {@code newest} names it (release, acquire), and the
 * columns only grow by copies, so that whoever sees a record's number sees the record.
 */
final class AttributeColumns {
    private static final VarHandle NEWEST = MethodHandles.arrayElementVarHandle(int[].class);
    private static final int IN_STOCK = 1;
    private static final int HIDDEN = 2;
    private static final int TAG_COUNT_SHIFT = 2;
    private static final int NONE = -1;

    /** Of each row, its newest record. */
    private final int[] newest;

    private int[] category;
    private long[] priceMinor;
    private byte[] flagsAndTagCount;
    private int[] firstTag;
    private int[] previous;
    private int[] since;
    private int records;
    private int[] tags;
    private int tagsUsed;

    AttributeColumns(int rows) {
        newest = new int[rows];
        category = new int[rows];
        priceMinor = new long[rows];
        flagsAndTagCount = new byte[rows];
        firstTag = new int[rows];
        previous = new int[rows];
        since = new int[rows];
        tags = new int[Math.max(16, rows)];
    }

    /** Returns how many records there are, replaced ones included. Writer. */
    int records() {
        return records;
    }

    /** Sets a row's first record. Writer. */
    void set(int row, ItemAttributes attributes, int version) {
        append(attributes, version, NONE);
        NEWEST.setRelease(newest, row, records++);
    }

    /** Replaces a row's attributes from a version on. Writer. */
    void patch(int row, ItemAttributes attributes, int version) {
        append(attributes, version, newest[row]);
        NEWEST.setRelease(newest, row, records++);
    }

    /** Copies the newest record of a row of another segment. Writer, or a builder that nobody reads yet. */
    void copy(int row, AttributeColumns from, int fromRecord, int version) {
        int count = from.flagsAndTagCount[fromRecord] >> TAG_COUNT_SHIFT;
        reserve(count);
        int record = records;
        category[record] = from.category[fromRecord];
        priceMinor[record] = from.priceMinor[fromRecord];
        flagsAndTagCount[record] = from.flagsAndTagCount[fromRecord];
        firstTag[record] = tagsUsed;
        System.arraycopy(from.tags, from.firstTag[fromRecord], tags, tagsUsed, count);
        tagsUsed += count;
        previous[record] = version == 0 ? NONE : newest[row];
        since[record] = version;
        NEWEST.setRelease(newest, row, records++);
    }

    /** Returns a row's record as of a version. Any thread. */
    int record(int row, int version) {
        int record = (int) NEWEST.getAcquire(newest, row);
        while (since[record] > version) {
            record = previous[record];
        }
        return record;
    }

    /** Returns a record's category. */
    int category(int record) {
        return category[record];
    }

    /** Returns a record's price. */
    long priceMinor(int record) {
        return priceMinor[record];
    }

    /** Returns whether a record says that the item is in stock. */
    boolean inStock(int record) {
        return (flagsAndTagCount[record] & IN_STOCK) != 0;
    }

    /** Returns whether a record says that the item is hidden. */
    boolean hidden(int record) {
        return (flagsAndTagCount[record] & HIDDEN) != 0;
    }

    /** Returns how many tags a record holds. */
    int tagCount(int record) {
        return flagsAndTagCount[record] >> TAG_COUNT_SHIFT;
    }

    /** Returns a record's tag. */
    int tag(int record, int index) {
        return tags[firstTag[record] + index];
    }

    /** Returns whether a record has what a filter asks of attributes. Any thread. */
    boolean passes(int record, ItemFilter filter) {
        int bits = flagsAndTagCount[record];
        if ((bits & HIDDEN) != 0 && !filter.isHiddenToo() || (bits & IN_STOCK) == 0 && filter.isInStockOnly()) {
            return false;
        }
        if (filter.asksNoAttribute()) {
            return true;
        }
        long price = priceMinor[record];
        return price >= filter.priceMinorFrom()
                && price <= filter.priceMinorTo()
                && passesCategory(category[record], filter)
                && passesTags(record, filter);
    }

    private static boolean passesCategory(int category, ItemFilter filter) {
        int count = filter.categoryCount();
        for (int i = 0; i < count; i++) {
            if (filter.category(i) == category) {
                return true;
            }
        }
        return count == 0;
    }

    private boolean passesTags(int record, ItemFilter filter) {
        for (int i = 0; i < filter.tagsAllCount(); i++) {
            if (!bears(record, filter.tagAll(i))) {
                return false;
            }
        }
        for (int i = 0; i < filter.tagsNoneCount(); i++) {
            if (bears(record, filter.tagNone(i))) {
                return false;
            }
        }
        for (int i = 0; i < filter.tagsAnyCount(); i++) {
            if (bears(record, filter.tagAny(i))) {
                return true;
            }
        }
        return filter.tagsAnyCount() == 0;
    }

    private boolean bears(int record, int tag) {
        int from = firstTag[record];
        int to = from + tagCount(record);
        for (int i = from; i < to; i++) {
            if (tags[i] == tag) {
                return true;
            }
        }
        return false;
    }

    private void append(ItemAttributes attributes, int version, int older) {
        int count = attributes.tagCount();
        reserve(count);
        int record = records;
        category[record] = attributes.category();
        priceMinor[record] = attributes.priceMinor();
        flagsAndTagCount[record] = (byte)
                ((attributes.inStock() ? IN_STOCK : 0) | (attributes.hidden() ? HIDDEN : 0) | count << TAG_COUNT_SHIFT);
        firstTag[record] = tagsUsed;
        for (int i = 0; i < count; i++) {
            tags[tagsUsed++] = attributes.tag(i);
        }
        previous[record] = older;
        since[record] = version;
    }

    private void reserve(int tagCount) {
        if (records == category.length) {
            int size = records + Math.max(64, records / 2);
            category = Arrays.copyOf(category, size);
            priceMinor = Arrays.copyOf(priceMinor, size);
            flagsAndTagCount = Arrays.copyOf(flagsAndTagCount, size);
            firstTag = Arrays.copyOf(firstTag, size);
            previous = Arrays.copyOf(previous, size);
            since = Arrays.copyOf(since, size);
        }
        if (tagsUsed + tagCount > tags.length) {
            tags = Arrays.copyOf(tags, tagsUsed + Math.max(ItemAttributes.MAX_TAGS, tagsUsed / 2));
        }
    }
}
