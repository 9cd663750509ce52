package io.magpie.protocol;

import static io.magpie.protocol.FrameHeaderDescriptor.FLAG_REPLY;
import static io.magpie.protocol.FrameHeaderDescriptor.HEADER_LENGTH;
import static io.magpie.protocol.FrameHeaderDescriptor.LENGTH_FIELD_LENGTH;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;

/**
 * What all encoders share: a frame is appended to a buffer from its writer index on. Several frames may be appended to
 * one buffer. Groups are written in ascending order; a group left out is empty, and empty groups at the end take no
 * bytes. Not thread-safe. The buffer stays the caller's, who must have set its maximal capacity above the frame.
 */
public abstract class MessageEncoder {
    private ByteBuf buffer;
    private int frameOffset;
    private int nextGroup;
    private int groupEnd;
    private int blockLength;

    /** Creates an encoder that writes nowhere yet. */
    protected MessageEncoder() {}

    /** Starts a request: header, and a block of zeros. */
    protected final void beginRequest(
            ByteBuf buffer, int messageType, long correlationId, int budgetMicros, int blockLength) {
        begin(buffer, messageType, 0, 0, budgetMicros, correlationId, blockLength);
    }

    /** Starts an answer: header, and a block of zeros. */
    protected final void beginReply(
            ByteBuf buffer, int messageType, long correlationId, Status status, int blockLength) {
        begin(buffer, messageType, FLAG_REPLY, status.code(), 0, correlationId, blockLength);
    }

    private void begin(
            ByteBuf out, int messageType, int flags, int status, int budgetMicros, long correlationId, int block) {
        buffer = out;
        frameOffset = out.writerIndex();
        nextGroup = 0;
        blockLength = block;
        out.ensureWritable(HEADER_LENGTH + block);
        out.writeIntLE(0);
        out.writeByte(ProtocolLimits.VERSION);
        out.writeByte(flags);
        out.writeShortLE(messageType);
        out.writeShortLE(block);
        out.writeShortLE(status);
        out.writeIntLE(budgetMicros);
        out.writeLongLE(correlationId);
        out.writeZero(block);
        groupEnd = out.writerIndex();
    }

    /** Starts a group; {@code count} entries of {@code entryLength} bytes must be written after it. */
    protected final void beginGroup(int group, int entryLength, int count) {
        requireGroupDone();
        if (group < nextGroup) {
            throw new IllegalStateException("groups are written in their order: group=" + group + " next=" + nextGroup);
        }
        if (count == 0) {
            return;
        }
        long length = (long) entryLength * count;
        if (count < 0 || length > ProtocolLimits.MAX_FRAME_LENGTH) {
            throw new IllegalArgumentException("group does not fit a frame: entryLength=" + entryLength + " count="
                    + count + " maxFrameLength=" + ProtocolLimits.MAX_FRAME_LENGTH);
        }
        int skipped = group - nextGroup;
        buffer.ensureWritable((skipped + 1) * GroupHeaderDescriptor.HEADER_LENGTH + (int) length);
        buffer.writeZero(skipped * GroupHeaderDescriptor.HEADER_LENGTH);
        buffer.writeIntLE(entryLength);
        buffer.writeIntLE(count);
        nextGroup = group + 1;
        groupEnd = buffer.writerIndex() + (int) length;
    }

    /** Writes a group of bytes: the text as UTF-8. */
    protected final void writeText(int group, CharSequence text) {
        beginGroup(group, 1, ByteBufUtil.utf8Bytes(text));
        ByteBufUtil.writeUtf8(buffer, text);
    }

    /** Writes the values of one vector. */
    protected final void writeVector(float[] values, int offset, int dimension) {
        ByteBuf out = buffer;
        int at = out.writerIndex();
        out.ensureWritable(dimension * Float.BYTES);
        int i = 0;
        // Two at once: half of the checks of bounds.
        for (; i + 1 < dimension; i += 2) {
            long first = Float.floatToRawIntBits(values[offset + i]) & 0xFFFF_FFFFL;
            long second = Float.floatToRawIntBits(values[offset + i + 1]);
            out.setLongLE(at + i * Float.BYTES, second << Float.SIZE | first);
        }
        if (i < dimension) {
            out.setFloatLE(at + i * Float.BYTES, values[offset + i]);
        }
        out.writerIndex(at + dimension * Float.BYTES);
    }

    /**
     * Ends the frame.
     *
     * @return its bytes, the length field included
     * @throws IllegalStateException if a group has not as many entries as said
     */
    public final int finish() {
        requireGroupDone();
        int length = buffer.writerIndex() - frameOffset;
        buffer.setIntLE(frameOffset, length - LENGTH_FIELD_LENGTH);
        return length;
    }

    private void requireGroupDone() {
        if (buffer.writerIndex() != groupEnd) {
            throw new IllegalStateException(
                    "group has not as many entries as said: writerIndex=" + buffer.writerIndex() + " end=" + groupEnd);
        }
    }

    /** Returns the buffer that is written to. */
    protected final ByteBuf buffer() {
        return buffer;
    }

    /** Returns where the fixed block starts in the buffer. */
    protected final int blockOffset() {
        return frameOffset + HEADER_LENGTH;
    }

    /** Returns where a field of the block lies that not every frame has. */
    protected final int laterField(int fieldOffset, int fieldLength) {
        if (fieldOffset + fieldLength > blockLength) {
            throw new IllegalStateException("the frame was begun without this part of its block: fieldOffset="
                    + fieldOffset + " fieldLength=" + fieldLength + " blockLength=" + blockLength);
        }
        return blockOffset() + fieldOffset;
    }
}
