package io.magpie.protocol;

import static io.magpie.protocol.StatisticsRequestDescriptor.BLOCK_LENGTH;

/**
 * Reads {@code StatisticsRequest} in place. Asks for the server's counters.
 *
 * <p>{@link #wrap} first, and read fields only if it says {@link Status#OK}. Valid as long as the buffer is; holds no
 * reference count. Reusable; not thread-safe; allocates nothing except where said.
 */
public final class StatisticsRequestDecoder extends MessageDecoder {

    /** Creates a decoder that is wrapped around nothing. */
    public StatisticsRequestDecoder() {
        super(BLOCK_LENGTH, 0);
    }
}
