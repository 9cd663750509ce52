package io.magpie.protocol;

import static io.magpie.protocol.WriteReplyDescriptor.APPLIED_COUNT_OFFSET;
import static io.magpie.protocol.WriteReplyDescriptor.BLOCK_LENGTH;
import static io.magpie.protocol.WriteReplyDescriptor.CATALOGUE_VERSION_OFFSET;
import static io.magpie.protocol.WriteReplyDescriptor.PROFILE_IDS_ENTRY_LENGTH;
import static io.magpie.protocol.WriteReplyDescriptor.PROFILE_IDS_GROUP;
import static io.magpie.protocol.WriteReplyDescriptor.SPACE_ID_OFFSET;
import static io.magpie.protocol.WriteReplyDescriptor.STATUSES_ENTRY_LENGTH;
import static io.magpie.protocol.WriteReplyDescriptor.STATUSES_GROUP;
import static io.magpie.protocol.WriteReplyDescriptor.TIME_MILLIS_OFFSET;

import io.netty.buffer.ByteBuf;

/**
 * Writes {@code WriteReply}. Answer to every verb that takes a list of changes: one status per entry, in the order of the request. Entries are applied one by one; one refused does not stop the rest.
 *
 * <p>Call {@code wrap}, the fields of the block in any order (those left out are zero), the groups in the order of
 * {@link WriteReplyDescriptor} (those left out are empty), then {@link #finish()}. Reusable; not thread-safe; allocates nothing.
 */
public final class WriteReplyEncoder extends MessageEncoder {
    /**
     * Starts an answer at the buffer's writer index.
     *
     * @param messageType type of the request that it answers
     */
    public WriteReplyEncoder wrap(ByteBuf buffer, int messageType, long correlationId) {
        beginReply(buffer, messageType, correlationId, Status.OK, BLOCK_LENGTH);
        return this;
    }

    /** Sets {@code catalogueVersion}, uint64: the catalogue that this answer saw; +1 with every change of an item. */
    public WriteReplyEncoder catalogueVersion(long catalogueVersion) {
        buffer().setLongLE(blockOffset() + CATALOGUE_VERSION_OFFSET, catalogueVersion);
        return this;
    }

    /** Sets {@code timeMillis}, int64: the server's time of this answer, milliseconds since 1970. */
    public WriteReplyEncoder timeMillis(long timeMillis) {
        buffer().setLongLE(blockOffset() + TIME_MILLIS_OFFSET, timeMillis);
        return this;
    }

    /** Sets {@code spaceId}, uint32: the space of the catalogue that was changed, or the live one's. */
    public WriteReplyEncoder spaceId(int spaceId) {
        buffer().setIntLE(blockOffset() + SPACE_ID_OFFSET, spaceId);
        return this;
    }

    /** Sets {@code appliedCount}, uint32: how many were applied. */
    public WriteReplyEncoder appliedCount(int appliedCount) {
        buffer().setIntLE(blockOffset() + APPLIED_COUNT_OFFSET, appliedCount);
        return this;
    }

    /** Starts one per entry: {@code count} calls of {@link #addStatus} follow. */
    public WriteReplyEncoder beginStatuses(int count) {
        beginGroup(STATUSES_GROUP, STATUSES_ENTRY_LENGTH, count);
        return this;
    }

    /**
     * Writes an entry.
     *
     * @param value uint16: a number of Status
     */
    public WriteReplyEncoder addStatus(int value) {
        ByteBuf out = buffer();
        out.writeShortLE(value);
        return this;
    }

    /** Starts the profiles that the entries reached: {@code count} calls of {@link #addProfileId} follow. */
    public WriteReplyEncoder beginProfileIds(int count) {
        beginGroup(PROFILE_IDS_GROUP, PROFILE_IDS_ENTRY_LENGTH, count);
        return this;
    }

    /**
     * Writes an entry.
     *
     * @param value uint64: the profile that the entry reached; 2^64-1 if none
     */
    public WriteReplyEncoder addProfileId(long value) {
        buffer().writeLongLE(value);
        return this;
    }
}
