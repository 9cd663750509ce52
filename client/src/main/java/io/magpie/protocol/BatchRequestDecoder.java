package io.magpie.protocol;

import static io.magpie.protocol.BatchRequestDescriptor.BLOCK_LENGTH;
import static io.magpie.protocol.BatchRequestDescriptor.REQUESTS_GROUP;

/**
 * Reads {@code BatchRequest} in place. Asks many things at once: whole requests of any verb but HELLO and BATCH.
 *
 * <p>{@link #wrap} first, and read fields only if it says {@link Status#OK}. Valid as long as the buffer is; holds no
 * reference count. Reusable; not thread-safe; allocates nothing except where said.
 */
public final class BatchRequestDecoder extends MessageDecoder {
    /** Creates a decoder that is wrapped around nothing. */
    public BatchRequestDecoder() {
        super(BLOCK_LENGTH, 1);
        declareText(REQUESTS_GROUP, ProtocolLimits.MAX_BATCH_LENGTH);
    }

    /** Returns the bytes of requests. */
    public int requestsLength() {
        return count(REQUESTS_GROUP);
    }

    @Override
    protected Status check() {
        return InnerFrames.check(
                buffer(), count(REQUESTS_GROUP) == 0 ? 0 : entry(REQUESTS_GROUP, 0), count(REQUESTS_GROUP));
    }

    /** Returns how many frames requests holds. */
    public int frameCount() {
        return requestsLength() == 0 ? 0 : InnerFrames.count(buffer(), entry(REQUESTS_GROUP, 0), requestsLength());
    }

    /** Hands over each of the frames, in their order. */
    public void requests(InnerFrames.Sink sink) {
        if (requestsLength() > 0) {
            InnerFrames.forEach(buffer(), entry(REQUESTS_GROUP, 0), requestsLength(), sink);
        }
    }
}
