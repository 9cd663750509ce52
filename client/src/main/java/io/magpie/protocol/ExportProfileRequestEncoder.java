package io.magpie.protocol;

import static io.magpie.protocol.ExportProfileRequestDescriptor.BLOCK_LENGTH;
import static io.magpie.protocol.ExportProfileRequestDescriptor.IDENTITIES_GROUP;
import static io.magpie.protocol.ExportProfileRequestDescriptor.PROFILE_ID_OFFSET;

import io.netty.buffer.ByteBuf;

/**
 * Writes {@code ExportProfileRequest}. Asks for everything that is held on a person.
 *
 * <p>Call {@code wrap}, the fields of the block in any order (those left out are zero), the groups in the order of
 * {@link ExportProfileRequestDescriptor} (those left out are empty), then {@link #finish()}. Reusable; not thread-safe; allocates nothing.
 */
public final class ExportProfileRequestEncoder extends PersonRequestEncoder {
    /** Creates an encoder that writes nowhere yet. */
    public ExportProfileRequestEncoder() {
        super(IDENTITIES_GROUP);
    }

    /**
     * Starts a request at the buffer's writer index. The buffer stays the caller's.
     *
     * @param budgetMicros how long the answer is of use, in microseconds from when the server reads it; 0 for always
     */
    public ExportProfileRequestEncoder wrap(ByteBuf buffer, long correlationId, int budgetMicros) {
        beginRequest(buffer, MessageType.EXPORT_PROFILE, correlationId, budgetMicros, BLOCK_LENGTH);
        return this;
    }

    /** Sets {@code profileId}, uint64: whose. */
    public ExportProfileRequestEncoder profileId(long profileId) {
        buffer().setLongLE(blockOffset() + PROFILE_ID_OFFSET, profileId);
        return this;
    }
}
