package io.magpie.protocol;

/**
 * Reads {@code UnlinkRequest} in place. Takes identities away from their profiles: each leads to a new, empty one.
 *
 * <p>{@link #wrap} first, and read fields only if it says {@link Status#OK}. Valid as long as the buffer is; holds no
 * reference count. Reusable; not thread-safe; allocates nothing except where said.
 */
public final class UnlinkRequestDecoder extends PersonRequestDecoder {

    /** Creates a decoder that is wrapped around nothing. */
    public UnlinkRequestDecoder() {
        super(UnlinkRequestDescriptor.BLOCK_LENGTH, 2);
        declare(
                UnlinkRequestDescriptor.UNLINKS_GROUP,
                UnlinkRequestDescriptor.UNLINKS_ENTRY_LENGTH,
                ProtocolLimits.MAX_LIST_LENGTH);
    }

    /** Returns how many entries there are: the identities, each as place of an entry. */
    public int unlinkCount() {
        return count(UnlinkRequestDescriptor.UNLINKS_GROUP);
    }

    /** Returns {@code profileId}, uint64: 2^64-1: the identity says whose. */
    public long unlinkProfileId(int index) {
        return buffer().getLongLE(entry(UnlinkRequestDescriptor.UNLINKS_GROUP, index)
                + UnlinkRequestDescriptor.UNLINK_PROFILE_ID_OFFSET);
    }

    @Override
    protected int placeCount() {
        return unlinkCount();
    }

    @Override
    protected long profileIdAt(int place) {
        return unlinkProfileId(place);
    }
}
