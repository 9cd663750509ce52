package io.magpie.protocol;

import static io.magpie.protocol.ExportProfileRequestDescriptor.BLOCK_LENGTH;
import static io.magpie.protocol.ExportProfileRequestDescriptor.PROFILE_ID_OFFSET;

/**
 * Reads {@code ExportProfileRequest} in place. Asks for everything that is held on a person.
 *
 * <p>{@link #wrap} first, and read fields only if it says {@link Status#OK}. Valid as long as the buffer is; holds no
 * reference count. Reusable; not thread-safe; allocates nothing except where said.
 */
public final class ExportProfileRequestDecoder extends PersonRequestDecoder {
    /** Creates a decoder that is wrapped around nothing. */
    public ExportProfileRequestDecoder() {
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
