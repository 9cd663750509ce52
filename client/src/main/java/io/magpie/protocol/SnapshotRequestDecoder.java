package io.magpie.protocol;

import static io.magpie.protocol.SnapshotRequestDescriptor.ACTION_OFFSET;
import static io.magpie.protocol.SnapshotRequestDescriptor.BLOCK_LENGTH;
import static io.magpie.protocol.SnapshotRequestDescriptor.NAME_GROUP;

/**
 * Reads {@code SnapshotRequest} in place. Starts a snapshot of the state, asks how far it is, or has it given up.
 *
 * <p>{@link #wrap} first, and read fields only if it says {@link Status#OK}. Valid as long as the buffer is; holds no
 * reference count. Reusable; not thread-safe; allocates nothing except where said.
 */
public final class SnapshotRequestDecoder extends MessageDecoder {
    /** Creates a decoder that is wrapped around nothing. */
    public SnapshotRequestDecoder() {
        super(BLOCK_LENGTH, 1);
        declareText(NAME_GROUP, ProtocolLimits.MAX_TEXT_LENGTH);
    }

    /** Returns {@code action}, uint8: 0 how far is it, 1 start, 2 give up. */
    public int action() {
        return buffer().getUnsignedByte(blockOffset() + ACTION_OFFSET);
    }

    /** Returns the name of the new directory below the server's snapshot directory: letters, digits, `.`, `_`, `-`, the first no dot; only to start. Allocates. */
    public String name() {
        return text(NAME_GROUP);
    }

    /** Returns the bytes of name. */
    public int nameLength() {
        return count(NAME_GROUP);
    }
}
