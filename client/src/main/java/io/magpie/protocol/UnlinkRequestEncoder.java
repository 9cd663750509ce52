package io.magpie.protocol;

import io.netty.buffer.ByteBuf;

/**
 * Writes {@code UnlinkRequest}. Takes identities away from their profiles: each leads to a new, empty one.
 *
 * <p>Call {@code wrap}, the fields of the block in any order (those left out are zero), the groups in the order of
 * {@link UnlinkRequestDescriptor} (those left out are empty), then {@link #finish()}. Reusable; not thread-safe; allocates nothing.
 */
public final class UnlinkRequestEncoder extends PersonRequestEncoder {
    /** Creates an encoder that writes nowhere yet. */
    public UnlinkRequestEncoder() {
        super(UnlinkRequestDescriptor.IDENTITIES_GROUP);
    }

    /**
     * Starts a request at the buffer's writer index. The buffer stays the caller's.
     *
     * @param budgetMicros how long the answer is of use, in microseconds from when the server reads it; 0 for always
     */
    public UnlinkRequestEncoder wrap(ByteBuf buffer, long correlationId, int budgetMicros) {
        beginRequest(buffer, MessageType.UNLINK, correlationId, budgetMicros, UnlinkRequestDescriptor.BLOCK_LENGTH);
        return this;
    }

    /** Starts the identities, each as place of an entry: {@code count} calls of {@link #addUnlink} follow. */
    public UnlinkRequestEncoder beginUnlinks(int count) {
        beginGroup(UnlinkRequestDescriptor.UNLINKS_GROUP, UnlinkRequestDescriptor.UNLINKS_ENTRY_LENGTH, count);
        return this;
    }

    /**
     * Writes an entry.
     *
     * @param profileId uint64: 2^64-1: the identity says whose
     */
    public UnlinkRequestEncoder addUnlink(long profileId) {
        ByteBuf out = buffer();
        out.writeLongLE(profileId);
        return this;
    }
}
