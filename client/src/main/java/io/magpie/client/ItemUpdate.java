package io.magpie.client;

/**
 * An item to be put.
 *
 * @param itemId     unsigned 64-bit
 * @param vector     {@code float32[dimension]}, finite; read during the call only
 * @param bias       finite; added to its inner product
 * @param attributes what filters can ask of it
 */
public record ItemUpdate(long itemId, float[] vector, float bias, ItemAttributes attributes) {
    /** An item without bias. */
    public ItemUpdate(long itemId, float[] vector, ItemAttributes attributes) {
        this(itemId, vector, 0, attributes);
    }
}
