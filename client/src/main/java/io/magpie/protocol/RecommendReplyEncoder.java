package io.magpie.protocol;

import static io.magpie.protocol.RecommendReplyDescriptor.BLOCK_LENGTH;
import static io.magpie.protocol.RecommendReplyDescriptor.CATALOGUE_VERSION_OFFSET;
import static io.magpie.protocol.RecommendReplyDescriptor.EVENT_STATUSES_ENTRY_LENGTH;
import static io.magpie.protocol.RecommendReplyDescriptor.EVENT_STATUSES_GROUP;
import static io.magpie.protocol.RecommendReplyDescriptor.FIRST_BLOCK_LENGTH;
import static io.magpie.protocol.RecommendReplyDescriptor.FLAGS_OFFSET;
import static io.magpie.protocol.RecommendReplyDescriptor.ITEMS_ENTRY_LENGTH;
import static io.magpie.protocol.RecommendReplyDescriptor.ITEMS_GROUP;
import static io.magpie.protocol.RecommendReplyDescriptor.PROFILE_ID_OFFSET;
import static io.magpie.protocol.RecommendReplyDescriptor.PROFILE_VERSION_OFFSET;
import static io.magpie.protocol.RecommendReplyDescriptor.SCANNED_ITEMS_OFFSET;
import static io.magpie.protocol.RecommendReplyDescriptor.SCORED_ITEMS_OFFSET;
import static io.magpie.protocol.RecommendReplyDescriptor.SHOWN_STATUSES_ENTRY_LENGTH;
import static io.magpie.protocol.RecommendReplyDescriptor.SHOWN_STATUSES_GROUP;
import static io.magpie.protocol.RecommendReplyDescriptor.SPACE_ID_OFFSET;
import static io.magpie.protocol.RecommendReplyDescriptor.TIME_MILLIS_OFFSET;
import static io.magpie.protocol.RecommendReplyDescriptor.UNKNOWN_ITEMS_OFFSET;
import static io.magpie.protocol.RecommendReplyDescriptor.UNKNOWN_MEMBERS_OFFSET;
import static io.magpie.protocol.RecommendReplyDescriptor.UNSEEN_BOUND_OFFSET;

import io.netty.buffer.ByteBuf;

/**
 * Writes {@code RecommendReply}. The items asked for, best first: score descending, then id ascending, unsigned; of SCORE in the order of asking.
 *
 * <p>Call {@code wrap}, the fields of the block in any order (those left out are zero), the groups in the order of
 * {@link RecommendReplyDescriptor} (those left out are empty), then {@link #finish()}. Reusable; not thread-safe; allocates nothing.
 */
public final class RecommendReplyEncoder extends MessageEncoder {
    /** Starts an answer at the buffer's writer index, with the first part of the block alone. The buffer stays the caller's. */
    public RecommendReplyEncoder wrap(ByteBuf buffer, long correlationId) {
        beginReply(buffer, MessageType.RECOMMEND, correlationId, Status.OK, FIRST_BLOCK_LENGTH);
        return this;
    }

    /**
     * Starts an answer with the whole block at the buffer's writer index. The buffer stays the caller's.
     *
     * @param messageType which of its verbs it answers
     */
    public RecommendReplyEncoder wrap(ByteBuf buffer, int messageType, long correlationId) {
        beginReply(buffer, messageType, correlationId, Status.OK, BLOCK_LENGTH);
        return this;
    }

    /** Sets {@code profileId}, uint64: as asked. */
    public RecommendReplyEncoder profileId(long profileId) {
        buffer().setLongLE(blockOffset() + PROFILE_ID_OFFSET, profileId);
        return this;
    }

    /** Sets {@code catalogueVersion}, uint64: the catalogue that this answer saw; +1 with every change of an item. */
    public RecommendReplyEncoder catalogueVersion(long catalogueVersion) {
        buffer().setLongLE(blockOffset() + CATALOGUE_VERSION_OFFSET, catalogueVersion);
        return this;
    }

    /** Sets {@code timeMillis}, int64: the server's time of this answer, milliseconds since 1970. */
    public RecommendReplyEncoder timeMillis(long timeMillis) {
        buffer().setLongLE(blockOffset() + TIME_MILLIS_OFFSET, timeMillis);
        return this;
    }

    /** Sets {@code spaceId}, uint32: the live catalogue's space. */
    public RecommendReplyEncoder spaceId(int spaceId) {
        buffer().setIntLE(blockOffset() + SPACE_ID_OFFSET, spaceId);
        return this;
    }

    /** Sets {@code flags}, uint32: bits of {@link AnswerFlag}. */
    public RecommendReplyEncoder flags(int flags) {
        buffer().setIntLE(blockOffset() + FLAGS_OFFSET, flags);
        return this;
    }

    /** Sets {@code unseenBound}, float32: no item left unseen scores above it; -infinity when all were looked at. */
    public RecommendReplyEncoder unseenBound(float unseenBound) {
        buffer().setFloatLE(blockOffset() + UNSEEN_BOUND_OFFSET, unseenBound);
        return this;
    }

    /** Sets {@code profileVersion}, uint32: version of the profile that answered; 0 for none. */
    public RecommendReplyEncoder profileVersion(int profileVersion) {
        buffer().setIntLE(blockOffset() + PROFILE_VERSION_OFFSET, profileVersion);
        return this;
    }

    /** Sets {@code scannedItems}, uint64: items looked at in any form. */
    public RecommendReplyEncoder scannedItems(long scannedItems) {
        buffer().setLongLE(blockOffset() + SCANNED_ITEMS_OFFSET, scannedItems);
        return this;
    }

    /** Sets {@code scoredItems}, uint64: items that got their real score. */
    public RecommendReplyEncoder scoredItems(long scoredItems) {
        buffer().setLongLE(blockOffset() + SCORED_ITEMS_OFFSET, scoredItems);
        return this;
    }

    /**
     * Sets {@code unknownItems}, uint32: how many of the items listed in the request are not in the catalogue.
     *
     * @throws IllegalStateException if the frame has the first part of the block alone
     */
    public RecommendReplyEncoder unknownItems(int unknownItems) {
        buffer().setIntLE(laterField(UNKNOWN_ITEMS_OFFSET, Integer.BYTES), unknownItems);
        return this;
    }

    /**
     * Sets {@code unknownMembers}, uint32: how many members of the group are not known.
     *
     * @throws IllegalStateException if the frame has the first part of the block alone
     */
    public RecommendReplyEncoder unknownMembers(int unknownMembers) {
        buffer().setIntLE(laterField(UNKNOWN_MEMBERS_OFFSET, Integer.BYTES), unknownMembers);
        return this;
    }

    /** Starts the items: {@code count} calls of {@link #addItem} follow. */
    public RecommendReplyEncoder beginItems(int count) {
        beginGroup(ITEMS_GROUP, ITEMS_ENTRY_LENGTH, count);
        return this;
    }

    /**
     * Writes an entry.
     *
     * @param id uint64: the item
     * @param score float32: its score, boosts included; of SCORE without them, NaN for an item that is not known
     */
    public RecommendReplyEncoder addItem(long id, float score) {
        ByteBuf out = buffer();
        out.writeLongLE(id);
        out.writeFloatLE(score);
        return this;
    }

    /** Starts one per event of RECORD_AND_RECOMMEND, in their order: {@code count} calls of {@link #addEventStatus} follow. */
    public RecommendReplyEncoder beginEventStatuses(int count) {
        beginGroup(EVENT_STATUSES_GROUP, EVENT_STATUSES_ENTRY_LENGTH, count);
        return this;
    }

    /**
     * Writes an entry.
     *
     * @param value uint16: a number of Status
     */
    public RecommendReplyEncoder addEventStatus(int value) {
        ByteBuf out = buffer();
        out.writeShortLE(value);
        return this;
    }

    /** Starts when the answer was to be recorded as shown: how that ended: {@code count} calls of {@link #addShownStatus} follow. */
    public RecommendReplyEncoder beginShownStatuses(int count) {
        beginGroup(SHOWN_STATUSES_GROUP, SHOWN_STATUSES_ENTRY_LENGTH, count);
        return this;
    }

    /**
     * Writes an entry.
     *
     * @param value uint16: a number of Status
     */
    public RecommendReplyEncoder addShownStatus(int value) {
        ByteBuf out = buffer();
        out.writeShortLE(value);
        return this;
    }
}
