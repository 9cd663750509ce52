package io.magpie.protocol;

import static io.magpie.protocol.PingRequestDescriptor.BLOCK_LENGTH;
import static io.magpie.protocol.PingRequestDescriptor.PAYLOAD_OFFSET;

/**
 * Reads {@code PingRequest} in place. Ping: is the other side there?
 *
 * <p>{@link #wrap} first, and read fields only if it says {@link Status#OK}. Valid as long as the buffer is; holds no
 * reference count. Reusable; not thread-safe; allocates nothing except where said.
 */
public final class PingRequestDecoder extends MessageDecoder {

    /** Creates a decoder that is wrapped around nothing. */
    public PingRequestDecoder() {
        super(BLOCK_LENGTH, 0);
    }

    /** Returns {@code payload}, uint64: anything; comes back. */
    public long payload() {
        return buffer().getLongLE(blockOffset() + PAYLOAD_OFFSET);
    }
}
