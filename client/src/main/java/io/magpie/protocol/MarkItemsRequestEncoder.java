package io.magpie.protocol;

import static io.magpie.protocol.MarkItemsRequestDescriptor.BLOCK_LENGTH;
import static io.magpie.protocol.MarkItemsRequestDescriptor.IDENTITIES_GROUP;
import static io.magpie.protocol.MarkItemsRequestDescriptor.MARKS_ENTRY_LENGTH;
import static io.magpie.protocol.MarkItemsRequestDescriptor.MARKS_GROUP;

import io.netty.buffer.ByteBuf;

/**
 * Writes {@code MarkItemsRequest}. Remembers items as seen by, or shown to, people, without moving their interest.
 *
 * <p>Call {@code wrap}, the fields of the block in any order (those left out are zero), the groups in the order of
 * {@link MarkItemsRequestDescriptor} (those left out are empty), then {@link #finish()}. Reusable; not thread-safe; allocates nothing.
 */
public final class MarkItemsRequestEncoder extends PersonRequestEncoder {
    /** Creates an encoder that writes nowhere yet. */
    public MarkItemsRequestEncoder() {
        super(IDENTITIES_GROUP);
    }

    /**
     * Starts a request at the buffer's writer index. The buffer stays the caller's.
     *
     * @param budgetMicros how long the answer is of use, in microseconds from when the server reads it; 0 for always
     */
    public MarkItemsRequestEncoder wrap(ByteBuf buffer, long correlationId, int budgetMicros) {
        beginRequest(buffer, MessageType.MARK_ITEMS, correlationId, budgetMicros, BLOCK_LENGTH);
        return this;
    }

    /** Starts what was seen or shown: {@code count} calls of {@link #addMark} follow. */
    public MarkItemsRequestEncoder beginMarks(int count) {
        beginGroup(MARKS_GROUP, MARKS_ENTRY_LENGTH, count);
        return this;
    }

    /**
     * Writes an entry.
     *
     * @param profileId uint64: by whom
     * @param itemId uint64: which item
     * @param timeMillis int64: when, milliseconds since 1970
     * @param source uint8: number of the source that tells
     * @param kind uint8: 0 seen, 1 shown
     */
    public MarkItemsRequestEncoder addMark(long profileId, long itemId, long timeMillis, int source, int kind) {
        ByteBuf out = buffer();
        out.writeLongLE(profileId);
        out.writeLongLE(itemId);
        out.writeLongLE(timeMillis);
        out.writeByte(source);
        out.writeByte(kind);
        out.writeZero(6);
        return this;
    }
}
