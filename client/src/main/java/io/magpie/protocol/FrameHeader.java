package io.magpie.protocol;

import static io.magpie.protocol.FrameHeaderDescriptor.BLOCK_LENGTH_OFFSET;
import static io.magpie.protocol.FrameHeaderDescriptor.BUDGET_MICROS_OFFSET;
import static io.magpie.protocol.FrameHeaderDescriptor.CORRELATION_ID_OFFSET;
import static io.magpie.protocol.FrameHeaderDescriptor.FLAGS_OFFSET;
import static io.magpie.protocol.FrameHeaderDescriptor.FLAG_REPLY;
import static io.magpie.protocol.FrameHeaderDescriptor.FRAME_LENGTH_OFFSET;
import static io.magpie.protocol.FrameHeaderDescriptor.HEADER_LENGTH;
import static io.magpie.protocol.FrameHeaderDescriptor.LENGTH_FIELD_LENGTH;
import static io.magpie.protocol.FrameHeaderDescriptor.MESSAGE_TYPE_OFFSET;
import static io.magpie.protocol.FrameHeaderDescriptor.MIN_FRAME_LENGTH;
import static io.magpie.protocol.FrameHeaderDescriptor.STATUS_OFFSET;
import static io.magpie.protocol.FrameHeaderDescriptor.VERSION_OFFSET;

import io.netty.buffer.ByteBuf;

/** Reads the header of a frame in place; {@code offset} is where the frame's length field lies. Allocates nothing. */
public final class FrameHeader {
    private FrameHeader() {}

    /**
     * Checks that {@code length} bytes from {@code offset} on hold one whole frame, up to its fixed block. Only after
     * {@link Status#OK} may the other methods be called. The version is not looked at: see {@link #isVersionKnown}.
     *
     * @param length bytes of the frame, its length field included
     */
    public static Status validate(ByteBuf buffer, int offset, int length) {
        if (offset < 0 || length < HEADER_LENGTH || length > buffer.writerIndex() - offset) {
            return Status.MALFORMED;
        }
        long frameLength = buffer.getUnsignedIntLE(offset + FRAME_LENGTH_OFFSET);
        if (frameLength < MIN_FRAME_LENGTH || frameLength != length - LENGTH_FIELD_LENGTH) {
            return Status.MALFORMED;
        }
        return blockLength(buffer, offset) > length - HEADER_LENGTH ? Status.MALFORMED : Status.OK;
    }

    /** Returns the bytes of the whole frame, its length field included. */
    public static int length(ByteBuf buffer, int offset) {
        return buffer.getIntLE(offset + FRAME_LENGTH_OFFSET) + LENGTH_FIELD_LENGTH;
    }

    /** Returns the protocol version of the frame. */
    public static int version(ByteBuf buffer, int offset) {
        return buffer.getUnsignedByte(offset + VERSION_OFFSET);
    }

    /**
     * Returns whether this code may read the frame. A newer version is not known: after hello, both sides speak the
     * version that hello answered with. Hello itself is sent with {@link ProtocolLimits#MIN_VERSION}.
     */
    public static boolean isVersionKnown(ByteBuf buffer, int offset) {
        int version = version(buffer, offset);
        return version >= ProtocolLimits.MIN_VERSION && version <= ProtocolLimits.VERSION;
    }

    /** Returns whether the frame is an answer. */
    public static boolean isReply(ByteBuf buffer, int offset) {
        return (buffer.getByte(offset + FLAGS_OFFSET) & FLAG_REPLY) != 0;
    }

    /** Returns a number of {@link MessageType}. */
    public static int messageType(ByteBuf buffer, int offset) {
        return buffer.getUnsignedShortLE(offset + MESSAGE_TYPE_OFFSET);
    }

    /** Returns the bytes of the fixed block. */
    public static int blockLength(ByteBuf buffer, int offset) {
        return buffer.getUnsignedShortLE(offset + BLOCK_LENGTH_OFFSET);
    }

    /** Returns a number of {@link Status}. */
    public static int statusCode(ByteBuf buffer, int offset) {
        return buffer.getUnsignedShortLE(offset + STATUS_OFFSET);
    }

    /** Returns the relative deadline in microseconds, unsigned; 0 for none. */
    public static long budgetMicros(ByteBuf buffer, int offset) {
        return buffer.getUnsignedIntLE(offset + BUDGET_MICROS_OFFSET);
    }

    /** Returns the request's name on its connection. */
    public static long correlationId(ByteBuf buffer, int offset) {
        return buffer.getLongLE(offset + CORRELATION_ID_OFFSET);
    }
}
