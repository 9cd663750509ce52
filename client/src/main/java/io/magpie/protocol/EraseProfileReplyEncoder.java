package io.magpie.protocol;

import static io.magpie.protocol.EraseProfileReplyDescriptor.BLOCK_LENGTH;
import static io.magpie.protocol.EraseProfileReplyDescriptor.CATALOGUE_VERSION_OFFSET;
import static io.magpie.protocol.EraseProfileReplyDescriptor.CONSENTS_OFFSET;
import static io.magpie.protocol.EraseProfileReplyDescriptor.IDENTITIES_OFFSET;
import static io.magpie.protocol.EraseProfileReplyDescriptor.LOG_RECORDS_OFFSET;
import static io.magpie.protocol.EraseProfileReplyDescriptor.PROFILES_OFFSET;
import static io.magpie.protocol.EraseProfileReplyDescriptor.PROFILE_ID_OFFSET;
import static io.magpie.protocol.EraseProfileReplyDescriptor.REDIRECTS_OFFSET;
import static io.magpie.protocol.EraseProfileReplyDescriptor.SEEN_ITEMS_OFFSET;
import static io.magpie.protocol.EraseProfileReplyDescriptor.SEQUENCE_OFFSET;
import static io.magpie.protocol.EraseProfileReplyDescriptor.SLOTS_OFFSET;
import static io.magpie.protocol.EraseProfileReplyDescriptor.SPACE_ID_OFFSET;
import static io.magpie.protocol.EraseProfileReplyDescriptor.TIME_MILLIS_OFFSET;

import io.netty.buffer.ByteBuf;

/**
 * Writes {@code EraseProfileReply}. The receipt of an erasure.
 *
 * <p>Call {@code wrap}, the fields of the block in any order (those left out are zero), the groups in the order of
 * {@link EraseProfileReplyDescriptor} (those left out are empty), then {@link #finish()}. Reusable; not thread-safe; allocates nothing.
 */
public final class EraseProfileReplyEncoder extends MessageEncoder {
    /** Starts an answer at the buffer's writer index. The buffer stays the caller's. */
    public EraseProfileReplyEncoder wrap(ByteBuf buffer, long correlationId) {
        beginReply(buffer, MessageType.ERASE_PROFILE, correlationId, Status.OK, BLOCK_LENGTH);
        return this;
    }

    /** Sets {@code profileId}, uint64: whose. */
    public EraseProfileReplyEncoder profileId(long profileId) {
        buffer().setLongLE(blockOffset() + PROFILE_ID_OFFSET, profileId);
        return this;
    }

    /** Sets {@code catalogueVersion}, uint64: the catalogue that this answer saw; +1 with every change of an item. */
    public EraseProfileReplyEncoder catalogueVersion(long catalogueVersion) {
        buffer().setLongLE(blockOffset() + CATALOGUE_VERSION_OFFSET, catalogueVersion);
        return this;
    }

    /** Sets {@code timeMillis}, int64: the server's time of this answer, milliseconds since 1970. */
    public EraseProfileReplyEncoder timeMillis(long timeMillis) {
        buffer().setLongLE(blockOffset() + TIME_MILLIS_OFFSET, timeMillis);
        return this;
    }

    /** Sets {@code sequence}, uint64: number of the erasure in the update log. */
    public EraseProfileReplyEncoder sequence(long sequence) {
        buffer().setLongLE(blockOffset() + SEQUENCE_OFFSET, sequence);
        return this;
    }

    /** Sets {@code spaceId}, uint32: the live catalogue's space. */
    public EraseProfileReplyEncoder spaceId(int spaceId) {
        buffer().setIntLE(blockOffset() + SPACE_ID_OFFSET, spaceId);
        return this;
    }

    /** Sets {@code profiles}, uint32: profiles erased: 1, or 0 when there was none. */
    public EraseProfileReplyEncoder profiles(int profiles) {
        buffer().setIntLE(blockOffset() + PROFILES_OFFSET, profiles);
        return this;
    }

    /** Sets {@code slots}, uint32: slots erased. */
    public EraseProfileReplyEncoder slots(int slots) {
        buffer().setIntLE(blockOffset() + SLOTS_OFFSET, slots);
        return this;
    }

    /** Sets {@code consents}, uint32: consents erased. */
    public EraseProfileReplyEncoder consents(int consents) {
        buffer().setIntLE(blockOffset() + CONSENTS_OFFSET, consents);
        return this;
    }

    /** Sets {@code seenItems}, uint32: seen and shown items erased. */
    public EraseProfileReplyEncoder seenItems(int seenItems) {
        buffer().setIntLE(blockOffset() + SEEN_ITEMS_OFFSET, seenItems);
        return this;
    }

    /** Sets {@code identities}, uint32: identities erased. */
    public EraseProfileReplyEncoder identities(int identities) {
        buffer().setIntLE(blockOffset() + IDENTITIES_OFFSET, identities);
        return this;
    }

    /** Sets {@code logRecords}, uint32: parts of log records overwritten. */
    public EraseProfileReplyEncoder logRecords(int logRecords) {
        buffer().setIntLE(blockOffset() + LOG_RECORDS_OFFSET, logRecords);
        return this;
    }

    /** Sets {@code redirects}, uint32: profiles that had been merged into it, erased too. */
    public EraseProfileReplyEncoder redirects(int redirects) {
        buffer().setIntLE(blockOffset() + REDIRECTS_OFFSET, redirects);
        return this;
    }
}
