package io.magpie.client;

import java.util.Arrays;
import java.util.Objects;

/**
 * An item as the server holds it. The vector belongs to the receiver.
 *
 * @param itemId           unsigned 64-bit
 * @param version          the catalogue version of the item's last change, its low 32 bits
 * @param spaceId          space of its vector
 * @param vector           {@code float32[dimension]}
 * @param bias             added to its inner product
 * @param attributes       what filters can ask of it
 * @param catalogueVersion the live catalogue's version
 * @param timeMillis       the server's time of the answer, milliseconds since 1970
 */
public record Item(
        long itemId,
        int version,
        int spaceId,
        float[] vector,
        float bias,
        ItemAttributes attributes,
        long catalogueVersion,
        long timeMillis) {
    @Override
    public boolean equals(Object other) {
        return other instanceof Item that
                && itemId == that.itemId
                && version == that.version
                && spaceId == that.spaceId
                && Arrays.equals(vector, that.vector)
                && Float.compare(bias, that.bias) == 0
                && attributes.equals(that.attributes)
                && catalogueVersion == that.catalogueVersion
                && timeMillis == that.timeMillis;
    }

    @Override
    public int hashCode() {
        return Objects.hash(itemId, version, spaceId, Arrays.hashCode(vector), bias, attributes, catalogueVersion);
    }

    @Override
    public String toString() {
        return "Item[itemId=" + Long.toUnsignedString(itemId) + ", version=" + version + ", spaceId=" + spaceId
                + ", vector=float[" + vector.length + "], bias=" + bias + ", attributes=" + attributes + "]";
    }
}
