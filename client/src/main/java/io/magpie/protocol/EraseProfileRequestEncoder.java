package io.magpie.protocol;

import static io.magpie.protocol.EraseProfileRequestDescriptor.BLOCK_LENGTH;
import static io.magpie.protocol.EraseProfileRequestDescriptor.IDENTITIES_GROUP;
import static io.magpie.protocol.EraseProfileRequestDescriptor.PROFILE_ID_OFFSET;

import io.netty.buffer.ByteBuf;

/**
 * Writes {@code EraseProfileRequest}. Erases a profile with all that is held on the person, and overwrites the bytes.
 *
 * <p>Call {@code wrap}, the fields of the block in any order (those left out are zero), the groups in the order of
 * {@link EraseProfileRequestDescriptor} (those left out are empty), then {@link #finish()}. Reusable; not thread-safe; allocates nothing.
 */
public final class EraseProfileRequestEncoder extends PersonRequestEncoder {
    /** Creates an encoder that writes nowhere yet. */
    public EraseProfileRequestEncoder() {
        super(IDENTITIES_GROUP);
    }

    /**
     * Starts a request at the buffer's writer index. The buffer stays the caller's.
     *
     * @param budgetMicros how long the answer is of use, in microseconds from when the server reads it; 0 for always
     */
    public EraseProfileRequestEncoder wrap(ByteBuf buffer, long correlationId, int budgetMicros) {
        beginRequest(buffer, MessageType.ERASE_PROFILE, correlationId, budgetMicros, BLOCK_LENGTH);
        return this;
    }

    /** Sets {@code profileId}, uint64: whose. */
    public EraseProfileRequestEncoder profileId(long profileId) {
        buffer().setLongLE(blockOffset() + PROFILE_ID_OFFSET, profileId);
        return this;
    }
}
