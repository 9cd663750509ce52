package io.magpie.protocol;

import static io.magpie.protocol.PutSlotsRequestDescriptor.BLOCK_LENGTH;
import static io.magpie.protocol.PutSlotsRequestDescriptor.IDENTITIES_GROUP;
import static io.magpie.protocol.PutSlotsRequestDescriptor.SLOTS_ENTRY_LENGTH;
import static io.magpie.protocol.PutSlotsRequestDescriptor.SLOTS_GROUP;
import static io.magpie.protocol.PutSlotsRequestDescriptor.VECTORS_GROUP;

import io.netty.buffer.ByteBuf;

/**
 * Writes {@code PutSlotsRequest}. Sets slots of profiles, each as given. Profiles that are not there are made.
 *
 * <p>Call {@code wrap}, the fields of the block in any order (those left out are zero), the groups in the order of
 * {@link PutSlotsRequestDescriptor} (those left out are empty), then {@link #finish()}. Reusable; not thread-safe; allocates nothing.
 */
public final class PutSlotsRequestEncoder extends ConditionalRequestEncoder {
    /** Creates an encoder that writes nowhere yet. */
    public PutSlotsRequestEncoder() {
        super(IDENTITIES_GROUP);
    }

    /**
     * Starts a request at the buffer's writer index. The buffer stays the caller's.
     *
     * @param budgetMicros how long the answer is of use, in microseconds from when the server reads it; 0 for always
     */
    public PutSlotsRequestEncoder wrap(ByteBuf buffer, long correlationId, int budgetMicros) {
        beginRequest(buffer, MessageType.PUT_SLOTS, correlationId, budgetMicros, BLOCK_LENGTH);
        return this;
    }

    /** Starts the slots: {@code count} calls of {@link #addSlot} follow. */
    public PutSlotsRequestEncoder beginSlots(int count) {
        beginGroup(SLOTS_GROUP, SLOTS_ENTRY_LENGTH, count);
        return this;
    }

    /**
     * Writes an entry.
     *
     * @param profileId uint64: whose slot
     * @param timeMillis int64: time of its last event, milliseconds since 1970
     * @param evidence float64: what stands behind it, 0 or more
     * @param spaceId uint32: space of its vector
     * @param source uint8: number of the source
     */
    public PutSlotsRequestEncoder addSlot(long profileId, long timeMillis, double evidence, int spaceId, int source) {
        ByteBuf out = buffer();
        out.writeLongLE(profileId);
        out.writeLongLE(timeMillis);
        out.writeDoubleLE(evidence);
        out.writeIntLE(spaceId);
        out.writeByte(source);
        out.writeZero(3);
        return this;
    }

    /** Starts as many vectors as slots, in the same order: {@code count} calls of {@link #addVector} follow, all of one dimension. */
    public PutSlotsRequestEncoder beginVectors(int count, int dimension) {
        beginGroup(VECTORS_GROUP, dimension * Float.BYTES, count);
        return this;
    }

    /** Writes {@code dimension} values from {@code offset} on. */
    public PutSlotsRequestEncoder addVector(float[] values, int offset, int dimension) {
        writeVector(values, offset, dimension);
        return this;
    }
}
