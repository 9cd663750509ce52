package io.magpie.protocol;

import static io.magpie.protocol.StatisticsRequestDescriptor.BLOCK_LENGTH;

import io.netty.buffer.ByteBuf;

/**
 * Writes {@code StatisticsRequest}. Asks for the server's counters.
 *
 * <p>Call {@code wrap}, the fields of the block in any order (those left out are zero), the groups in the order of
 * {@link StatisticsRequestDescriptor} (those left out are empty), then {@link #finish()}. Reusable; not thread-safe; allocates nothing.
 */
public final class StatisticsRequestEncoder extends MessageEncoder {
    /**
     * Starts a request at the buffer's writer index. The buffer stays the caller's.
     *
     * @param budgetMicros how long the answer is of use, in microseconds from when the server reads it; 0 for always
     */
    public StatisticsRequestEncoder wrap(ByteBuf buffer, long correlationId, int budgetMicros) {
        beginRequest(buffer, MessageType.STATISTICS, correlationId, budgetMicros, BLOCK_LENGTH);
        return this;
    }
}
