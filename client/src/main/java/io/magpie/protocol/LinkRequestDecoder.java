package io.magpie.protocol;

/**
 * Reads {@code LinkRequest} in place. Says that two identities, or an identity and a profile, or two profiles, are the same person. Two profiles are merged.
 *
 * <p>{@link #wrap} first, and read fields only if it says {@link Status#OK}. Valid as long as the buffer is; holds no
 * reference count. Reusable; not thread-safe; allocates nothing except where said.
 */
public final class LinkRequestDecoder extends PersonRequestDecoder {

    /** Creates a decoder that is wrapped around nothing. */
    public LinkRequestDecoder() {
        super(LinkRequestDescriptor.BLOCK_LENGTH, 2);
        declare(
                LinkRequestDescriptor.LINKS_GROUP,
                LinkRequestDescriptor.LINKS_ENTRY_LENGTH,
                ProtocolLimits.MAX_LIST_LENGTH);
    }

    /** Returns how many entries there are: pairs that are one person. */
    public int linkCount() {
        return count(LinkRequestDescriptor.LINKS_GROUP);
    }

    /** Returns {@code profileId}, uint64: a profile. */
    public long linkProfileId(int index) {
        return buffer().getLongLE(
                        entry(LinkRequestDescriptor.LINKS_GROUP, index) + LinkRequestDescriptor.LINK_PROFILE_ID_OFFSET);
    }

    /** Returns {@code otherProfileId}, uint64: the other profile. */
    public long linkOtherProfileId(int index) {
        return buffer().getLongLE(entry(LinkRequestDescriptor.LINKS_GROUP, index)
                + LinkRequestDescriptor.LINK_OTHER_PROFILE_ID_OFFSET);
    }

    @Override
    protected int placeCount() {
        return 2 * linkCount();
    }

    @Override
    protected long profileIdAt(int place) {
        return place % 2 == 0 ? linkProfileId(place / 2) : linkOtherProfileId(place / 2);
    }
}
