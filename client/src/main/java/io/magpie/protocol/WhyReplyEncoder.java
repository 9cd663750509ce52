package io.magpie.protocol;

import static io.magpie.protocol.WhyReplyDescriptor.BIAS_OFFSET;
import static io.magpie.protocol.WhyReplyDescriptor.BLOCK_LENGTH;
import static io.magpie.protocol.WhyReplyDescriptor.CATALOGUE_VERSION_OFFSET;
import static io.magpie.protocol.WhyReplyDescriptor.FLAGS_OFFSET;
import static io.magpie.protocol.WhyReplyDescriptor.GONE_ITEMS_OFFSET;
import static io.magpie.protocol.WhyReplyDescriptor.ITEM_ID_OFFSET;
import static io.magpie.protocol.WhyReplyDescriptor.PROFILE_ID_OFFSET;
import static io.magpie.protocol.WhyReplyDescriptor.PROFILE_VERSION_OFFSET;
import static io.magpie.protocol.WhyReplyDescriptor.SCORE_OFFSET;
import static io.magpie.protocol.WhyReplyDescriptor.SEEN_ITEMS_ENTRY_LENGTH;
import static io.magpie.protocol.WhyReplyDescriptor.SEEN_ITEMS_GROUP;
import static io.magpie.protocol.WhyReplyDescriptor.SHARES_ENTRY_LENGTH;
import static io.magpie.protocol.WhyReplyDescriptor.SHARES_GROUP;
import static io.magpie.protocol.WhyReplyDescriptor.SPACE_ID_OFFSET;
import static io.magpie.protocol.WhyReplyDescriptor.TIME_MILLIS_OFFSET;

import io.netty.buffer.ByteBuf;

/**
 * Writes {@code WhyReply}. Why an item suits a profile. The amounts and the bias add up to the score but for the rounding of float32.
 *
 * <p>Call {@code wrap}, the fields of the block in any order (those left out are zero), the groups in the order of
 * {@link WhyReplyDescriptor} (those left out are empty), then {@link #finish()}. Reusable; not thread-safe; allocates nothing.
 */
public final class WhyReplyEncoder extends MessageEncoder {
    /** Starts an answer at the buffer's writer index. The buffer stays the caller's. */
    public WhyReplyEncoder wrap(ByteBuf buffer, long correlationId) {
        beginReply(buffer, MessageType.WHY, correlationId, Status.OK, BLOCK_LENGTH);
        return this;
    }

    /** Sets {@code profileId}, uint64: whose. */
    public WhyReplyEncoder profileId(long profileId) {
        buffer().setLongLE(blockOffset() + PROFILE_ID_OFFSET, profileId);
        return this;
    }

    /** Sets {@code itemId}, uint64: which item. */
    public WhyReplyEncoder itemId(long itemId) {
        buffer().setLongLE(blockOffset() + ITEM_ID_OFFSET, itemId);
        return this;
    }

    /** Sets {@code catalogueVersion}, uint64: the catalogue that this answer saw; +1 with every change of an item. */
    public WhyReplyEncoder catalogueVersion(long catalogueVersion) {
        buffer().setLongLE(blockOffset() + CATALOGUE_VERSION_OFFSET, catalogueVersion);
        return this;
    }

    /** Sets {@code timeMillis}, int64: the server's time of this answer, milliseconds since 1970. */
    public WhyReplyEncoder timeMillis(long timeMillis) {
        buffer().setLongLE(blockOffset() + TIME_MILLIS_OFFSET, timeMillis);
        return this;
    }

    /** Sets {@code spaceId}, uint32: the live catalogue's space. */
    public WhyReplyEncoder spaceId(int spaceId) {
        buffer().setIntLE(blockOffset() + SPACE_ID_OFFSET, spaceId);
        return this;
    }

    /** Sets {@code flags}, uint32: bits of {@link AnswerFlag}. */
    public WhyReplyEncoder flags(int flags) {
        buffer().setIntLE(blockOffset() + FLAGS_OFFSET, flags);
        return this;
    }

    /** Sets {@code score}, float32: the item's score for the profile, without boosts and context. */
    public WhyReplyEncoder score(float score) {
        buffer().setFloatLE(blockOffset() + SCORE_OFFSET, score);
        return this;
    }

    /** Sets {@code bias}, float32: the item's bias. */
    public WhyReplyEncoder bias(float bias) {
        buffer().setFloatLE(blockOffset() + BIAS_OFFSET, bias);
        return this;
    }

    /** Sets {@code profileVersion}, uint32: version of the profile. */
    public WhyReplyEncoder profileVersion(int profileVersion) {
        buffer().setIntLE(blockOffset() + PROFILE_VERSION_OFFSET, profileVersion);
        return this;
    }

    /** Sets {@code goneItems}, uint32: how many seen items could not be compared because they have left the catalogue. */
    public WhyReplyEncoder goneItems(int goneItems) {
        buffer().setIntLE(blockOffset() + GONE_ITEMS_OFFSET, goneItems);
        return this;
    }

    /** Starts every configured source, in their order: {@code count} calls of {@link #addShare} follow. */
    public WhyReplyEncoder beginShares(int count) {
        beginGroup(SHARES_GROUP, SHARES_ENTRY_LENGTH, count);
        return this;
    }

    /**
     * Writes an entry.
     *
     * @param amount float64: what it adds to the score; 0 if it was left out
     * @param source uint8: number of the source
     * @param use uint8: 0 used, 1 nothing held, 2 of another space, 3 zero vector, 4 no consent, 5 no weight, 6 no confidence
     */
    public WhyReplyEncoder addShare(double amount, int source, int use) {
        ByteBuf out = buffer();
        out.writeDoubleLE(amount);
        out.writeByte(source);
        out.writeByte(use);
        out.writeZero(6);
        return this;
    }

    /** Starts the seen items most like it, best first; those of sources left out have no say: {@code count} calls of {@link #addSeenItem} follow. */
    public WhyReplyEncoder beginSeenItems(int count) {
        beginGroup(SEEN_ITEMS_GROUP, SEEN_ITEMS_ENTRY_LENGTH, count);
        return this;
    }

    /**
     * Writes an entry.
     *
     * @param id uint64: a seen item
     * @param product float32: its inner product with the item asked about
     */
    public WhyReplyEncoder addSeenItem(long id, float product) {
        ByteBuf out = buffer();
        out.writeLongLE(id);
        out.writeFloatLE(product);
        return this;
    }
}
