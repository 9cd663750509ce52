package io.magpie.protocol;

import static io.magpie.protocol.MarkItemsRequestDescriptor.BLOCK_LENGTH;
import static io.magpie.protocol.MarkItemsRequestDescriptor.MARKS_ENTRY_LENGTH;
import static io.magpie.protocol.MarkItemsRequestDescriptor.MARKS_GROUP;
import static io.magpie.protocol.MarkItemsRequestDescriptor.MARK_ITEM_ID_OFFSET;
import static io.magpie.protocol.MarkItemsRequestDescriptor.MARK_KIND_OFFSET;
import static io.magpie.protocol.MarkItemsRequestDescriptor.MARK_PROFILE_ID_OFFSET;
import static io.magpie.protocol.MarkItemsRequestDescriptor.MARK_SOURCE_OFFSET;
import static io.magpie.protocol.MarkItemsRequestDescriptor.MARK_TIME_MILLIS_OFFSET;

/**
 * Reads {@code MarkItemsRequest} in place. Remembers items as seen by, or shown to, people, without moving their interest.
 *
 * <p>{@link #wrap} first, and read fields only if it says {@link Status#OK}. Valid as long as the buffer is; holds no
 * reference count. Reusable; not thread-safe; allocates nothing except where said.
 */
public final class MarkItemsRequestDecoder extends PersonRequestDecoder {
    /** Creates a decoder that is wrapped around nothing. */
    public MarkItemsRequestDecoder() {
        super(BLOCK_LENGTH, 2);
        declare(MARKS_GROUP, MARKS_ENTRY_LENGTH, ProtocolLimits.MAX_LIST_LENGTH);
    }

    /** Returns how many entries there are: what was seen or shown. */
    public int markCount() {
        return count(MARKS_GROUP);
    }

    /** Returns {@code profileId}, uint64: by whom. */
    public long markProfileId(int index) {
        return buffer().getLongLE(entry(MARKS_GROUP, index) + MARK_PROFILE_ID_OFFSET);
    }

    /** Returns {@code itemId}, uint64: which item. */
    public long markItemId(int index) {
        return buffer().getLongLE(entry(MARKS_GROUP, index) + MARK_ITEM_ID_OFFSET);
    }

    /** Returns {@code timeMillis}, int64: when, milliseconds since 1970. */
    public long markTimeMillis(int index) {
        return buffer().getLongLE(entry(MARKS_GROUP, index) + MARK_TIME_MILLIS_OFFSET);
    }

    /** Returns {@code source}, uint8: number of the source that tells. */
    public int markSource(int index) {
        return buffer().getUnsignedByte(entry(MARKS_GROUP, index) + MARK_SOURCE_OFFSET);
    }

    /** Returns {@code kind}, uint8: 0 seen, 1 shown. */
    public int markKind(int index) {
        return buffer().getUnsignedByte(entry(MARKS_GROUP, index) + MARK_KIND_OFFSET);
    }

    @Override
    protected int placeCount() {
        return markCount();
    }

    @Override
    protected long profileIdAt(int place) {
        return markProfileId(place);
    }
}
