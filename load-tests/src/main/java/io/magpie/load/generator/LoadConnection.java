package io.magpie.load.generator;

import io.magpie.protocol.ErrorReplyDecoder;
import io.magpie.protocol.FrameHeader;
import io.magpie.protocol.FrameHeaderDescriptor;
import io.magpie.protocol.HelloRequestEncoder;
import io.magpie.protocol.ProtocolLimits;
import io.magpie.protocol.Status;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.Promise;
import java.io.IOException;

/**
 * One connection of the generator: says hello, sends frames that it gathered in one buffer a turn, and reads answers in
 * place. Belongs to its event loop.
 */
final class LoadConnection extends ChannelInboundHandlerAdapter {
    /** In-flight names are positive and grow from 65,536; this one is never among them. */
    private static final long HELLO_ID = Long.MAX_VALUE;

    private static final int OUT_CAPACITY = 16 * 1024;

    private final LoadLoop loop;
    private final Exchange exchange;
    private final LoadRecorder recorder;
    private final NanoClock clock;
    private final InFlight inFlight;
    private final String token;
    private final Promise<Void> ready;

    private Channel channel;
    private boolean saidHello;
    private boolean closing;
    private ByteBuf out;
    private ByteBuf rest;

    /** @param token shown with hello */
    LoadConnection(LoadLoop loop, int pipeline, String token, Promise<Void> ready) {
        this.loop = loop;
        this.token = token;
        this.exchange = loop.exchange();
        this.recorder = loop.recorder();
        this.clock = loop.clock();
        this.inFlight = new InFlight(pipeline);
        this.ready = ready;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        channel = context.channel();
        ByteBuf hello = context.alloc().buffer();
        HelloRequestEncoder encoder = new HelloRequestEncoder();
        encoder.wrap(hello, HELLO_ID, 0)
                .minVersion(ProtocolLimits.MIN_VERSION)
                .maxVersion(ProtocolLimits.VERSION)
                .token(token)
                .clientName("magpie load");
        encoder.finish();
        context.writeAndFlush(hello);
    }

    /** Returns whether a request may be sent now. */
    boolean hasRoom() {
        return saidHello && !inFlight.isFull() && channel.isWritable();
    }

    /** Returns how many requests wait for their answers. */
    int waiting() {
        return inFlight.count();
    }

    /** Adds a request to what goes out with the next {@link #flush()}. */
    void send(long intendedNanos) {
        if (out == null) {
            out = channel.alloc().ioBuffer(OUT_CAPACITY);
            loop.touched(this);
        }
        int slot = inFlight.open(intendedNanos);
        inFlight.key(slot, exchange.write(out, inFlight.correlationId(slot)));
    }

    /** Sends what was gathered. */
    void flush() {
        if (out != null) {
            ByteBuf full = out;
            out = null;
            channel.writeAndFlush(full, channel.voidPromise());
        }
    }

    void close() {
        closing = true;
        if (channel != null) {
            channel.close();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf in = (ByteBuf) message;
        if (rest != null) {
            rest.writeBytes(in);
            in.release();
            in = rest;
            rest = null;
        }
        try {
            readFrames(in);
            if (in.isReadable()) {
                rest = context.alloc().buffer(Math.max(OUT_CAPACITY, 2 * in.readableBytes()));
                rest.writeBytes(in);
            }
        } finally {
            in.release();
        }
    }

    private void readFrames(ByteBuf in) {
        while (in.readableBytes() >= FrameHeaderDescriptor.LENGTH_FIELD_LENGTH) {
            int offset = in.readerIndex();
            long length = in.getUnsignedIntLE(offset) + FrameHeaderDescriptor.LENGTH_FIELD_LENGTH;
            if (length > ProtocolLimits.MAX_FRAME_LENGTH) {
                fail(new IOException("the server sent a frame longer than the protocol allows: length=" + length));
                in.skipBytes(in.readableBytes());
                return;
            }
            if (in.readableBytes() < length) {
                return;
            }
            onFrame(in, offset, (int) length);
            in.skipBytes((int) length);
        }
    }

    private void onFrame(ByteBuf in, int offset, int length) {
        if (FrameHeader.validate(in, offset, length) != Status.OK || !FrameHeader.isReply(in, offset)) {
            recorder.unexpected();
            return;
        }
        long correlationId = FrameHeader.correlationId(in, offset);
        Status status = Status.of(FrameHeader.statusCode(in, offset));
        if (correlationId == HELLO_ID) {
            onHello(in, offset, length, status);
            return;
        }
        int slot = inFlight.find(correlationId);
        if (slot < 0) {
            recorder.unexpected();
            return;
        }
        long now = clock.nanoTime();
        long intended = inFlight.intendedNanos(slot);
        long key = inFlight.key(slot);
        Status outcome = status == Status.OK ? exchange.read(key, in, offset, length) : status;
        if (outcome == null) {
            recorder.malformed(intended);
        } else if (outcome == Status.OK) {
            recorder.completed(intended, now, exchange.kind(key));
        } else {
            recorder.error(intended, now, outcome);
            exchange.refused(key);
        }
        inFlight.close(slot);
    }

    private void onHello(ByteBuf in, int offset, int length, Status status) {
        if (status == Status.OK) {
            saidHello = true;
            ready.trySuccess(null);
            return;
        }
        ErrorReplyDecoder error = new ErrorReplyDecoder();
        String said = error.wrap(in, offset, length) == Status.OK ? error.message() : "";
        fail(new IOException("the server refused the connection: status=" + status + " " + said));
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        loop.onAnswers(this);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        saidHello = false;
        if (rest != null) {
            rest.release();
            rest = null;
        }
        if (out != null) {
            out.release();
            out = null;
        }
        if (!closing) {
            recorder.disconnected();
            ready.tryFailure(new IOException("the server closed the connection"));
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        fail(cause);
    }

    private void fail(Throwable cause) {
        ready.tryFailure(cause);
        channel.close();
    }
}
