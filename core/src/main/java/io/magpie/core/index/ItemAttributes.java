package io.magpie.core.index;

import java.util.Arrays;

/**
 * What filters can ask of an item, beside its vector. Immutable; thread-safe.
 *
 * <p>Categories and tags are unsigned 32-bit ids which the retailer gives out; a price is in minor units (cents).
 */
public final class ItemAttributes {
    /** The most tags that one item may bear. */
    public static final int MAX_TAGS = 16;

    private static final int[] NO_TAGS = new int[0];

    /** Category 0, price 0, in stock, not hidden, no tags. */
    public static final ItemAttributes NONE = new ItemAttributes(0, 0, true, false);

    private final int category;
    private final long priceMinor;
    private final boolean inStock;
    private final boolean hidden;
    private final int[] tags;

    /**
     * @param category   unsigned 32-bit category id; 0 stands for none
     * @param priceMinor price in minor units, not negative
     * @param inStock    whether it can be sold now
     * @param hidden     whether it is kept out of every answer that does not ask for hidden items
     * @param tags       unsigned 32-bit tag ids, in any order; repeats count once; copied
     * @throws IllegalArgumentException if the price is negative, or more than {@link #MAX_TAGS} distinct tags are given
     */
    public ItemAttributes(int category, long priceMinor, boolean inStock, boolean hidden, int... tags) {
        if (priceMinor < 0) {
            throw new IllegalArgumentException("a price is not negative: priceMinor=" + priceMinor);
        }
        this.category = category;
        this.priceMinor = priceMinor;
        this.inStock = inStock;
        this.hidden = hidden;
        this.tags = distinct(tags);
        if (this.tags.length > MAX_TAGS) {
            throw new IllegalArgumentException(
                    "too many tags on one item: tags=" + this.tags.length + " most=" + MAX_TAGS);
        }
    }

    /** Returns tags in order, each once; what most items bear, none, costs nothing. */
    private static int[] distinct(int[] tags) {
        if (tags.length == 0) {
            return NO_TAGS;
        }
        int[] sorted = tags.clone();
        Arrays.sort(sorted);
        int count = 1;
        for (int i = 1; i < sorted.length; i++) {
            if (sorted[i] != sorted[count - 1]) {
                sorted[count++] = sorted[i];
            }
        }
        return count == sorted.length ? sorted : Arrays.copyOf(sorted, count);
    }

    /** Returns the unsigned 32-bit category id; 0 stands for none. */
    public int category() {
        return category;
    }

    /** Returns the price in minor units. */
    public long priceMinor() {
        return priceMinor;
    }

    /** Returns whether the item can be sold now. */
    public boolean inStock() {
        return inStock;
    }

    /** Returns whether the item is kept out of every answer that does not ask for hidden items. */
    public boolean hidden() {
        return hidden;
    }

    /** Returns how many tags the item bears. */
    public int tagCount() {
        return tags.length;
    }

    /** Returns the tag at {@code index}; tags are distinct and ascend as signed integers. */
    public int tag(int index) {
        return tags[index];
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ItemAttributes that
                && category == that.category
                && priceMinor == that.priceMinor
                && inStock == that.inStock
                && hidden == that.hidden
                && Arrays.equals(tags, that.tags);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * category + Long.hashCode(priceMinor)) + Arrays.hashCode(tags);
    }

    @Override
    public String toString() {
        return "category=" + Integer.toUnsignedString(category) + " priceMinor=" + priceMinor + " inStock=" + inStock
                + " hidden=" + hidden + " tags=" + Arrays.toString(tags);
    }
}
