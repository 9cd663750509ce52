package io.magpie.protocol;

import static io.magpie.protocol.BatchRequestDescriptor.BLOCK_LENGTH;
import static io.magpie.protocol.BatchRequestDescriptor.REQUESTS_GROUP;

import io.netty.buffer.ByteBuf;

/**
 * Writes {@code BatchRequest}. Asks many things at once: whole requests of any verb but HELLO and BATCH.
 *
 * <p>Call {@code wrap}, the fields of the block in any order (those left out are zero), the groups in the order of
 * {@link BatchRequestDescriptor} (those left out are empty), then {@link #finish()}. Reusable; not thread-safe; allocates nothing.
 */
public final class BatchRequestEncoder extends MessageEncoder {
    /**
     * Starts a request at the buffer's writer index. The buffer stays the caller's.
     *
     * @param budgetMicros how long the answer is of use, in microseconds from when the server reads it; 0 for always
     */
    public BatchRequestEncoder wrap(ByteBuf buffer, long correlationId, int budgetMicros) {
        beginRequest(buffer, MessageType.BATCH, correlationId, budgetMicros, BLOCK_LENGTH);
        return this;
    }

    /** Writes {@code requests}: whole frames, one after the other. */
    public BatchRequestEncoder requests(ByteBuf frames, int offset, int length) {
        beginGroup(REQUESTS_GROUP, 1, length);
        buffer().writeBytes(frames, offset, length);
        return this;
    }
}
