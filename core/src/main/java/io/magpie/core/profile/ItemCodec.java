package io.magpie.core.profile;

import static io.magpie.core.profile.ItemDescriptor.BIAS_OFFSET;
import static io.magpie.core.profile.ItemDescriptor.CATEGORY_OFFSET;
import static io.magpie.core.profile.ItemDescriptor.COUNTED_OFFSET;
import static io.magpie.core.profile.ItemDescriptor.FLAGS_OFFSET;
import static io.magpie.core.profile.ItemDescriptor.ITEM_ID_OFFSET;
import static io.magpie.core.profile.ItemDescriptor.POPULAR_OFFSET;
import static io.magpie.core.profile.ItemDescriptor.PRICE_OFFSET;
import static io.magpie.core.profile.ItemDescriptor.SPACE_OFFSET;
import static io.magpie.core.profile.ItemDescriptor.TAGS_OFFSET;
import static io.magpie.core.profile.ItemDescriptor.TAG_COUNT_OFFSET;
import static io.magpie.core.profile.ItemDescriptor.TRENDING_OFFSET;
import static io.magpie.core.profile.ItemDescriptor.VECTOR_OFFSET;
import static io.magpie.core.profile.ItemDescriptor.VERSION_OFFSET;

import io.magpie.core.index.ItemAttributes;
import java.util.Objects;
import org.agrona.UnsafeApi;

/**
 * Turns an {@link ItemRecord} into its image and back; addresses are as in {@link ProfileCodec}. Stateless; allocates
 * nothing.
 */
public final class ItemCodec {
    private ItemCodec() {}

    /**
     * Writes the image.
     *
     * @param base   at least {@link ItemDescriptor#imageLength} bytes from {@code offset}
     * @param offset index of the first byte
     * @return its length in bytes
     */
    public static int encode(ItemRecord item, byte[] base, int offset) {
        int length = ItemDescriptor.imageLength(item.dimension);
        Objects.checkFromIndexSize(offset, length, base.length);
        long at = ImageMemory.BYTES + offset;
        UnsafeApi.setMemory(base, at, VECTOR_OFFSET, (byte) 0);
        UnsafeApi.putLong(base, at + length - Long.BYTES, 0);
        UnsafeApi.putLong(base, at + ITEM_ID_OFFSET, item.itemId);
        UnsafeApi.putLong(base, at + VERSION_OFFSET, item.version);
        UnsafeApi.putInt(base, at + SPACE_OFFSET, item.spaceId);
        UnsafeApi.putFloat(base, at + BIAS_OFFSET, item.bias);
        UnsafeApi.putInt(base, at + CATEGORY_OFFSET, item.category);
        UnsafeApi.putInt(base, at + FLAGS_OFFSET, item.flags);
        UnsafeApi.putLong(base, at + PRICE_OFFSET, item.priceMinor);
        UnsafeApi.putInt(base, at + TAG_COUNT_OFFSET, item.tagCount);
        UnsafeApi.putInt(base, at + COUNTED_OFFSET, item.countedSeconds);
        UnsafeApi.putDouble(base, at + POPULAR_OFFSET, item.popular);
        UnsafeApi.putDouble(base, at + TRENDING_OFFSET, item.trending);
        for (int i = 0; i < item.tagCount; i++) {
            UnsafeApi.putInt(base, at + TAGS_OFFSET + (long) i * Integer.BYTES, item.tags[i]);
        }
        UnsafeApi.copyMemory(
                item.vector, ImageMemory.FLOATS, base, at + VECTOR_OFFSET, (long) item.dimension * Float.BYTES);
        return length;
    }

    /**
     * Reads an image.
     *
     * @param base   the array, or null for native memory
     * @param offset of the first byte
     * @param length how many bytes may be read, at least the image's
     * @param into   a record of the dimension that the image was written with; overwritten
     * @return false, and {@code into} undefined, if these bytes are no image of this shape
     */
    public static boolean decode(Object base, long offset, int length, ItemRecord into) {
        if (length < ItemDescriptor.imageLength(into.dimension)) {
            return false;
        }
        int tagCount = UnsafeApi.getInt(base, offset + TAG_COUNT_OFFSET);
        if (tagCount < 0 || tagCount > ItemAttributes.MAX_TAGS) {
            return false;
        }
        into.itemId = UnsafeApi.getLong(base, offset + ITEM_ID_OFFSET);
        into.version = UnsafeApi.getLong(base, offset + VERSION_OFFSET);
        into.spaceId = UnsafeApi.getInt(base, offset + SPACE_OFFSET);
        into.bias = UnsafeApi.getFloat(base, offset + BIAS_OFFSET);
        into.category = UnsafeApi.getInt(base, offset + CATEGORY_OFFSET);
        into.flags = UnsafeApi.getInt(base, offset + FLAGS_OFFSET);
        into.priceMinor = UnsafeApi.getLong(base, offset + PRICE_OFFSET);
        into.tagCount = tagCount;
        into.countedSeconds = UnsafeApi.getInt(base, offset + COUNTED_OFFSET);
        into.popular = UnsafeApi.getDouble(base, offset + POPULAR_OFFSET);
        into.trending = UnsafeApi.getDouble(base, offset + TRENDING_OFFSET);
        for (int i = 0; i < tagCount; i++) {
            into.tags[i] = UnsafeApi.getInt(base, offset + TAGS_OFFSET + (long) i * Integer.BYTES);
        }
        UnsafeApi.copyMemory(
                base, offset + VECTOR_OFFSET, into.vector, ImageMemory.FLOATS, (long) into.dimension * Float.BYTES);
        return true;
    }
}
