package io.magpie.protocol;

import static io.magpie.protocol.RecordEventsRequestDescriptor.BLOCK_LENGTH;
import static io.magpie.protocol.RecordEventsRequestDescriptor.EVENTS_ENTRY_LENGTH;
import static io.magpie.protocol.RecordEventsRequestDescriptor.EVENTS_GROUP;
import static io.magpie.protocol.RecordEventsRequestDescriptor.EVENT_ID_OFFSET;
import static io.magpie.protocol.RecordEventsRequestDescriptor.EVENT_ITEM_ID_OFFSET;
import static io.magpie.protocol.RecordEventsRequestDescriptor.EVENT_PROFILE_ID_OFFSET;
import static io.magpie.protocol.RecordEventsRequestDescriptor.EVENT_SOURCE_OFFSET;
import static io.magpie.protocol.RecordEventsRequestDescriptor.EVENT_STRENGTH_OFFSET;
import static io.magpie.protocol.RecordEventsRequestDescriptor.EVENT_TIME_MILLIS_OFFSET;

/**
 * Reads {@code RecordEventsRequest} in place. Records events: each moves the slot of its source towards the item, and the item counts as seen.
 *
 * <p>{@link #wrap} first, and read fields only if it says {@link Status#OK}. Valid as long as the buffer is; holds no
 * reference count. Reusable; not thread-safe; allocates nothing except where said.
 */
public final class RecordEventsRequestDecoder extends ConditionalRequestDecoder {

    /** Creates a decoder that is wrapped around nothing. */
    public RecordEventsRequestDecoder() {
        super(BLOCK_LENGTH, 3);
        declare(EVENTS_GROUP, EVENTS_ENTRY_LENGTH, ProtocolLimits.MAX_LIST_LENGTH);
    }

    /** Returns how many entries there are: the events. */
    public int eventCount() {
        return count(EVENTS_GROUP);
    }

    /** Returns {@code profileId}, uint64: whose event. */
    public long eventProfileId(int index) {
        return buffer().getLongLE(entry(EVENTS_GROUP, index) + EVENT_PROFILE_ID_OFFSET);
    }

    /** Returns {@code itemId}, uint64: on which item. */
    public long eventItemId(int index) {
        return buffer().getLongLE(entry(EVENTS_GROUP, index) + EVENT_ITEM_ID_OFFSET);
    }

    /** Returns {@code timeMillis}, int64: when, milliseconds since 1970. */
    public long eventTimeMillis(int index) {
        return buffer().getLongLE(entry(EVENTS_GROUP, index) + EVENT_TIME_MILLIS_OFFSET);
    }

    /** Returns {@code id}, uint64: names the event, so that a repeat can be told; 0 for none. */
    public long eventId(int index) {
        return buffer().getLongLE(entry(EVENTS_GROUP, index) + EVENT_ID_OFFSET);
    }

    /** Returns {@code strength}, float64: how much it says; may be negative. */
    public double eventStrength(int index) {
        return buffer().getDoubleLE(entry(EVENTS_GROUP, index) + EVENT_STRENGTH_OFFSET);
    }

    /** Returns {@code source}, uint8: number of the source. */
    public int eventSource(int index) {
        return buffer().getUnsignedByte(entry(EVENTS_GROUP, index) + EVENT_SOURCE_OFFSET);
    }

    @Override
    protected int placeCount() {
        return eventCount();
    }

    @Override
    protected long profileIdAt(int place) {
        return eventProfileId(place);
    }
}
