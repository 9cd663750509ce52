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

/**
 * Reads {@code EraseProfileReply} in place. The receipt of an erasure.
 *
 * <p>{@link #wrap} first, and read fields only if it says {@link Status#OK}. Valid as long as the buffer is; holds no
 * reference count. Reusable; not thread-safe; allocates nothing except where said.
 */
public final class EraseProfileReplyDecoder extends MessageDecoder {

    /** Creates a decoder that is wrapped around nothing. */
    public EraseProfileReplyDecoder() {
        super(BLOCK_LENGTH, 0);
    }

    /** Returns {@code profileId}, uint64: whose. */
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

    /** Returns {@code sequence}, uint64: number of the erasure in the update log. */
    public long sequence() {
        return buffer().getLongLE(blockOffset() + SEQUENCE_OFFSET);
    }

    /** Returns {@code spaceId}, uint32: the live catalogue's space. */
    public int spaceId() {
        return buffer().getIntLE(blockOffset() + SPACE_ID_OFFSET);
    }

    /** Returns {@code profiles}, uint32: profiles erased: 1, or 0 when there was none. */
    public int profiles() {
        return buffer().getIntLE(blockOffset() + PROFILES_OFFSET);
    }

    /** Returns {@code slots}, uint32: slots erased. */
    public int slots() {
        return buffer().getIntLE(blockOffset() + SLOTS_OFFSET);
    }

    /** Returns {@code consents}, uint32: consents erased. */
    public int consents() {
        return buffer().getIntLE(blockOffset() + CONSENTS_OFFSET);
    }

    /** Returns {@code seenItems}, uint32: seen and shown items erased. */
    public int seenItems() {
        return buffer().getIntLE(blockOffset() + SEEN_ITEMS_OFFSET);
    }

    /** Returns {@code identities}, uint32: identities erased. */
    public int identities() {
        return buffer().getIntLE(blockOffset() + IDENTITIES_OFFSET);
    }

    /** Returns {@code logRecords}, uint32: parts of log records overwritten. */
    public int logRecords() {
        return buffer().getIntLE(blockOffset() + LOG_RECORDS_OFFSET);
    }

    /** Returns {@code redirects}, uint32: profiles that had been merged into it, erased too. */
    public int redirects() {
        return buffer().getIntLE(blockOffset() + REDIRECTS_OFFSET);
    }
}
