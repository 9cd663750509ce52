package io.magpie.protocol;

import static io.magpie.protocol.BatchReplyDescriptor.ANSWERS_GROUP;
import static io.magpie.protocol.BatchReplyDescriptor.BLOCK_LENGTH;
import static io.magpie.protocol.BatchReplyDescriptor.CATALOGUE_VERSION_OFFSET;
import static io.magpie.protocol.BatchReplyDescriptor.SPACE_ID_OFFSET;
import static io.magpie.protocol.BatchReplyDescriptor.TIME_MILLIS_OFFSET;

import io.netty.buffer.ByteBuf;

/**
 * Writes {@code BatchReply}. The answers to a batch, in the order of its requests, each with a status of its own.
 *
 * <p>Call {@code wrap}, the fields of the block in any order (those left out are zero), the groups in the order of
 * {@link BatchReplyDescriptor} (those left out are empty), then {@link #finish()}. Reusable; not thread-safe; allocates nothing.
 */
public final class BatchReplyEncoder extends MessageEncoder {
    /** Starts an answer at the buffer's writer index. The buffer stays the caller's. */
    public BatchReplyEncoder wrap(ByteBuf buffer, long correlationId) {
        beginReply(buffer, MessageType.BATCH, correlationId, Status.OK, BLOCK_LENGTH);
        return this;
    }

    /** Sets {@code catalogueVersion}, uint64: the catalogue after the last of them; +1 with every change of an item. */
    public BatchReplyEncoder catalogueVersion(long catalogueVersion) {
        buffer().setLongLE(blockOffset() + CATALOGUE_VERSION_OFFSET, catalogueVersion);
        return this;
    }

    /** Sets {@code timeMillis}, int64: the server's time of this answer, milliseconds since 1970. */
    public BatchReplyEncoder timeMillis(long timeMillis) {
        buffer().setLongLE(blockOffset() + TIME_MILLIS_OFFSET, timeMillis);
        return this;
    }

    /** Sets {@code spaceId}, uint32: the live catalogue's space. */
    public BatchReplyEncoder spaceId(int spaceId) {
        buffer().setIntLE(blockOffset() + SPACE_ID_OFFSET, spaceId);
        return this;
    }

    /** Starts the answers: {@code length} bytes of whole frames, by calls of {@link #addAnswer}, follow. */
    public BatchReplyEncoder beginAnswers(int length) {
        beginGroup(ANSWERS_GROUP, 1, length);
        return this;
    }

    /** Writes a whole frame. */
    public BatchReplyEncoder addAnswer(ByteBuf frame, int offset, int length) {
        buffer().writeBytes(frame, offset, length);
        return this;
    }
}
