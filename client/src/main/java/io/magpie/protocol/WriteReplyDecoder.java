package io.magpie.protocol;

import static io.magpie.protocol.WriteReplyDescriptor.APPLIED_COUNT_OFFSET;
import static io.magpie.protocol.WriteReplyDescriptor.BLOCK_LENGTH;
import static io.magpie.protocol.WriteReplyDescriptor.CATALOGUE_VERSION_OFFSET;
import static io.magpie.protocol.WriteReplyDescriptor.PROFILE_IDS_ENTRY_LENGTH;
import static io.magpie.protocol.WriteReplyDescriptor.PROFILE_IDS_GROUP;
import static io.magpie.protocol.WriteReplyDescriptor.PROFILE_ID_VALUE_OFFSET;
import static io.magpie.protocol.WriteReplyDescriptor.SPACE_ID_OFFSET;
import static io.magpie.protocol.WriteReplyDescriptor.STATUSES_ENTRY_LENGTH;
import static io.magpie.protocol.WriteReplyDescriptor.STATUSES_GROUP;
import static io.magpie.protocol.WriteReplyDescriptor.STATUS_VALUE_OFFSET;
import static io.magpie.protocol.WriteReplyDescriptor.TIME_MILLIS_OFFSET;

/**
 * Reads {@code WriteReply} in place. Answer to every verb that takes a list of changes: one status per entry, in the order of the request. Entries are applied one by one; one refused does not stop the rest.
 *
 * <p>{@link #wrap} first, and read fields only if it says {@link Status#OK}. Valid as long as the buffer is; holds no
 * reference count. Reusable; not thread-safe; allocates nothing except where said.
 */
public final class WriteReplyDecoder extends MessageDecoder {

    /** Creates a decoder that is wrapped around nothing. */
    public WriteReplyDecoder() {
        super(BLOCK_LENGTH, 2);
        declare(STATUSES_GROUP, STATUSES_ENTRY_LENGTH, ProtocolLimits.MAX_LIST_LENGTH);
        declare(PROFILE_IDS_GROUP, PROFILE_IDS_ENTRY_LENGTH, ProtocolLimits.MAX_LIST_LENGTH);
    }

    /** Returns {@code catalogueVersion}, uint64: the catalogue that this answer saw; +1 with every change of an item. */
    public long catalogueVersion() {
        return buffer().getLongLE(blockOffset() + CATALOGUE_VERSION_OFFSET);
    }

    /** Returns {@code timeMillis}, int64: the server's time of this answer, milliseconds since 1970. */
    public long timeMillis() {
        return buffer().getLongLE(blockOffset() + TIME_MILLIS_OFFSET);
    }

    /** Returns {@code spaceId}, uint32: the space of the catalogue that was changed, or the live one's. */
    public int spaceId() {
        return buffer().getIntLE(blockOffset() + SPACE_ID_OFFSET);
    }

    /** Returns {@code appliedCount}, uint32: how many were applied. */
    public int appliedCount() {
        return buffer().getIntLE(blockOffset() + APPLIED_COUNT_OFFSET);
    }

    /** Returns how many entries there are: one per entry. */
    public int statusCount() {
        return count(STATUSES_GROUP);
    }

    /** Returns {@code value}, uint16: a number of {@link Status}. */
    public int status(int index) {
        return buffer().getUnsignedShortLE(entry(STATUSES_GROUP, index) + STATUS_VALUE_OFFSET);
    }

    /** Returns how many entries there are: none, or the profiles that the entries reached, in the same order. */
    public int profileIdCount() {
        return count(PROFILE_IDS_GROUP);
    }

    /** Returns {@code value}, uint64: the profile that the entry reached; 2^64-1 if none. */
    public long profileId(int index) {
        return buffer().getLongLE(entry(PROFILE_IDS_GROUP, index) + PROFILE_ID_VALUE_OFFSET);
    }
}
