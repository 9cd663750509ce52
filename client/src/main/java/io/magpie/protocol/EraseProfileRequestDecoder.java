package io.magpie.protocol;

import static io.magpie.protocol.EraseProfileRequestDescriptor.BLOCK_LENGTH;
import static io.magpie.protocol.EraseProfileRequestDescriptor.PROFILE_ID_OFFSET;

/**
 * Reads {@code EraseProfileRequest} in place. Erases a profile with all that is held on the person, and overwrites the bytes.
 *
 * <p>{@link #wrap} first, and read fields only if it says {@link Status#OK}. Valid as long as the buffer is; holds no
 * reference count. Reusable; not thread-safe; allocates nothing except where said.
 */
public final class EraseProfileRequestDecoder extends PersonRequestDecoder {

    /** Creates a decoder that is wrapped around nothing. */
    public EraseProfileRequestDecoder() {
        super(BLOCK_LENGTH, 1);
    }

    /** Returns {@code profileId}, uint64: whose. */
    public long profileId() {
        return buffer().getLongLE(blockOffset() + PROFILE_ID_OFFSET);
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
