package io.magpie.core.profile;

import io.magpie.core.index.ItemAttributes;

/**
 * One item, decoded. Mutable and meant to be reused; reading into it allocates nothing, {@link #attributes()} allocates
 * an object. Not thread-safe; owned by the thread that made it.
 */
public final class ItemRecord {
    /** The edition of the catalogue that a new data directory begins with. */
    public static final int FIRST_EDITION = 1;

    final int dimension;

    int edition = FIRST_EDITION;
    long itemId;
    long version;
    int spaceId;
    float bias;
    int category;
    long priceMinor;
    int flags = ItemDescriptor.FLAG_IN_STOCK;
    int tagCount;
    int countedSeconds;
    double popular;
    double trending;
    final int[] tags = new int[ItemAttributes.MAX_TAGS];
    final float[] vector;

    /**
     * @param dimension length of the vector, 1..1024
     * @throws IllegalArgumentException if it is out of range
     */
    public ItemRecord(int dimension) {
        if (dimension < 1 || dimension > 1024) {
            throw new IllegalArgumentException("out of range: dimension=" + dimension);
        }
        this.dimension = dimension;
        vector = new float[dimension];
    }

    /** Returns the unsigned 64-bit id. */
    public long itemId() {
        return itemId;
    }

    /** Sets the id. */
    public void itemId(long itemId) {
        this.itemId = itemId;
    }

    /**
     * Returns the number of the set of items that it belongs to, from {@link #FIRST_EDITION}. It is not part of the image:
     * the same id in another edition is another item.
     */
    public int edition() {
        return edition;
    }

    /** Sets the number of the set of items that it belongs to. */
    public void edition(int edition) {
        this.edition = edition;
    }

    /** Returns the catalogue version that this item came with, unsigned 64 bits. */
    public long version() {
        return version;
    }

    /** Sets the catalogue version. */
    public void version(long version) {
        this.version = version;
    }

    /** Returns the space of the vector, unsigned 32 bits. */
    public int spaceId() {
        return spaceId;
    }

    /** Sets the space of the vector. */
    public void spaceId(int spaceId) {
        this.spaceId = spaceId;
    }

    /** Returns what is added to the inner product. */
    public float bias() {
        return bias;
    }

    /** Sets what is added to the inner product. */
    public void bias(float bias) {
        this.bias = bias;
    }

    /** Returns the length of the vector. */
    public int dimension() {
        return dimension;
    }

    /** Returns {@code float32[dimension]}. Not a copy. */
    public float[] vector() {
        return vector;
    }

    /** Returns the attributes as an object of their own. Allocates. */
    public ItemAttributes attributes() {
        return new ItemAttributes(category, priceMinor, inStock(), hidden(), java.util.Arrays.copyOf(tags, tagCount));
    }

    /** Takes over the attributes. */
    public void attributes(ItemAttributes attributes) {
        category = attributes.category();
        priceMinor = attributes.priceMinor();
        flags = (attributes.inStock() ? ItemDescriptor.FLAG_IN_STOCK : 0)
                | (attributes.hidden() ? ItemDescriptor.FLAG_HIDDEN : 0);
        tagCount = attributes.tagCount();
        for (int i = 0; i < tagCount; i++) {
            tags[i] = attributes.tag(i);
        }
    }

    /** Returns the time that the event counts are as of: seconds since 1970, unsigned 32 bits; 0 if there are none. */
    public int countedSeconds() {
        return countedSeconds;
    }

    /** Returns how many events were about the item, over all people, faded slowly. */
    public double popular() {
        return popular;
    }

    /** Returns how many events were about the item, over all people, faded fast. */
    public double trending() {
        return trending;
    }

    /** Sets the event counts, and the time that they are as of in seconds since 1970. */
    public void counts(double popular, double trending, int countedSeconds) {
        this.popular = popular;
        this.trending = trending;
        this.countedSeconds = countedSeconds;
    }

    /** Returns the unsigned 32-bit category; 0 stands for none. */
    public int category() {
        return category;
    }

    /** Returns the price in minor units. */
    public long priceMinor() {
        return priceMinor;
    }

    /** Returns whether the item can be sold now. */
    public boolean inStock() {
        return (flags & ItemDescriptor.FLAG_IN_STOCK) != 0;
    }

    /** Returns whether the item is kept out of answers. */
    public boolean hidden() {
        return (flags & ItemDescriptor.FLAG_HIDDEN) != 0;
    }

    /** Returns how many tags the item bears. */
    public int tagCount() {
        return tagCount;
    }

    /** Returns the tag at {@code index}, unsigned 32 bits. */
    public int tag(int index) {
        return tags[index];
    }
}
