package io.magpie.protocol;

import io.netty.buffer.ByteBuf;

/**
 * Writes {@code LinkRequest}. Says that two identities, or an identity and a profile, or two profiles, are the same person. Two profiles are merged.
 *
 * <p>Call {@code wrap}, the fields of the block in any order (those left out are zero), the groups in the order of
 * {@link LinkRequestDescriptor} (those left out are empty), then {@link #finish()}. Reusable; not thread-safe; allocates nothing.
 */
public final class LinkRequestEncoder extends PersonRequestEncoder {
    /** Creates an encoder that writes nowhere yet. */
    public LinkRequestEncoder() {
        super(LinkRequestDescriptor.IDENTITIES_GROUP);
    }

    /**
     * Starts a request at the buffer's writer index. The buffer stays the caller's.
     *
     * @param budgetMicros how long the answer is of use, in microseconds from when the server reads it; 0 for always
     */
    public LinkRequestEncoder wrap(ByteBuf buffer, long correlationId, int budgetMicros) {
        beginRequest(buffer, MessageType.LINK, correlationId, budgetMicros, LinkRequestDescriptor.BLOCK_LENGTH);
        return this;
    }

    /** Starts pairs that are one person: {@code count} calls of {@link #addLink} follow. */
    public LinkRequestEncoder beginLinks(int count) {
        beginGroup(LinkRequestDescriptor.LINKS_GROUP, LinkRequestDescriptor.LINKS_ENTRY_LENGTH, count);
        return this;
    }

    /**
     * Writes an entry.
     *
     * @param profileId uint64: a profile
     * @param otherProfileId uint64: the other profile
     */
    public LinkRequestEncoder addLink(long profileId, long otherProfileId) {
        ByteBuf out = buffer();
        out.writeLongLE(profileId);
        out.writeLongLE(otherProfileId);
        return this;
    }
}
