package io.magpie.protocol;

import static io.magpie.protocol.RecommendReplyDescriptor.CATALOGUE_VERSION_OFFSET;
import static io.magpie.protocol.RecommendReplyDescriptor.EVENT_STATUSES_ENTRY_LENGTH;
import static io.magpie.protocol.RecommendReplyDescriptor.EVENT_STATUSES_GROUP;
import static io.magpie.protocol.RecommendReplyDescriptor.EVENT_STATUS_VALUE_OFFSET;
import static io.magpie.protocol.RecommendReplyDescriptor.FIRST_BLOCK_LENGTH;
import static io.magpie.protocol.RecommendReplyDescriptor.FLAGS_OFFSET;
import static io.magpie.protocol.RecommendReplyDescriptor.ITEMS_ENTRY_LENGTH;
import static io.magpie.protocol.RecommendReplyDescriptor.ITEMS_GROUP;
import static io.magpie.protocol.RecommendReplyDescriptor.ITEM_ID_OFFSET;
import static io.magpie.protocol.RecommendReplyDescriptor.ITEM_SCORE_OFFSET;
import static io.magpie.protocol.RecommendReplyDescriptor.PROFILE_ID_OFFSET;
import static io.magpie.protocol.RecommendReplyDescriptor.PROFILE_VERSION_OFFSET;
import static io.magpie.protocol.RecommendReplyDescriptor.SCANNED_ITEMS_OFFSET;
import static io.magpie.protocol.RecommendReplyDescriptor.SCORED_ITEMS_OFFSET;
import static io.magpie.protocol.RecommendReplyDescriptor.SHOWN_STATUSES_ENTRY_LENGTH;
import static io.magpie.protocol.RecommendReplyDescriptor.SHOWN_STATUSES_GROUP;
import static io.magpie.protocol.RecommendReplyDescriptor.SHOWN_STATUS_VALUE_OFFSET;
import static io.magpie.protocol.RecommendReplyDescriptor.SPACE_ID_OFFSET;
import static io.magpie.protocol.RecommendReplyDescriptor.TIME_MILLIS_OFFSET;
import static io.magpie.protocol.RecommendReplyDescriptor.UNKNOWN_ITEMS_OFFSET;
import static io.magpie.protocol.RecommendReplyDescriptor.UNKNOWN_MEMBERS_OFFSET;
import static io.magpie.protocol.RecommendReplyDescriptor.UNSEEN_BOUND_OFFSET;

/**
 * Reads {@code RecommendReply} in place. The items asked for, best first: score descending, then id ascending, unsigned; of SCORE in the order of asking.
 *
 * <p>{@link #wrap} first, and read fields only if it says {@link Status#OK}. Valid as long as the buffer is; holds no
 * reference count. Reusable; not thread-safe; allocates nothing except where said.
 */
public final class RecommendReplyDecoder extends MessageDecoder {

    /** Creates a decoder that is wrapped around nothing. */
    public RecommendReplyDecoder() {
        super(FIRST_BLOCK_LENGTH, 3);
        declare(ITEMS_GROUP, ITEMS_ENTRY_LENGTH, ProtocolLimits.MAX_LIMIT);
        declare(EVENT_STATUSES_GROUP, EVENT_STATUSES_ENTRY_LENGTH, ProtocolLimits.MAX_REQUEST_EVENTS);
        declare(SHOWN_STATUSES_GROUP, SHOWN_STATUSES_ENTRY_LENGTH, 1);
    }

    /** Returns {@code profileId}, uint64: as asked. */
    public long profileId() {
        return buffer().getLongLE(blockOffset() + PROFILE_ID_OFFSET);
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

    /** Returns {@code unseenBound}, float32: no item left unseen scores above it; -infinity when all were looked at. */
    public float unseenBound() {
        return buffer().getFloatLE(blockOffset() + UNSEEN_BOUND_OFFSET);
    }

    /** Returns {@code profileVersion}, uint32: version of the profile that answered; 0 for none. */
    public int profileVersion() {
        return buffer().getIntLE(blockOffset() + PROFILE_VERSION_OFFSET);
    }

    /** Returns {@code scannedItems}, uint64: items looked at in any form. */
    public long scannedItems() {
        return buffer().getLongLE(blockOffset() + SCANNED_ITEMS_OFFSET);
    }

    /** Returns {@code scoredItems}, uint64: items that got their real score. */
    public long scoredItems() {
        return buffer().getLongLE(blockOffset() + SCORED_ITEMS_OFFSET);
    }

    /** Returns {@code unknownItems}, uint32: how many of the items listed in the request are not in the catalogue. Zero when the sender left it out. */
    public int unknownItems() {
        return hasBlockField(UNKNOWN_ITEMS_OFFSET, Integer.BYTES)
                ? buffer().getIntLE(blockOffset() + UNKNOWN_ITEMS_OFFSET)
                : 0;
    }

    /** Returns {@code unknownMembers}, uint32: how many members of the group are not known. Zero when the sender left it out. */
    public int unknownMembers() {
        return hasBlockField(UNKNOWN_MEMBERS_OFFSET, Integer.BYTES)
                ? buffer().getIntLE(blockOffset() + UNKNOWN_MEMBERS_OFFSET)
                : 0;
    }

    /** Returns how many entries there are: the items. */
    public int itemCount() {
        return count(ITEMS_GROUP);
    }

    /** Returns {@code id}, uint64: the item. */
    public long itemId(int index) {
        return buffer().getLongLE(entry(ITEMS_GROUP, index) + ITEM_ID_OFFSET);
    }

    /** Returns {@code score}, float32: its score, boosts included; of SCORE without them, NaN for an item that is not known. */
    public float itemScore(int index) {
        return buffer().getFloatLE(entry(ITEMS_GROUP, index) + ITEM_SCORE_OFFSET);
    }

    /** Returns how many entries there are: one per event of RECORD_AND_RECOMMEND, in their order. */
    public int eventStatusCount() {
        return count(EVENT_STATUSES_GROUP);
    }

    /** Returns {@code value}, uint16: a number of {@link Status}. */
    public int eventStatus(int index) {
        return buffer().getUnsignedShortLE(entry(EVENT_STATUSES_GROUP, index) + EVENT_STATUS_VALUE_OFFSET);
    }

    /** Returns how many entries there are: when the answer was to be recorded as shown: how that ended. */
    public int shownStatusCount() {
        return count(SHOWN_STATUSES_GROUP);
    }

    /** Returns {@code value}, uint16: a number of Status. */
    public int shownStatus(int index) {
        return buffer().getUnsignedShortLE(entry(SHOWN_STATUSES_GROUP, index) + SHOWN_STATUS_VALUE_OFFSET);
    }
}
