package io.magpie.protocol;

import static io.magpie.protocol.GetProfileRequestDescriptor.BLOCK_LENGTH;
import static io.magpie.protocol.GetProfileRequestDescriptor.IDENTITIES_GROUP;
import static io.magpie.protocol.GetProfileRequestDescriptor.MASK_OFFSET;
import static io.magpie.protocol.GetProfileRequestDescriptor.PARTS_OFFSET;
import static io.magpie.protocol.GetProfileRequestDescriptor.PROFILE_ID_OFFSET;

import io.netty.buffer.ByteBuf;

/**
 * Writes {@code GetProfileRequest}. Reads a profile.
 *
 * <p>Call {@code wrap}, the fields of the block in any order (those left out are zero), the groups in the order of
 * {@link GetProfileRequestDescriptor} (those left out are empty), then {@link #finish()}. Reusable; not thread-safe; allocates nothing.
 */
public final class GetProfileRequestEncoder extends PersonRequestEncoder {
    /** Creates an encoder that writes nowhere yet. */
    public GetProfileRequestEncoder() {
        super(IDENTITIES_GROUP);
    }

    /**
     * Starts a request at the buffer's writer index. The buffer stays the caller's.
     *
     * @param budgetMicros how long the answer is of use, in microseconds from when the server reads it; 0 for always
     */
    public GetProfileRequestEncoder wrap(ByteBuf buffer, long correlationId, int budgetMicros) {
        beginRequest(buffer, MessageType.GET_PROFILE, correlationId, budgetMicros, BLOCK_LENGTH);
        return this;
    }

    /** Sets {@code profileId}, uint64: whose. */
    public GetProfileRequestEncoder profileId(long profileId) {
        buffer().setLongLE(blockOffset() + PROFILE_ID_OFFSET, profileId);
        return this;
    }

    /** Sets {@code parts}, uint32: what to answer: 1 slots, 2 their vectors as well, 4 consents, 8 seen items. */
    public GetProfileRequestEncoder parts(int parts) {
        buffer().setIntLE(blockOffset() + PARTS_OFFSET, parts);
        return this;
    }

    /** Sets {@code mask}, uint8: 0 for all that is held; else 1 + number of a purpose: only what consent allows for it. */
    public GetProfileRequestEncoder mask(int mask) {
        buffer().setByte(blockOffset() + MASK_OFFSET, mask);
        return this;
    }
}
