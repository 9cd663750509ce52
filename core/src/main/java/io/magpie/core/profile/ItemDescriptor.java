package io.magpie.core.profile;

import io.magpie.core.index.ItemAttributes;

/**
 * Byte layout of an item's image. Little-endian; what is not named is zero.
 *
 * <pre>
 *   0         8           16          20      24           28       32       40       44
 *   +---------+-----------+-----------+-------+------------+--------+--------+--------+
 *   | item    | catalogue | space     | bias  | category   | flags  | price  | tags   |
 *   | id  u64 | version   | id    u32 | f32   | u32        | u32    | i64    | u32    |
 *   +---------+-----------+-----------+-------+------------+--------+--------+--------+
 *   44          48          56           64         128
 *   +-----------+-----------+------------+----------+--------+
 *   | counted   | popular   | trending   | tags     | vector |
 *   | at  s u32 | f64       | f64        | u32[16]  | f32[]  |
 *   +-----------+-----------+------------+----------+--------+
 * </pre>
 */
public final class ItemDescriptor {
    static final int ITEM_ID_OFFSET = 0;
    static final int VERSION_OFFSET = ITEM_ID_OFFSET + Long.BYTES;
    static final int SPACE_OFFSET = VERSION_OFFSET + Long.BYTES;
    static final int BIAS_OFFSET = SPACE_OFFSET + Integer.BYTES;
    static final int CATEGORY_OFFSET = BIAS_OFFSET + Float.BYTES;
    static final int FLAGS_OFFSET = CATEGORY_OFFSET + Integer.BYTES;
    static final int PRICE_OFFSET = FLAGS_OFFSET + Integer.BYTES;
    static final int TAG_COUNT_OFFSET = PRICE_OFFSET + Long.BYTES;
    static final int COUNTED_OFFSET = TAG_COUNT_OFFSET + Integer.BYTES;
    static final int POPULAR_OFFSET = COUNTED_OFFSET + Integer.BYTES;
    static final int TRENDING_OFFSET = POPULAR_OFFSET + Double.BYTES;
    static final int TAGS_OFFSET = TRENDING_OFFSET + Double.BYTES;
    static final int VECTOR_OFFSET = TAGS_OFFSET + ItemAttributes.MAX_TAGS * Integer.BYTES;

    /** Flag: can be sold now. */
    static final int FLAG_IN_STOCK = 1;

    /** Flag: kept out of answers. */
    static final int FLAG_HIDDEN = 2;

    private ItemDescriptor() {}

    /** Returns the length in bytes of the image of every item. */
    public static int imageLength(int dimension) {
        return VECTOR_OFFSET + ProfileDescriptor.align(dimension * Float.BYTES);
    }
}
