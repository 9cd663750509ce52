package io.magpie.protocol;

import static io.magpie.protocol.PutSlotsRequestDescriptor.BLOCK_LENGTH;
import static io.magpie.protocol.PutSlotsRequestDescriptor.SLOTS_ENTRY_LENGTH;
import static io.magpie.protocol.PutSlotsRequestDescriptor.SLOTS_GROUP;
import static io.magpie.protocol.PutSlotsRequestDescriptor.SLOT_EVIDENCE_OFFSET;
import static io.magpie.protocol.PutSlotsRequestDescriptor.SLOT_PROFILE_ID_OFFSET;
import static io.magpie.protocol.PutSlotsRequestDescriptor.SLOT_SOURCE_OFFSET;
import static io.magpie.protocol.PutSlotsRequestDescriptor.SLOT_SPACE_ID_OFFSET;
import static io.magpie.protocol.PutSlotsRequestDescriptor.SLOT_TIME_MILLIS_OFFSET;
import static io.magpie.protocol.PutSlotsRequestDescriptor.VECTORS_GROUP;

/**
 * Reads {@code PutSlotsRequest} in place. Sets slots of profiles, each as given. Profiles that are not there are made.
 *
 * <p>{@link #wrap} first, and read fields only if it says {@link Status#OK}. Valid as long as the buffer is; holds no
 * reference count. Reusable; not thread-safe; allocates nothing except where said.
 */
public final class PutSlotsRequestDecoder extends ConditionalRequestDecoder {

    /** Creates a decoder that is wrapped around nothing. */
    public PutSlotsRequestDecoder() {
        super(BLOCK_LENGTH, 4);
        declare(SLOTS_GROUP, SLOTS_ENTRY_LENGTH, ProtocolLimits.MAX_LIST_LENGTH);
        declareVectors(VECTORS_GROUP, ProtocolLimits.MAX_LIST_LENGTH);
    }

    @Override
    protected Status check() {
        return vectorCount() == slotCount() ? super.check() : Status.MALFORMED;
    }

    /** Returns how many entries there are: the slots. */
    public int slotCount() {
        return count(SLOTS_GROUP);
    }

    /** Returns {@code profileId}, uint64: whose slot. */
    public long slotProfileId(int index) {
        return buffer().getLongLE(entry(SLOTS_GROUP, index) + SLOT_PROFILE_ID_OFFSET);
    }

    /** Returns {@code timeMillis}, int64: time of its last event, milliseconds since 1970. */
    public long slotTimeMillis(int index) {
        return buffer().getLongLE(entry(SLOTS_GROUP, index) + SLOT_TIME_MILLIS_OFFSET);
    }

    /** Returns {@code evidence}, float64: what stands behind it, 0 or more. */
    public double slotEvidence(int index) {
        return buffer().getDoubleLE(entry(SLOTS_GROUP, index) + SLOT_EVIDENCE_OFFSET);
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

    @Override
    protected int placeCount() {
        return count(SLOTS_GROUP);
    }

    @Override
    protected long profileIdAt(int place) {
        return slotProfileId(place);
    }
}
