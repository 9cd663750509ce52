package io.magpie.protocol;

import static io.magpie.protocol.SnapshotRequestDescriptor.ACTION_OFFSET;
import static io.magpie.protocol.SnapshotRequestDescriptor.BLOCK_LENGTH;
import static io.magpie.protocol.SnapshotRequestDescriptor.NAME_GROUP;

import io.netty.buffer.ByteBuf;

/**
 * Writes {@code SnapshotRequest}. Starts a snapshot of the state, asks how far it is, or has it given up.
 *
 * <p>Call {@code wrap}, the fields of the block in any order (those left out are zero), the groups in the order of
 * {@link SnapshotRequestDescriptor} (those left out are empty), then {@link #finish()}. Reusable; not thread-safe; allocates nothing.
 */
public final class SnapshotRequestEncoder extends MessageEncoder {
    /**
     * Starts a request at the buffer's writer index. The buffer stays the caller's.
     *
     * @param budgetMicros how long the answer is of use, in microseconds from when the server reads it; 0 for always
     */
    public SnapshotRequestEncoder wrap(ByteBuf buffer, long correlationId, int budgetMicros) {
        beginRequest(buffer, MessageType.SNAPSHOT, correlationId, budgetMicros, BLOCK_LENGTH);
        return this;
    }

    /** Sets {@code action}, uint8: 0 how far is it, 1 start, 2 give up. */
    public SnapshotRequestEncoder action(int action) {
        buffer().setByte(blockOffset() + ACTION_OFFSET, action);
        return this;
    }

    /** Writes the name of the new directory below the server's snapshot directory: letters, digits, `.`, `_`, `-`, the first no dot; only to start. */
    public SnapshotRequestEncoder name(CharSequence text) {
        writeText(NAME_GROUP, text);
        return this;
    }
}
