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
import static io.magpie.protocol.WhyReplyDescriptor.SEEN_ITEM_ID_OFFSET;
import static io.magpie.protocol.WhyReplyDescriptor.SEEN_ITEM_PRODUCT_OFFSET;
import static io.magpie.protocol.WhyReplyDescriptor.SHARES_ENTRY_LENGTH;
import static io.magpie.protocol.WhyReplyDescriptor.SHARES_GROUP;
import static io.magpie.protocol.WhyReplyDescriptor.SHARE_AMOUNT_OFFSET;
import static io.magpie.protocol.WhyReplyDescriptor.SHARE_SOURCE_OFFSET;
import static io.magpie.protocol.WhyReplyDescriptor.SHARE_USE_OFFSET;
import static io.magpie.protocol.WhyReplyDescriptor.SPACE_ID_OFFSET;
import static io.magpie.protocol.WhyReplyDescriptor.TIME_MILLIS_OFFSET;

/**
 * Reads {@code WhyReply} in place. Why an item suits a profile. The amounts and the bias add up to the score but for the rounding of float32.
 *
 * <p>{@link #wrap} first, and read fields only if it says {@link Status#OK}. Valid as long as the buffer is; holds no
 * reference count. Reusable; not thread-safe; allocates nothing except where said.
 */
public final class WhyReplyDecoder extends MessageDecoder {
    /** Use of a source: it has a share. */
    public static final int USE_USED = 0;

    /** Use of a source: nothing is held from it. */
    public static final int USE_NOTHING_HELD = 1;

    /** Use of a source: its slot belongs to another space. */
    public static final int USE_OTHER_SPACE = 2;

    /** Use of a source: its vector is zero. */
    public static final int USE_ZERO_VECTOR = 3;

    /** Use of a source: its consent does not allow it. */
    public static final int USE_NO_CONSENT = 4;

    /** Use of a source: its weight is 0. */
    public static final int USE_NO_WEIGHT = 5;

    /** Use of a source: nothing is left of its evidence. */
    public static final int USE_NO_CONFIDENCE = 6;

    /** Creates a decoder that is wrapped around nothing. */
    public WhyReplyDecoder() {
        super(BLOCK_LENGTH, 2);
        declare(SHARES_GROUP, SHARES_ENTRY_LENGTH, ProtocolLimits.MAX_SOURCES);
        declare(SEEN_ITEMS_GROUP, SEEN_ITEMS_ENTRY_LENGTH, ProtocolLimits.MAX_LIST_LENGTH);
    }

    /** Returns {@code profileId}, uint64: whose. */
    public long profileId() {
        return buffer().getLongLE(blockOffset() + PROFILE_ID_OFFSET);
    }

    /** Returns {@code itemId}, uint64: which item. */
    public long itemId() {
        return buffer().getLongLE(blockOffset() + ITEM_ID_OFFSET);
    }

    /** Returns {@code catalogueVersion}, uint64: the catalogue that this answer saw; +1 with every change of an item. */
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

    /** Returns {@code flags}, uint32: bits of {@link AnswerFlag}. */
    public int flags() {
        return buffer().getIntLE(blockOffset() + FLAGS_OFFSET);
    }

    /** Returns {@code score}, float32: the item's score for the profile, without boosts and context. */
    public float score() {
        return buffer().getFloatLE(blockOffset() + SCORE_OFFSET);
    }

    /** Returns {@code bias}, float32: the item's bias. */
    public float bias() {
        return buffer().getFloatLE(blockOffset() + BIAS_OFFSET);
    }

    /** Returns {@code profileVersion}, uint32: version of the profile. */
    public int profileVersion() {
        return buffer().getIntLE(blockOffset() + PROFILE_VERSION_OFFSET);
    }

    /** Returns {@code goneItems}, uint32: how many seen items could not be compared because they have left the catalogue. */
    public int goneItems() {
        return buffer().getIntLE(blockOffset() + GONE_ITEMS_OFFSET);
    }

    /** Returns how many entries there are: every configured source, in their order. */
    public int shareCount() {
        return count(SHARES_GROUP);
    }

    /** Returns {@code amount}, float64: what it adds to the score; 0 if it was left out. */
    public double shareAmount(int index) {
        return buffer().getDoubleLE(entry(SHARES_GROUP, index) + SHARE_AMOUNT_OFFSET);
    }

    /** Returns {@code source}, uint8: number of the source. */
    public int shareSource(int index) {
        return buffer().getUnsignedByte(entry(SHARES_GROUP, index) + SHARE_SOURCE_OFFSET);
    }

    /** Returns {@code use}, uint8: 0 used, 1 nothing held, 2 of another space, 3 zero vector, 4 no consent, 5 no weight, 6 no confidence. */
    public int shareUse(int index) {
        return buffer().getUnsignedByte(entry(SHARES_GROUP, index) + SHARE_USE_OFFSET);
    }

    /** Returns how many entries there are: the seen items most like it, best first; those of sources left out have no say. */
    public int seenItemCount() {
        return count(SEEN_ITEMS_GROUP);
    }

    /** Returns {@code id}, uint64: a seen item. */
    public long seenItemId(int index) {
        return buffer().getLongLE(entry(SEEN_ITEMS_GROUP, index) + SEEN_ITEM_ID_OFFSET);
    }

    /** Returns {@code product}, float32: its inner product with the item asked about. */
    public float seenItemProduct(int index) {
        return buffer().getFloatLE(entry(SEEN_ITEMS_GROUP, index) + SEEN_ITEM_PRODUCT_OFFSET);
    }
}
