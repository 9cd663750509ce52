package io.magpie.protocol;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The client's cutting of a stream into frames: whatever comes, cut anywhere, gives the same frames as the stream in one
 * piece, each within the limit, and every buffer is given back. The first byte says into how large pieces it is cut.
 */
public final class FrameFuzz {
    private static final int MOST = 256;

    private FrameFuzz() {}

    /** Returns streams of a few frames. */
    static List<byte[]> seeds() {
        List<byte[]> seeds = new ArrayList<>();
        for (int pieces : new int[] {1, 3, 100}) {
            ByteBuf stream = Unpooled.buffer().writeByte(pieces);
            for (int id = 1; id < 4; id++) {
                new PingRequestEncoder().wrap(stream, id, 0).finish();
            }
            byte[] padding = new byte[400];
            stream.writeIntLE(400).writeByte(1).writeBytes(padding, 0, 399);
            new PingRequestEncoder().wrap(stream, 10, 0).finish();
            byte[] seed = new byte[stream.readableBytes()];
            stream.readBytes(seed);
            seeds.add(seed);
        }
        return seeds;
    }

    /** Called by the fuzzer. */
    public static void fuzzerTestOneInput(byte[] input) {
        if (input.length == 0) {
            return;
        }
        byte[] stream = Arrays.copyOfRange(input, 1, input.length);
        List<String> whole = decode(stream, Math.max(1, stream.length));
        List<String> cut = decode(stream, 1 + (input[0] & 0xFF));
        if (!whole.equals(cut)) {
            throw new AssertionError("whole=" + whole + " cut=" + cut);
        }
    }

    private static List<String> decode(byte[] stream, int piece) {
        List<String> frames = new ArrayList<>();
        EmbeddedChannel channel = new EmbeddedChannel(new FrameDecoder(MOST) {
            @Override
            protected void onFrame(ChannelHandlerContext context, ByteBuf buffer, int offset, int length) {
                if (length > MOST + FrameHeaderDescriptor.LENGTH_FIELD_LENGTH
                        || offset < buffer.readerIndex() - length
                        || offset + length > buffer.writerIndex()) {
                    throw new AssertionError("out of bounds: offset=" + offset + " length=" + length);
                }
                byte[] frame = new byte[length];
                buffer.getBytes(offset, frame);
                frames.add(Arrays.toString(frame));
            }

            @Override
            protected void onOversizeFrame(ChannelHandlerContext context, ByteBuf buffer, int offset) {
                frames.add("oversize " + FrameHeader.correlationId(buffer, offset));
            }

            @Override
            protected void onUnframeable(ChannelHandlerContext context) {
                frames.add("unframeable");
            }
        });
        List<ByteBuf> pieces = new ArrayList<>();
        for (int from = 0; from < stream.length; from += piece) {
            ByteBuf in = channel.alloc().buffer();
            in.writeBytes(stream, from, Math.min(piece, stream.length - from));
            pieces.add(in);
            channel.writeInbound(in);
        }
        channel.finishAndReleaseAll();
        for (ByteBuf in : pieces) {
            if (in.refCnt() != 0) {
                throw new AssertionError("a buffer was not given back");
            }
        }
        return frames;
    }
}
