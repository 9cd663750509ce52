package io.magpie.protocol;

import static io.magpie.protocol.SnapshotReplyDescriptor.BLOCK_LENGTH;
import static io.magpie.protocol.SnapshotReplyDescriptor.BYTES_OFFSET;
import static io.magpie.protocol.SnapshotReplyDescriptor.ENTRIES_EXPECTED_OFFSET;
import static io.magpie.protocol.SnapshotReplyDescriptor.ENTRIES_OFFSET;
import static io.magpie.protocol.SnapshotReplyDescriptor.MESSAGE_GROUP;
import static io.magpie.protocol.SnapshotReplyDescriptor.NAME_GROUP;
import static io.magpie.protocol.SnapshotReplyDescriptor.SEQUENCE_OFFSET;
import static io.magpie.protocol.SnapshotReplyDescriptor.STARTED_MILLIS_OFFSET;
import static io.magpie.protocol.SnapshotReplyDescriptor.STATE_OFFSET;
import static io.magpie.protocol.SnapshotReplyDescriptor.TIME_MILLIS_OFFSET;

/**
 * Reads {@code SnapshotReply} in place. How far the snapshot is, or how the last one ended.
 *
 * <p>{@link #wrap} first, and read fields only if it says {@link Status#OK}. Valid as long as the buffer is; holds no
 * reference count. Reusable; not thread-safe; allocates nothing except where said.
 */
public final class SnapshotReplyDecoder extends MessageDecoder {
    /** Creates a decoder that is wrapped around nothing. */
    public SnapshotReplyDecoder() {
        super(BLOCK_LENGTH, 2);
        declareText(NAME_GROUP, ProtocolLimits.MAX_TEXT_LENGTH);
        declareText(MESSAGE_GROUP, ProtocolLimits.MAX_MESSAGE_LENGTH);
    }

    /** Returns {@code sequence}, uint64: number of the last change that it holds; 0 before that is known. */
    public long sequence() {
        return buffer().getLongLE(blockOffset() + SEQUENCE_OFFSET);
    }

    /** Returns {@code timeMillis}, int64: the server's time of this answer, milliseconds since 1970. */
    public long timeMillis() {
        return buffer().getLongLE(blockOffset() + TIME_MILLIS_OFFSET);
    }

    /** Returns {@code startedMillis}, int64: when it was started, milliseconds since 1970; 0 if none ever was. */
    public long startedMillis() {
        return buffer().getLongLE(blockOffset() + STARTED_MILLIS_OFFSET);
    }

    /** Returns {@code entries}, uint64: entries copied so far. */
    public long entries() {
        return buffer().getLongLE(blockOffset() + ENTRIES_OFFSET);
    }

    /** Returns {@code entriesExpected}, uint64: entries there were when it began. */
    public long entriesExpected() {
        return buffer().getLongLE(blockOffset() + ENTRIES_EXPECTED_OFFSET);
    }

    /** Returns {@code bytes}, uint64: bytes written so far. */
    public long bytes() {
        return buffer().getLongLE(blockOffset() + BYTES_OFFSET);
    }

    /** Returns {@code state}, uint8: 0 none since the server started, 1 under way, 2 done, 3 failed or given up. */
    public int state() {
        return buffer().getUnsignedByte(blockOffset() + STATE_OFFSET);
    }

    /** Returns what it is called. Allocates. */
    public String name() {
        return text(NAME_GROUP);
    }

    /** Returns the bytes of name. */
    public int nameLength() {
        return count(NAME_GROUP);
    }

    /** Returns why it failed. Allocates. */
    public String message() {
        return text(MESSAGE_GROUP);
    }

    /** Returns the bytes of message. */
    public int messageLength() {
        return count(MESSAGE_GROUP);
    }
}
