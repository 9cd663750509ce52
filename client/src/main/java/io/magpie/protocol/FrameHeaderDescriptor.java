package io.magpie.protocol;

/**
 * Layout of what every frame starts with. All numbers are little-endian.
 *
 * <pre>
 * +------+---------------+--------+
 * |    0 | frameLength   | uint32 |  bytes after this field
 * |    4 | version       | uint8  |
 * |    5 | flags         | uint8  |
 * |    6 | messageType   | uint16 |
 * |    8 | blockLength   | uint16 |  bytes of the fixed block that follows
 * |   10 | status        | uint16 |  answers: {@link Status}; requests: zero
 * |   12 | budgetMicros  | uint32 |  requests: 0 for no deadline; answers: zero
 * |   16 | correlationId | uint64 |  answers bear their request's
 * +------+---------------+--------+
 * </pre>
 */
public final class FrameHeaderDescriptor {
    /** uint32: bytes of the frame after this field. */
    public static final int FRAME_LENGTH_OFFSET = 0;

    /** uint8: protocol version of this frame. */
    public static final int VERSION_OFFSET = FRAME_LENGTH_OFFSET + Integer.BYTES;

    /** uint8: {@link #FLAG_REPLY}; other bits zero, and ignored by readers. */
    public static final int FLAGS_OFFSET = VERSION_OFFSET + Byte.BYTES;

    /** uint16: a number of {@link MessageType}. */
    public static final int MESSAGE_TYPE_OFFSET = FLAGS_OFFSET + Byte.BYTES;

    /** uint16: bytes of the fixed block after the header. */
    public static final int BLOCK_LENGTH_OFFSET = MESSAGE_TYPE_OFFSET + Short.BYTES;

    /** uint16: a number of {@link Status} in answers. */
    public static final int STATUS_OFFSET = BLOCK_LENGTH_OFFSET + Short.BYTES;

    /** uint32: relative deadline in requests, microseconds. */
    public static final int BUDGET_MICROS_OFFSET = STATUS_OFFSET + Short.BYTES;

    /** uint64: names the request on its connection; 0 is kept for errors that answer no request. */
    public static final int CORRELATION_ID_OFFSET = BUDGET_MICROS_OFFSET + Integer.BYTES;

    /** Bytes of the header, the length field included; the fixed block starts here. */
    public static final int HEADER_LENGTH = CORRELATION_ID_OFFSET + Long.BYTES;

    /** Bytes of the length field, which the frame's length does not count. */
    public static final int LENGTH_FIELD_LENGTH = Integer.BYTES;

    /** The least that a frame's length may say. */
    public static final int MIN_FRAME_LENGTH = HEADER_LENGTH - LENGTH_FIELD_LENGTH;

    /** Flag: the frame is an answer. */
    public static final int FLAG_REPLY = 1;

    private FrameHeaderDescriptor() {}
}
