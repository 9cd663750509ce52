package io.magpie.protocol;

import static io.magpie.protocol.GetProfileRequestDescriptor.BLOCK_LENGTH;
import static io.magpie.protocol.GetProfileRequestDescriptor.MASK_OFFSET;
import static io.magpie.protocol.GetProfileRequestDescriptor.PARTS_OFFSET;
import static io.magpie.protocol.GetProfileRequestDescriptor.PROFILE_ID_OFFSET;

/**
 * Reads {@code GetProfileRequest} in place. Reads a profile.
 *
 * <p>{@link #wrap} first, and read fields only if it says {@link Status#OK}. Valid as long as the buffer is; holds no
 * reference count. Reusable; not thread-safe; allocates nothing except where said.
 */
public final class GetProfileRequestDecoder extends PersonRequestDecoder {
    /** Part: the slots, without their vectors. */
    public static final int PART_SLOTS = 1;

    /** Part: the slots' vectors; asks for the slots too. */
    public static final int PART_VECTORS = 2;

    /** Part: consents that are not unset. */
    public static final int PART_CONSENTS = 4;

    /** Part: items seen and shown. */
    public static final int PART_SEEN = 8;

    /** All that is held. */
    public static final int PART_ALL = 15;

    /** Creates a decoder that is wrapped around nothing. */
    public GetProfileRequestDecoder() {
        super(BLOCK_LENGTH, 1);
    }

    /** Returns {@code profileId}, uint64: whose. */
    public long profileId() {
        return buffer().getLongLE(blockOffset() + PROFILE_ID_OFFSET);
    }

    /** Returns {@code parts}, uint32: what to answer: 1 slots, 2 their vectors as well, 4 consents, 8 seen items. */
    public int parts() {
        return buffer().getIntLE(blockOffset() + PARTS_OFFSET);
    }

    /** Returns {@code mask}, uint8: 0 for all that is held; else 1 + number of a purpose: only what consent allows for it. */
    public int mask() {
        return buffer().getUnsignedByte(blockOffset() + MASK_OFFSET);
    }

    @Override
    protected int placeCount() {
        return 1;
    }

    @Override
    protected long profileIdAt(int place) {
        return profileId();
    }
}
