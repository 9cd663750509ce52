package io.magpie.server;

import io.magpie.protocol.FrameHeader;
import io.magpie.protocol.FrameHeaderDescriptor;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.SingleThreadEventLoop;

/**
 * Cuts the stream into frames, wherever the network cut it. The length is checked before anything else is looked at; a
 * whole frame is handed on where it lies, without a copy. Can be paused, so that a connection whose replies are not
 * taken is not asked for more, and can yield, so that the others of its event loop have their turn.
 *
 * <p>Memory: at most one frame and one read of the socket are held a connection, and room for a frame is made as its
 * bytes arrive, not when its length is announced.
 */
final class FrameDecoder extends ChannelInboundHandlerAdapter implements Runnable {
    /** A longer frame is not skipped: it is no request, whatever it is. */
    static final long LONGEST_SKIPPED = 64L << 20;

    private final Frame frame = new Frame();
    private final Runnable nextTurn = this::queueTurn;
    private final Runnable turn = this::takeTurn;

    private int maxFrameLength;
    private ChannelHandlerContext ctx;
    private ByteBuf cumulation;
    private long arrivalNanos = System.nanoTime();
    private long begunNanos;
    private boolean begun;
    private boolean yielded;
    private long yields;
    private boolean ending;
    private long toSkip;
    private boolean paused;
    private boolean discarding;
    private boolean decoding;
    private boolean resumeScheduled;

    /**
     * @param maxFrameLength the most that a length field may say
     */
    FrameDecoder(int maxFrameLength) {
        this.maxFrameLength = maxFrameLength;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        this.ctx = ctx;
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        release();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) throws Exception {
        discarding = true;
        release();
        super.channelInactive(ctx);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf read = (ByteBuf) message;
        if (discarding) {
            read.release();
            return;
        }
        arrivalNanos = System.nanoTime();
        if (cumulation == null) {
            cumulation = read;
        } else {
            append(read);
        }
        if (!decoding) {
            decode();
        }
    }

    private void append(ByteBuf read) {
        try {
            if (cumulation.readerIndex() > 0 && cumulation.maxFastWritableBytes() < read.readableBytes()) {
                ByteBuf moved = ctx.alloc()
                        .directBuffer(Math.max(
                                2 * cumulation.readableBytes(), cumulation.readableBytes() + read.readableBytes()));
                moved.writeBytes(cumulation);
                cumulation.release();
                cumulation = moved;
            }
            cumulation.writeBytes(read);
        } finally {
            read.release();
        }
    }

    /** Hands on what is whole, until paused. */
    private void decode() {
        decoding = true;
        try {
            while (cumulation != null && !paused && !yielded && !discarding && decodeOne()) {
                begun = false; // goes on until there is no whole frame
            }
        } finally {
            decoding = false;
        }
        if (cumulation != null && (discarding || !cumulation.isReadable())) {
            release();
        }
        if (!begun && !paused && !yielded && (cumulation != null || toSkip > 0)) {
            begun = true;
            begunNanos = System.nanoTime();
        }
    }

    /** Hands on one frame; returns false if it is not whole yet. */
    private boolean decodeOne() {
        int readable = cumulation.readableBytes();
        if (toSkip > 0) {
            int skipped = (int) Math.min(toSkip, readable);
            cumulation.skipBytes(skipped);
            toSkip -= skipped;
            return toSkip == 0;
        }
        if (readable < FrameHeaderDescriptor.LENGTH_FIELD_LENGTH) {
            return false;
        }
        int offset = cumulation.readerIndex();
        long claimed = cumulation.getUnsignedIntLE(offset);
        if (claimed < FrameHeaderDescriptor.MIN_FRAME_LENGTH || claimed > LONGEST_SKIPPED) {
            discarding = true;
            hand(Frame.Kind.UNFRAMEABLE, offset, readable, claimed);
            return false;
        }
        if (claimed > maxFrameLength) {
            return decodeTooLarge(offset, readable, claimed);
        }
        int length = (int) claimed + FrameHeaderDescriptor.LENGTH_FIELD_LENGTH;
        if (readable < length) {
            return false;
        }
        cumulation.skipBytes(length);
        hand(Frame.Kind.REQUEST, offset, length, claimed);
        return true;
    }

    private boolean decodeTooLarge(int offset, int readable, long claimed) {
        if (readable < FrameHeaderDescriptor.HEADER_LENGTH) {
            return false;
        }
        if (!FrameHeader.isVersionKnown(cumulation, offset)) {
            // Long and of no known version: rather noise than a request.
            discarding = true;
            hand(Frame.Kind.UNFRAMEABLE, offset, readable, claimed);
            return false;
        }
        toSkip = claimed + FrameHeaderDescriptor.LENGTH_FIELD_LENGTH;
        hand(Frame.Kind.TOO_LARGE, offset, FrameHeaderDescriptor.HEADER_LENGTH, claimed);
        return true;
    }

    private void hand(Frame.Kind kind, int offset, int length, long claimed) {
        ctx.fireChannelRead(frame.set(kind, cumulation, offset, length, claimed, arrivalNanos));
    }

    /** Hands on nothing more, and reads nothing more from the socket, until {@link #resume()}. Event loop. */
    void pause() {
        if (!paused && !discarding) {
            paused = true;
            begun = false; // what is not read because of us is not held against the other side
            ctx.channel().config().setAutoRead(false);
        }
    }

    /** Changes the most that a length field may say, for frames that are not begun yet. Event loop. */
    void limit(int mostFrameLength) {
        maxFrameLength = mostFrameLength;
    }

    /** Hands on nothing more in this turn of the event loop; goes on after the other connections were read. Event loop. */
    void yieldTurn() {
        if (!yielded && !discarding) {
            yielded = true;
            yields++;
            ctx.channel().config().setAutoRead(false);
            // Tasks that tasks queue run in the same turn; what is queued after its end waits for the sockets.
            ((SingleThreadEventLoop) ctx.channel().eventLoop()).executeAfterEventLoopIteration(nextTurn);
        }
    }

    /** Returns how many bytes were read and not handed on. Event loop. */
    int unreadBytes() {
        return cumulation == null ? 0 : cumulation.readableBytes();
    }

    /** Returns how often it has yielded. Event loop. */
    long yields() {
        return yields;
    }

    private void queueTurn() {
        ctx.executor().execute(turn);
    }

    private void takeTurn() {
        yielded = false;
        if (!paused) {
            goOn();
        }
    }

    private void goOn() {
        if (cumulation != null && !decoding) {
            decode();
        }
        if (!paused && !yielded && !ending) {
            ctx.channel().config().setAutoRead(true);
        }
    }

    /** Reads nothing more from the socket, but hands on what has been read. Event loop. */
    void end() {
        ending = true;
        ctx.channel().config().setAutoRead(false);
    }

    /** Returns whether more frames may come of what has been read. Event loop. */
    boolean isBusy() {
        return cumulation != null && (paused || yielded) && !discarding;
    }

    /** Returns when the last bytes came, as {@link System#nanoTime()}. Event loop. */
    long arrivalNanos() {
        return arrivalNanos;
    }

    /** Returns since when a frame is begun and not whole, by the other side's fault, up to {@code now}; else 0. */
    long unfinishedNanos(long now) {
        return begun && !paused && !yielded && !discarding && !ending ? now - begunNanos : 0;
    }

    /** Goes on, in the next turn of the event loop. Event loop. */
    void resume() {
        if (paused && !resumeScheduled) {
            resumeScheduled = true;
            ctx.executor().execute(this);
        }
    }

    /** Returns whether it is paused. Event loop. */
    boolean isPaused() {
        return paused;
    }

    /** Throws away all that comes from now on, but reads it, so as to see the other side's end. Event loop. */
    void discard() {
        discarding = true;
        paused = false;
        yielded = false;
        begun = false;
        if (!decoding) {
            release();
        }
        ctx.channel().config().setAutoRead(true);
    }

    @Override
    public void run() {
        resumeScheduled = false;
        if (!paused) {
            return;
        }
        paused = false;
        if (!yielded) {
            goOn();
        }
    }

    private void release() {
        if (cumulation != null && !decoding) {
            cumulation.release();
            cumulation = null;
        }
    }
}
