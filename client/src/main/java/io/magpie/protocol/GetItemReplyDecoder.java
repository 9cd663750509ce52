package io.magpie.protocol;

import static io.magpie.protocol.GetItemReplyDescriptor.BIAS_OFFSET;
import static io.magpie.protocol.GetItemReplyDescriptor.BLOCK_LENGTH;
import static io.magpie.protocol.GetItemReplyDescriptor.CATALOGUE_VERSION_OFFSET;
import static io.magpie.protocol.GetItemReplyDescriptor.CATEGORY_OFFSET;
import static io.magpie.protocol.GetItemReplyDescriptor.FLAGS_OFFSET;
import static io.magpie.protocol.GetItemReplyDescriptor.ITEM_ID_OFFSET;
import static io.magpie.protocol.GetItemReplyDescriptor.PRICE_MINOR_OFFSET;
import static io.magpie.protocol.GetItemReplyDescriptor.SPACE_ID_OFFSET;
import static io.magpie.protocol.GetItemReplyDescriptor.TAGS_ENTRY_LENGTH;
import static io.magpie.protocol.GetItemReplyDescriptor.TAGS_GROUP;
import static io.magpie.protocol.GetItemReplyDescriptor.TAG_VALUE_OFFSET;
import static io.magpie.protocol.GetItemReplyDescriptor.TIME_MILLIS_OFFSET;
import static io.magpie.protocol.GetItemReplyDescriptor.VECTORS_GROUP;
import static io.magpie.protocol.GetItemReplyDescriptor.VERSION_OFFSET;

/**
 * Reads {@code GetItemReply} in place. An item. One that is not there is answered by status UNKNOWN_ITEM.
 *
 * <p>{@link #wrap} first, and read fields only if it says {@link Status#OK}. Valid as long as the buffer is; holds no
 * reference count. Reusable; not thread-safe; allocates nothing except where said.
 */
public final class GetItemReplyDecoder extends MessageDecoder {

    /** Creates a decoder that is wrapped around nothing. */
    public GetItemReplyDecoder() {
        super(BLOCK_LENGTH, 2);
        declare(TAGS_GROUP, TAGS_ENTRY_LENGTH, ProtocolLimits.MAX_TAGS);
        declareVectors(VECTORS_GROUP, 1);
    }

    @Override
    protected Status check() {
        return vectorCount() == 1 ? Status.OK : Status.MALFORMED;
    }

    /** Returns {@code itemId}, uint64: which. */
    public long itemId() {
        return buffer().getLongLE(blockOffset() + ITEM_ID_OFFSET);
    }

    /** Returns {@code catalogueVersion}, uint64: the catalogue that this answer saw; +1 with every change of an item. */
    public long catalogueVersion() {
        return buffer().getLongLE(blockOffset() + CATALOGUE_VERSION_OFFSET);
    }

    /** Returns {@code timeMillis}, int64: the server's time of this answer, milliseconds since 1970. */
    public long timeMillis() {
        return buffer().getLongLE(blockOffset() + TIME_MILLIS_OFFSET);
    }

    /** Returns {@code priceMinor}, int64: price in minor units. */
    public long priceMinor() {
        return buffer().getLongLE(blockOffset() + PRICE_MINOR_OFFSET);
    }

    /** Returns {@code spaceId}, uint32: space of its vector. */
    public int spaceId() {
        return buffer().getIntLE(blockOffset() + SPACE_ID_OFFSET);
    }

    /** Returns {@code bias}, float32: added to its inner product. */
    public float bias() {
        return buffer().getFloatLE(blockOffset() + BIAS_OFFSET);
    }

    /** Returns {@code category}, uint32: its category; 0 for none. */
    public int category() {
        return buffer().getIntLE(blockOffset() + CATEGORY_OFFSET);
    }

    /** Returns {@code version}, uint32: the catalogue version of the item's last change, its low 32 bits. */
    public int version() {
        return buffer().getIntLE(blockOffset() + VERSION_OFFSET);
    }

    /** Returns {@code flags}, uint8: 1 in stock, 2 hidden. */
    public int flags() {
        return buffer().getUnsignedByte(blockOffset() + FLAGS_OFFSET);
    }

    /** Returns how many entries there are: its tags. */
    public int tagCount() {
        return count(TAGS_GROUP);
    }

    /** Returns {@code value}, uint32: a tag. */
    public int tag(int index) {
        return buffer().getIntLE(entry(TAGS_GROUP, index) + TAG_VALUE_OFFSET);
    }

    /** Returns how many vectors there are. */
    public int vectorCount() {
        return count(VECTORS_GROUP);
    }

    /** Returns the length of every vector of this message; 0 when there is none. */
    public int dimension() {
        return dimension(VECTORS_GROUP);
    }

    /**
     * Copies a vector.
     *
     * @param into at least {@link #dimension()} long; overwritten from 0 on
     * @return false if a value is NaN or infinite
     */
    public boolean copyVector(int index, float[] into) {
        return copyVector(VECTORS_GROUP, index, into, 0);
    }
}
