package io.magpie.protocol;

import static io.magpie.protocol.RecordEventsRequestDescriptor.BLOCK_LENGTH;
import static io.magpie.protocol.RecordEventsRequestDescriptor.EVENTS_ENTRY_LENGTH;
import static io.magpie.protocol.RecordEventsRequestDescriptor.EVENTS_GROUP;
import static io.magpie.protocol.RecordEventsRequestDescriptor.IDENTITIES_GROUP;

import io.netty.buffer.ByteBuf;

/**
 * Writes {@code RecordEventsRequest}. Records events: each moves the slot of its source towards the item, and the item counts as seen.
 *
 * <p>Call {@code wrap}, the fields of the block in any order (those left out are zero), the groups in the order of
 * {@link RecordEventsRequestDescriptor} (those left out are empty), then {@link #finish()}. Reusable; not thread-safe; allocates nothing.
 */
public final class RecordEventsRequestEncoder extends ConditionalRequestEncoder {
    /** Creates an encoder that writes nowhere yet. */
    public RecordEventsRequestEncoder() {
        super(IDENTITIES_GROUP);
    }

    /**
     * Starts a request at the buffer's writer index. The buffer stays the caller's.
     *
     * @param budgetMicros how long the answer is of use, in microseconds from when the server reads it; 0 for always
     */
    public RecordEventsRequestEncoder wrap(ByteBuf buffer, long correlationId, int budgetMicros) {
        beginRequest(buffer, MessageType.RECORD_EVENTS, correlationId, budgetMicros, BLOCK_LENGTH);
        return this;
    }

    /** Starts the events: {@code count} calls of {@link #addEvent} follow. */
    public RecordEventsRequestEncoder beginEvents(int count) {
        beginGroup(EVENTS_GROUP, EVENTS_ENTRY_LENGTH, count);
        return this;
    }

    /**
     * Writes an entry.
     *
     * @param profileId uint64: whose event
     * @param itemId uint64: on which item
     * @param timeMillis int64: when, milliseconds since 1970
     * @param id uint64: names the event, so that a repeat can be told; 0 for none
     * @param strength float64: how much it says; may be negative
     * @param source uint8: number of the source
     */
    public RecordEventsRequestEncoder addEvent(
            long profileId, long itemId, long timeMillis, long id, double strength, int source) {
        ByteBuf out = buffer();
        out.writeLongLE(profileId);
        out.writeLongLE(itemId);
        out.writeLongLE(timeMillis);
        out.writeLongLE(id);
        out.writeDoubleLE(strength);
        out.writeByte(source);
        out.writeZero(7);
        return this;
    }
}
