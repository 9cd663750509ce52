package io.magpie.protocol;

import static io.magpie.protocol.GetProfileReplyDescriptor.BLOCK_LENGTH;
import static io.magpie.protocol.GetProfileReplyDescriptor.CATALOGUE_VERSION_OFFSET;
import static io.magpie.protocol.GetProfileReplyDescriptor.CONSENTS_ENTRY_LENGTH;
import static io.magpie.protocol.GetProfileReplyDescriptor.CONSENTS_GROUP;
import static io.magpie.protocol.GetProfileReplyDescriptor.CONSENT_PURPOSE_OFFSET;
import static io.magpie.protocol.GetProfileReplyDescriptor.CONSENT_SOURCE_OFFSET;
import static io.magpie.protocol.GetProfileReplyDescriptor.CONSENT_STATE_OFFSET;
import static io.magpie.protocol.GetProfileReplyDescriptor.CONSENT_TIME_MILLIS_OFFSET;
import static io.magpie.protocol.GetProfileReplyDescriptor.FLAGS_OFFSET;
import static io.magpie.protocol.GetProfileReplyDescriptor.PROFILE_ID_OFFSET;
import static io.magpie.protocol.GetProfileReplyDescriptor.SEEN_ENTRY_LENGTH;
import static io.magpie.protocol.GetProfileReplyDescriptor.SEEN_GROUP;
import static io.magpie.protocol.GetProfileReplyDescriptor.SEEN_ITEM_ID_OFFSET;
import static io.magpie.protocol.GetProfileReplyDescriptor.SEEN_KIND_OFFSET;
import static io.magpie.protocol.GetProfileReplyDescriptor.SEEN_SOURCE_OFFSET;
import static io.magpie.protocol.GetProfileReplyDescriptor.SEEN_TIMES_OFFSET;
import static io.magpie.protocol.GetProfileReplyDescriptor.SEEN_TIME_SECONDS_OFFSET;
import static io.magpie.protocol.GetProfileReplyDescriptor.SLOTS_ENTRY_LENGTH;
import static io.magpie.protocol.GetProfileReplyDescriptor.SLOTS_GROUP;
import static io.magpie.protocol.GetProfileReplyDescriptor.SLOT_EVIDENCE_OFFSET;
import static io.magpie.protocol.GetProfileReplyDescriptor.SLOT_NORM_OFFSET;
import static io.magpie.protocol.GetProfileReplyDescriptor.SLOT_SOURCE_OFFSET;
import static io.magpie.protocol.GetProfileReplyDescriptor.SLOT_SPACE_ID_OFFSET;
import static io.magpie.protocol.GetProfileReplyDescriptor.SLOT_TIME_MILLIS_OFFSET;
import static io.magpie.protocol.GetProfileReplyDescriptor.SPACE_ID_OFFSET;
import static io.magpie.protocol.GetProfileReplyDescriptor.TIME_MILLIS_OFFSET;
import static io.magpie.protocol.GetProfileReplyDescriptor.VECTORS_GROUP;
import static io.magpie.protocol.GetProfileReplyDescriptor.VERSION_OFFSET;

/**
 * Reads {@code GetProfileReply} in place. A profile. One that is not there is answered by status UNKNOWN_PROFILE.
 *
 * <p>{@link #wrap} first, and read fields only if it says {@link Status#OK}. Valid as long as the buffer is; holds no
 * reference count. Reusable; not thread-safe; allocates nothing except where said.
 */
public final class GetProfileReplyDecoder extends MessageDecoder {

    /** Creates a decoder that is wrapped around nothing. */
    public GetProfileReplyDecoder() {
        super(BLOCK_LENGTH, 4);
        declare(SLOTS_GROUP, SLOTS_ENTRY_LENGTH, ProtocolLimits.MAX_SLOTS);
        declareVectors(VECTORS_GROUP, ProtocolLimits.MAX_SLOTS);
        declare(CONSENTS_GROUP, CONSENTS_ENTRY_LENGTH, ProtocolLimits.MAX_CONSENTS);
        declare(SEEN_GROUP, SEEN_ENTRY_LENGTH, ProtocolLimits.MAX_LIST_LENGTH);
    }

    @Override
    protected Status check() {
        return vectorCount() == 0 || vectorCount() == slotCount() ? Status.OK : Status.MALFORMED;
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

    /** Returns {@code spaceId}, uint32: the live catalogue's space. */
    public int spaceId() {
        return buffer().getIntLE(blockOffset() + SPACE_ID_OFFSET);
    }

    /** Returns {@code version}, uint32: +1 with every change of the profile. */
    public int version() {
        return buffer().getIntLE(blockOffset() + VERSION_OFFSET);
    }

    /** Returns {@code flags}, uint32: bits of {@link AnswerFlag}. */
    public int flags() {
        return buffer().getIntLE(blockOffset() + FLAGS_OFFSET);
    }

    /** Returns how many entries there are: the slots. */
    public int slotCount() {
        return count(SLOTS_GROUP);
    }

    /** Returns {@code evidence}, float64: what stands behind it, as of timeMillis. */
    public double slotEvidence(int index) {
        return buffer().getDoubleLE(entry(SLOTS_GROUP, index) + SLOT_EVIDENCE_OFFSET);
    }

    /** Returns {@code timeMillis}, int64: time of its last event. */
    public long slotTimeMillis(int index) {
        return buffer().getLongLE(entry(SLOTS_GROUP, index) + SLOT_TIME_MILLIS_OFFSET);
    }

    /** Returns {@code norm}, float64: Euclidean norm of its vector. */
    public double slotNorm(int index) {
        return buffer().getDoubleLE(entry(SLOTS_GROUP, index) + SLOT_NORM_OFFSET);
    }

    /** Returns {@code spaceId}, uint32: space of its vector. */
    public int slotSpaceId(int index) {
        return buffer().getIntLE(entry(SLOTS_GROUP, index) + SLOT_SPACE_ID_OFFSET);
    }

    /** Returns {@code source}, uint8: number of the source. */
    public int slotSource(int index) {
        return buffer().getUnsignedByte(entry(SLOTS_GROUP, index) + SLOT_SOURCE_OFFSET);
    }

    /** Returns how many vectors there are. */
    public int vectorCount() {
        return count(VECTORS_GROUP);
    }

    /** Returns the length of every vector of this message; 0 when there is none. */
    public int dimension() {
        return dimension(VECTORS_GROUP);
    }

    /**
     * Copies a vector.
     *
     * @param into at least {@link #dimension()} long; overwritten from 0 on
     * @return false if a value is NaN or infinite
     */
    public boolean copyVector(int index, float[] into) {
        return copyVector(VECTORS_GROUP, index, into, 0);
    }

    /** Returns how many entries there are: consents that are not unset. */
    public int consentCount() {
        return count(CONSENTS_GROUP);
    }

    /** Returns {@code timeMillis}, int64: when it was given or withdrawn. */
    public long consentTimeMillis(int index) {
        return buffer().getLongLE(entry(CONSENTS_GROUP, index) + CONSENT_TIME_MILLIS_OFFSET);
    }

    /** Returns {@code source}, uint8: number of the source. */
    public int consentSource(int index) {
        return buffer().getUnsignedByte(entry(CONSENTS_GROUP, index) + CONSENT_SOURCE_OFFSET);
    }

    /** Returns {@code purpose}, uint8: number of the purpose. */
    public int consentPurpose(int index) {
        return buffer().getUnsignedByte(entry(CONSENTS_GROUP, index) + CONSENT_PURPOSE_OFFSET);
    }

    /** Returns {@code state}, uint8: 1 granted, 2 denied. */
    public int consentState(int index) {
        return buffer().getUnsignedByte(entry(CONSENTS_GROUP, index) + CONSENT_STATE_OFFSET);
    }

    /** Returns how many entries there are: items seen or shown. */
    public int seenCount() {
        return count(SEEN_GROUP);
    }

    /** Returns {@code itemId}, uint64: the item. */
    public long seenItemId(int index) {
        return buffer().getLongLE(entry(SEEN_GROUP, index) + SEEN_ITEM_ID_OFFSET);
    }

    /** Returns {@code timeSeconds}, uint32: last time, seconds since 1970. */
    public int seenTimeSeconds(int index) {
        return buffer().getIntLE(entry(SEEN_GROUP, index) + SEEN_TIME_SECONDS_OFFSET);
    }

    /** Returns {@code source}, uint8: number of the source. */
    public int seenSource(int index) {
        return buffer().getUnsignedByte(entry(SEEN_GROUP, index) + SEEN_SOURCE_OFFSET);
    }

    /** Returns {@code kind}, uint8: 0 seen, 1 shown. */
    public int seenKind(int index) {
        return buffer().getUnsignedByte(entry(SEEN_GROUP, index) + SEEN_KIND_OFFSET);
    }

    /** Returns {@code times}, uint16: how often, up to 65,535. */
    public int seenTimes(int index) {
        return buffer().getUnsignedShortLE(entry(SEEN_GROUP, index) + SEEN_TIMES_OFFSET);
    }
}
