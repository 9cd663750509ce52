package io.magpie.core.index;

import java.util.Arrays;
import org.agrona.collections.LongHashSet;

/**
 * Which items an answer may hold. Reusable: {@link #clear()} makes it pass everything that is not hidden, and filling
 * it again allocates nothing once its arrays have grown. Not thread-safe; it belongs to one {@link ItemQuery}.
 *
 * <p>All conditions must hold together. Lists left empty ask nothing.
 */
public final class ItemFilter {
    private static final long RESERVED_ID = -1L;

    private int[] categories = new int[8];
    private int categoryCount;
    private long priceMinorFrom;
    private long priceMinorTo;
    private int[] tags = new int[16];
    private int tagsAllCount;
    private int tagsAnyCount;
    private int tagsNoneCount;
    private boolean inStockOnly;
    private boolean hiddenToo;
    private boolean includeOnly;
    private final LongHashSet included = new LongHashSet();
    private final LongHashSet excluded = new LongHashSet();

    /** Creates a filter that passes everything that is not hidden. */
    public ItemFilter() {
        clear();
    }

    /** Passes everything that is not hidden. */
    public void clear() {
        categoryCount = 0;
        priceMinorFrom = 0;
        priceMinorTo = Long.MAX_VALUE;
        tagsAllCount = 0;
        tagsAnyCount = 0;
        tagsNoneCount = 0;
        inStockOnly = false;
        hiddenToo = false;
        includeOnly = false;
        if (!included.isEmpty()) {
            included.clear();
        }
        if (!excluded.isEmpty()) {
            excluded.clear();
        }
    }

    /** Passes only items of this category, or of another one added so. */
    public void addCategory(int category) {
        if (categoryCount == categories.length) {
            categories = Arrays.copyOf(categories, 2 * categoryCount);
        }
        categories[categoryCount++] = category;
    }

    /** Passes only prices in minor units from {@code from} to {@code to}, both included. */
    public void priceMinorRange(long from, long to) {
        priceMinorFrom = from;
        priceMinorTo = to;
    }

    /** Passes only items that bear this tag and every other one added so. Call before {@link #addTagAny}. */
    public void addTagAll(int tag) {
        requireOrder(tagsAnyCount + tagsNoneCount == 0);
        appendTag(tag);
        tagsAllCount++;
    }

    /** Passes only items that bear this tag or another one added so. Call before {@link #addTagNone}. */
    public void addTagAny(int tag) {
        requireOrder(tagsNoneCount == 0);
        appendTag(tag);
        tagsAnyCount++;
    }

    /** Passes only items that bear neither this tag nor another one added so. */
    public void addTagNone(int tag) {
        appendTag(tag);
        tagsNoneCount++;
    }

    /** Passes only items in stock. */
    public void inStockOnly(boolean only) {
        inStockOnly = only;
    }

    /** Passes hidden items as well. */
    public void hiddenToo(boolean too) {
        hiddenToo = too;
    }

    /** From now on passes only items named by {@link #include}; with none named, nothing passes. */
    public void includeOnly() {
        includeOnly = true;
    }

    /** Names an item that may pass, and calls {@link #includeOnly()}. */
    public void include(long itemId) {
        includeOnly = true;
        if (itemId != RESERVED_ID) {
            included.add(itemId);
        }
    }

    /** Keeps an item out: excluded by the request, or seen. */
    public void exclude(long itemId) {
        if (itemId != RESERVED_ID) {
            excluded.add(itemId);
        }
    }

    /** Returns whether only {@link #included()} items may pass. */
    public boolean isIncludeOnly() {
        return includeOnly;
    }

    /** Returns the items that may pass, when {@link #isIncludeOnly()}. Owned by this filter. */
    public LongHashSet included() {
        return included;
    }

    /** Returns the items kept out by id. Owned by this filter. */
    public LongHashSet excluded() {
        return excluded;
    }

    /** Returns how many categories are asked for; 0 means any. */
    public int categoryCount() {
        return categoryCount;
    }

    /** Returns a category asked for. */
    public int category(int index) {
        return categories[index];
    }

    /** Returns the lowest price that passes, in minor units. */
    public long priceMinorFrom() {
        return priceMinorFrom;
    }

    /** Returns the highest price that passes, in minor units. */
    public long priceMinorTo() {
        return priceMinorTo;
    }

    /** Returns how many tags an item must all bear. */
    public int tagsAllCount() {
        return tagsAllCount;
    }

    /** Returns a tag that an item must bear. */
    public int tagAll(int index) {
        return tags[index];
    }

    /** Returns of how many tags an item must bear one; 0 asks nothing. */
    public int tagsAnyCount() {
        return tagsAnyCount;
    }

    /** Returns a tag of which an item must bear one. */
    public int tagAny(int index) {
        return tags[tagsAllCount + index];
    }

    /** Returns how many tags an item must not bear. */
    public int tagsNoneCount() {
        return tagsNoneCount;
    }

    /** Returns a tag that an item must not bear. */
    public int tagNone(int index) {
        return tags[tagsAllCount + tagsAnyCount + index];
    }

    /** Returns whether only items in stock pass. */
    public boolean isInStockOnly() {
        return inStockOnly;
    }

    /** Returns whether hidden items pass. */
    public boolean isHiddenToo() {
        return hiddenToo;
    }

    /** Returns whether nothing but the attributes' default (not hidden) is asked: no attribute needs to be read. */
    public boolean asksNoAttribute() {
        return categoryCount == 0
                && priceMinorFrom <= 0
                && priceMinorTo == Long.MAX_VALUE
                && tagsAllCount + tagsAnyCount + tagsNoneCount == 0
                && !inStockOnly;
    }

    private void appendTag(int tag) {
        int count = tagsAllCount + tagsAnyCount + tagsNoneCount;
        if (count == tags.length) {
            tags = Arrays.copyOf(tags, 2 * count);
        }
        tags[count] = tag;
    }

    private static void requireOrder(boolean inOrder) {
        if (!inOrder) {
            throw new IllegalStateException("tags are added in the order all, any, none");
        }
    }
}
