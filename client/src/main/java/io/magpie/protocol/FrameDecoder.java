package io.magpie.protocol;

import static io.magpie.protocol.FrameHeaderDescriptor.HEADER_LENGTH;
import static io.magpie.protocol.FrameHeaderDescriptor.LENGTH_FIELD_LENGTH;
import static io.magpie.protocol.FrameHeaderDescriptor.MIN_FRAME_LENGTH;
import static io.magpie.protocol.FrameHeaderDescriptor.VERSION_OFFSET;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/**
 * Cuts the stream of bytes into frames and hands each on in place: frames that arrived whole are read in the buffer
 * that the transport filled, and only a frame that arrived in pieces is copied together. Allocates nothing for whole
 * frames. One for each channel; used on its event loop only.
 *
 * <p>A frame that is longer than {@code maxFrameLength} is skipped and the stream goes on; bytes that cannot be a frame
 * end it, and everything after them is dropped.
 */
public abstract class FrameDecoder extends ChannelInboundHandlerAdapter {
    /** Memory follows what has arrived, not what a length field promises. */
    private static final int MAX_FIRST_CAPACITY = 64 * 1024;

    private final int maxFrameLength;
    private ByteBuf pieces;
    private long skipLength;
    private boolean ended;
    private boolean decoding;

    /**
     * @param maxFrameLength longest frame handed on, in bytes after the length field
     */
    protected FrameDecoder(int maxFrameLength) {
        if (maxFrameLength < MIN_FRAME_LENGTH || maxFrameLength > ProtocolLimits.MAX_FRAME_LENGTH) {
            throw new IllegalArgumentException("out of range: maxFrameLength=" + maxFrameLength + " least="
                    + MIN_FRAME_LENGTH + " most=" + ProtocolLimits.MAX_FRAME_LENGTH);
        }
        this.maxFrameLength = maxFrameLength;
    }

    /**
     * A whole frame. Its lengths inside are not checked yet.
     *
     * @param buffer valid during the call only, not to be released
     * @param offset where the frame's length field lies
     * @param length bytes of the frame, the length field included
     */
    protected abstract void onFrame(ChannelHandlerContext context, ByteBuf buffer, int offset, int length);

    /**
     * A frame that is too long; it will be skipped. Only its header may be read.
     *
     * @param offset where the frame's length field lies
     */
    protected abstract void onOversizeFrame(ChannelHandlerContext context, ByteBuf buffer, int offset);

    /** Bytes that cannot be a frame: nothing more will be handed on, and the channel should be closed. */
    protected abstract void onUnframeable(ChannelHandlerContext context);

    @Override
    public final void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf in = (ByteBuf) message;
        decoding = true;
        try {
            while (in.isReadable() && !ended) {
                if (skipLength > 0) {
                    int skipped = (int) Math.min(skipLength, in.readableBytes());
                    in.skipBytes(skipped);
                    skipLength -= skipped;
                } else if (pieces != null) {
                    joinPieces(context, in);
                } else if (!decodeInPlace(context, in)) {
                    keep(context, in, in.readableBytes());
                }
            }
        } finally {
            decoding = false;
            in.release();
            if (ended) {
                releasePieces();
            }
        }
    }

    /** Returns false if the frame at the reader index is not whole yet. */
    private boolean decodeInPlace(ChannelHandlerContext context, ByteBuf in) {
        int offset = in.readerIndex();
        long length = needed(in, offset, in.readableBytes());
        if (length < 0) {
            end(context);
            return true;
        }
        if (length > in.readableBytes()) {
            return false;
        }
        if (length == HEADER_LENGTH && declaredLength(in, offset) > length) {
            in.skipBytes(HEADER_LENGTH);
            skipLength = declaredLength(in, offset) - HEADER_LENGTH;
            onOversizeFrame(context, in, offset);
            return true;
        }
        in.skipBytes((int) length);
        onFrame(context, in, offset, (int) length);
        return true;
    }

    private void joinPieces(ChannelHandlerContext context, ByteBuf in) {
        long length = needed(pieces, 0, pieces.readableBytes());
        if (length > pieces.readableBytes()) {
            keep(context, in, (int) Math.min(length - pieces.readableBytes(), in.readableBytes()));
        }
        // What is needed may grow when the header became whole.
        length = needed(pieces, 0, pieces.readableBytes());
        if (length <= pieces.readableBytes()) {
            decodeInPlace(context, pieces);
            releasePieces();
        }
    }

    /** Returns how many bytes must be there before the next step; -1 if these bytes cannot be a frame. */
    private long needed(ByteBuf in, int offset, int available) {
        if (available < LENGTH_FIELD_LENGTH) {
            return LENGTH_FIELD_LENGTH + 1;
        }
        long length = declaredLength(in, offset);
        if (length < HEADER_LENGTH) {
            return -1;
        }
        if (length - LENGTH_FIELD_LENGTH <= maxFrameLength) {
            return length;
        }
        if (length > Integer.MAX_VALUE) {
            return -1;
        }
        if (available <= VERSION_OFFSET) {
            return VERSION_OFFSET + 1;
        }
        // A giant length with a version that nobody speaks is noise; with a good one, a request that can be refused.
        return FrameHeader.isVersionKnown(in, offset) ? HEADER_LENGTH : -1;
    }

    private static long declaredLength(ByteBuf in, int offset) {
        return in.getUnsignedIntLE(offset) + LENGTH_FIELD_LENGTH;
    }

    private void keep(ChannelHandlerContext context, ByteBuf in, int length) {
        if (pieces == null) {
            long expected = Math.max(length, needed(in, in.readerIndex(), in.readableBytes()));
            int capacity = (int) Math.max(length, Math.min(expected, MAX_FIRST_CAPACITY));
            pieces = context.alloc().buffer(capacity);
        }
        pieces.writeBytes(in, length);
    }

    private void end(ChannelHandlerContext context) {
        ended = true;
        onUnframeable(context);
    }

    private void releasePieces() {
        if (pieces != null) {
            pieces.release();
            pieces = null;
        }
    }

    /** Drops whatever still arrives. For subclasses that close the channel because of what a frame said. */
    protected final void endStream() {
        ended = true;
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        stop();
        context.fireChannelInactive();
    }

    @Override
    public final void handlerRemoved(ChannelHandlerContext context) {
        stop();
    }

    private void stop() {
        ended = true;
        if (!decoding) {
            releasePieces();
        }
    }
}
