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

import io.netty.buffer.ByteBuf;

/**
 * Writes {@code SnapshotReply}. How far the snapshot is, or how the last one ended.
 *
 * <p>Call {@code wrap}, the fields of the block in any order (those left out are zero), the groups in the order of
 * {@link SnapshotReplyDescriptor} (those left out are empty), then {@link #finish()}. Reusable; not thread-safe; allocates nothing.
 */
public final class SnapshotReplyEncoder extends MessageEncoder {
    /** Starts an answer at the buffer's writer index. The buffer stays the caller's. */
    public SnapshotReplyEncoder wrap(ByteBuf buffer, long correlationId) {
        beginReply(buffer, MessageType.SNAPSHOT, correlationId, Status.OK, BLOCK_LENGTH);
        return this;
    }

    /** Sets {@code sequence}, uint64: number of the last change that it holds; 0 before that is known. */
    public SnapshotReplyEncoder sequence(long sequence) {
        buffer().setLongLE(blockOffset() + SEQUENCE_OFFSET, sequence);
        return this;
    }

    /** Sets {@code timeMillis}, int64: the server's time of this answer, milliseconds since 1970. */
    public SnapshotReplyEncoder timeMillis(long timeMillis) {
        buffer().setLongLE(blockOffset() + TIME_MILLIS_OFFSET, timeMillis);
        return this;
    }

    /** Sets {@code startedMillis}, int64: when it was started, milliseconds since 1970; 0 if none ever was. */
    public SnapshotReplyEncoder startedMillis(long startedMillis) {
        buffer().setLongLE(blockOffset() + STARTED_MILLIS_OFFSET, startedMillis);
        return this;
    }

    /** Sets {@code entries}, uint64: entries copied so far. */
    public SnapshotReplyEncoder entries(long entries) {
        buffer().setLongLE(blockOffset() + ENTRIES_OFFSET, entries);
        return this;
    }

    /** Sets {@code entriesExpected}, uint64: entries there were when it began. */
    public SnapshotReplyEncoder entriesExpected(long entriesExpected) {
        buffer().setLongLE(blockOffset() + ENTRIES_EXPECTED_OFFSET, entriesExpected);
        return this;
    }

    /** Sets {@code bytes}, uint64: bytes written so far. */
    public SnapshotReplyEncoder bytes(long bytes) {
        buffer().setLongLE(blockOffset() + BYTES_OFFSET, bytes);
        return this;
    }

    /** Sets {@code state}, uint8: 0 none since the server started, 1 under way, 2 done, 3 failed or given up. */
    public SnapshotReplyEncoder state(int state) {
        buffer().setByte(blockOffset() + STATE_OFFSET, state);
        return this;
    }

    /** Writes what it is called. */
    public SnapshotReplyEncoder name(CharSequence text) {
        writeText(NAME_GROUP, text);
        return this;
    }

    /** Writes why it failed. */
    public SnapshotReplyEncoder message(CharSequence text) {
        writeText(MESSAGE_GROUP, text);
        return this;
    }
}
