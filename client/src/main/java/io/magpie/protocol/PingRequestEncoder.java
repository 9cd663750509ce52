package io.magpie.protocol;

import static io.magpie.protocol.PingRequestDescriptor.BLOCK_LENGTH;
import static io.magpie.protocol.PingRequestDescriptor.PAYLOAD_OFFSET;

import io.netty.buffer.ByteBuf;

/**
 * Writes {@code PingRequest}. Ping: is the other side there?
 *
 * <p>Call {@code wrap}, the fields of the block in any order (those left out are zero), the groups in the order of
 * {@link PingRequestDescriptor} (those left out are empty), then {@link #finish()}. Reusable; not thread-safe; allocates nothing.
 */
public final class PingRequestEncoder extends MessageEncoder {
    /**
     * Starts a request at the buffer's writer index. The buffer stays the caller's.
     *
     * @param budgetMicros how long the answer is of use, in microseconds from when the server reads it; 0 for always
     */
    public PingRequestEncoder wrap(ByteBuf buffer, long correlationId, int budgetMicros) {
        beginRequest(buffer, MessageType.PING, correlationId, budgetMicros, BLOCK_LENGTH);
        return this;
    }

    /** Sets {@code payload}, uint64: anything; comes back. */
    public PingRequestEncoder payload(long payload) {
        buffer().setLongLE(blockOffset() + PAYLOAD_OFFSET, payload);
        return this;
    }
}
