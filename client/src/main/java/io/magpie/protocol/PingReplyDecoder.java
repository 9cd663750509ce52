package io.magpie.protocol;

import static io.magpie.protocol.PingReplyDescriptor.BLOCK_LENGTH;
import static io.magpie.protocol.PingReplyDescriptor.PAYLOAD_OFFSET;
import static io.magpie.protocol.PingReplyDescriptor.TIME_MILLIS_OFFSET;

/**
 * Reads {@code PingReply} in place. Answer to ping.
 *
 * <p>{@link #wrap} first, and read fields only if it says {@link Status#OK}. Valid as long as the buffer is; holds no
 * reference count. Reusable; not thread-safe; allocates nothing except where said.
 */
public final class PingReplyDecoder extends MessageDecoder {

    /** Creates a decoder that is wrapped around nothing. */
    public PingReplyDecoder() {
        super(BLOCK_LENGTH, 0);
    }

    /** Returns {@code payload}, uint64: as sent. */
    public long payload() {
        return buffer().getLongLE(blockOffset() + PAYLOAD_OFFSET);
    }

    /** Returns {@code timeMillis}, int64: the server's time, milliseconds since 1970. */
    public long timeMillis() {
        return buffer().getLongLE(blockOffset() + TIME_MILLIS_OFFSET);
    }
}
