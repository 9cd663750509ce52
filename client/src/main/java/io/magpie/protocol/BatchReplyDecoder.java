package io.magpie.protocol;

import static io.magpie.protocol.BatchReplyDescriptor.ANSWERS_GROUP;
import static io.magpie.protocol.BatchReplyDescriptor.BLOCK_LENGTH;
import static io.magpie.protocol.BatchReplyDescriptor.CATALOGUE_VERSION_OFFSET;
import static io.magpie.protocol.BatchReplyDescriptor.SPACE_ID_OFFSET;
import static io.magpie.protocol.BatchReplyDescriptor.TIME_MILLIS_OFFSET;

/**
 * Reads {@code BatchReply} in place. The answers to a batch, in the order of its requests, each with a status of its own.
 *
 * <p>{@link #wrap} first, and read fields only if it says {@link Status#OK}. Valid as long as the buffer is; holds no
 * reference count. Reusable; not thread-safe; allocates nothing except where said.
 */
public final class BatchReplyDecoder extends MessageDecoder {
    /** Creates a decoder that is wrapped around nothing. */
    public BatchReplyDecoder() {
        super(BLOCK_LENGTH, 1);
        declareText(ANSWERS_GROUP, ProtocolLimits.MAX_BATCH_LENGTH);
    }

    /** Returns {@code catalogueVersion}, uint64: the catalogue after the last of them; +1 with every change of an item. */
    public long catalogueVersion() {
        return buffer().getLongLE(blockOffset() + CATALOGUE_VERSION_OFFSET);
    }

    /** Returns {@code timeMillis}, int64: the server's time of this answer, milliseconds since 1970. */
    public long timeMillis() {
        return buffer().getLongLE(blockOffset() + TIME_MILLIS_OFFSET);
    }

    /** Returns {@code spaceId}, uint32: the live catalogue's space. */
    public int spaceId() {
        return buffer().getIntLE(blockOffset() + SPACE_ID_OFFSET);
    }

    /** Returns the bytes of answers. */
    public int answersLength() {
        return count(ANSWERS_GROUP);
    }

    @Override
    protected Status check() {
        return InnerFrames.check(
                buffer(), count(ANSWERS_GROUP) == 0 ? 0 : entry(ANSWERS_GROUP, 0), count(ANSWERS_GROUP));
    }

    /** Returns how many frames answers holds. */
    public int frameCount() {
        return answersLength() == 0 ? 0 : InnerFrames.count(buffer(), entry(ANSWERS_GROUP, 0), answersLength());
    }

    /** Hands over each of the frames, in their order. */
    public void answers(InnerFrames.Sink sink) {
        if (answersLength() > 0) {
            InnerFrames.forEach(buffer(), entry(ANSWERS_GROUP, 0), answersLength(), sink);
        }
    }
}
