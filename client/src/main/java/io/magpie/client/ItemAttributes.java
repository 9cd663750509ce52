package io.magpie.client;

import java.util.Arrays;

/**
 * What filters can ask of an item, beside its vector. Immutable.
 *
 * @param category   unsigned 32-bit id; 0 for none
 * @param priceMinor price in minor units (cents), 0 or more
 * @param inStock    whether it can be sold now
 * @param hidden     whether it is kept out of every answer that does not ask for hidden items
 * @param tags       unsigned 32-bit ids, at most 16; copied
 */
public record ItemAttributes(int category, long priceMinor, boolean inStock, boolean hidden, int... tags) {
    /** Category 0, price 0, in stock, not hidden, no tags. */
    public static final ItemAttributes NONE = new ItemAttributes(0, 0, true, false);

    /**
     * Copies the tags.
     *
     * @throws IllegalArgumentException if there are more than 16 tags
     */
    public ItemAttributes {
        if (tags.length > io.magpie.protocol.ProtocolLimits.MAX_TAGS) {
            throw new IllegalArgumentException("too many tags on one item: tags=" + tags.length + " most="
                    + io.magpie.protocol.ProtocolLimits.MAX_TAGS);
        }
        tags = tags.clone();
    }

    @Override
    public int[] tags() {
        return tags.clone();
    }

    int tagCount() {
        return tags.length;
    }

    int tag(int index) {
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
        return "ItemAttributes[category=" + Integer.toUnsignedString(category) + ", priceMinor=" + priceMinor
                + ", inStock=" + inStock + ", hidden=" + hidden + ", tags=" + Arrays.toString(tags) + "]";
    }
}
