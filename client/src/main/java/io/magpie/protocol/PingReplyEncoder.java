package io.magpie.protocol;

import static io.magpie.protocol.PingReplyDescriptor.BLOCK_LENGTH;
import static io.magpie.protocol.PingReplyDescriptor.PAYLOAD_OFFSET;
import static io.magpie.protocol.PingReplyDescriptor.TIME_MILLIS_OFFSET;

import io.netty.buffer.ByteBuf;

/**
 * Writes {@code PingReply}. Answer to ping.
 *
 * <p>Call {@code wrap}, the fields of the block in any order (those left out are zero), the groups in the order of
 * {@link PingReplyDescriptor} (those left out are empty), then {@link #finish()}. Reusable; not thread-safe; allocates nothing.
 */
public final class PingReplyEncoder extends MessageEncoder {
    /** Starts an answer at the buffer's writer index. The buffer stays the caller's. */
    public PingReplyEncoder wrap(ByteBuf buffer, long correlationId) {
        beginReply(buffer, MessageType.PING, correlationId, Status.OK, BLOCK_LENGTH);
        return this;
    }

    /** Sets {@code payload}, uint64: as sent. */
    public PingReplyEncoder payload(long payload) {
        buffer().setLongLE(blockOffset() + PAYLOAD_OFFSET, payload);
        return this;
    }

    /** Sets {@code timeMillis}, int64: the server's time, milliseconds since 1970. */
    public PingReplyEncoder timeMillis(long timeMillis) {
        buffer().setLongLE(blockOffset() + TIME_MILLIS_OFFSET, timeMillis);
        return this;
    }
}
