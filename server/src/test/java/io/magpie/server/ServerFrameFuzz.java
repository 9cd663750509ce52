package io.magpie.server;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The server's cutting of a stream into frames: cut anywhere, the same frames come as from the stream in one piece, none
 * beyond its limit, and every buffer is given back. The first byte says into how large pieces it is cut.
 */
public final class ServerFrameFuzz {
    private static final int MOST = 256;

    private ServerFrameFuzz() {}

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
        EmbeddedChannel channel = new EmbeddedChannel(new FrameDecoder(MOST), new ChannelInboundHandlerAdapter() {
            @Override
            public void channelRead(ChannelHandlerContext context, Object message) {
                Frame frame = (Frame) message;
                String text = frame.kind() + " " + frame.claimedLength();
                if (frame.kind() == Frame.Kind.REQUEST) {
                    if (frame.length() > MOST + 4) {
                        throw new AssertionError("too long: length=" + frame.length());
                    }
                    byte[] bytes = new byte[frame.length()];
                    frame.buffer().getBytes(frame.offset(), bytes);
                    text += Arrays.toString(bytes);
                }
                frames.add(text);
            }
        });
        List<ByteBuf> pieces = new ArrayList<>();
        for (int from = 0; from < stream.length; from += piece) {
            ByteBuf in = channel.alloc().directBuffer();
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
