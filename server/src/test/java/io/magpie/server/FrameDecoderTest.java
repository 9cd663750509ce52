package io.magpie.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.protocol.FrameHeaderDescriptor;
import io.magpie.protocol.PingRequestEncoder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FrameDecoderTest {
    private static final int MAX_FRAME_LENGTH = 1_024;

    private final List<String> found = new ArrayList<>();
    private final FrameDecoder decoder = new FrameDecoder(MAX_FRAME_LENGTH);
    private final EmbeddedChannel channel = new EmbeddedChannel(decoder, new ChannelInboundHandlerAdapter() {
        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            Frame frame = (Frame) message;
            found.add(frame.kind() + " "
                    + (frame.kind() == Frame.Kind.REQUEST
                            ? ByteBufUtil.hexDump(frame.buffer(), frame.offset(), frame.length())
                            : Long.toString(frame.claimedLength())));
        }
    });

    @AfterEach
    void close() {
        channel.finishAndReleaseAll();
    }

    @Test
    void shouldFindTheSameFramesWhereverTheStreamIsCut() {
        byte[] stream = pings(3);
        List<String> whole = framesOf(stream);
        for (int first = 1; first < stream.length; first++) {
            for (int second = first; second < stream.length; second += 29) {
                found.clear();
                write(stream, 0, first);
                write(stream, first, second);
                write(stream, second, stream.length);
                assertThat(found).as("cut at %d and %d", first, second).isEqualTo(whole);
            }
        }
    }

    @Test
    void shouldFindFramesWhenTheyComeByteByByte() {
        byte[] stream = pings(5);
        for (int i = 0; i < stream.length; i++) {
            write(stream, i, i + 1);
        }
        assertThat(found).isEqualTo(framesOf(stream));
    }

    @Test
    void shouldHoldNoBufferWhenEverythingWasHandedOn() {
        ByteBuf bytes = Unpooled.directBuffer().writeBytes(pings(2));
        channel.writeInbound(bytes);
        assertThat(bytes.refCnt()).isZero();
    }

    @Test
    void shouldReleaseWhatIsLeftWhenTheConnectionEnds() {
        ByteBuf bytes = Unpooled.directBuffer().writeBytes(pings(1)).writeByte(9);
        channel.writeInbound(bytes);
        assertThat(bytes.refCnt()).isOne();
        channel.close();
        assertThat(bytes.refCnt()).isZero();
    }

    @Test
    void shouldRefuseALengthBelowTheHeader() {
        ByteBuf bytes = Unpooled.directBuffer().writeIntLE(FrameHeaderDescriptor.MIN_FRAME_LENGTH - 1);
        channel.writeInbound(bytes);
        assertThat(found).containsExactly("UNFRAMEABLE " + (FrameHeaderDescriptor.MIN_FRAME_LENGTH - 1));
        assertThat(bytes.refCnt()).isZero();
    }

    @Test
    void shouldReadNothingMoreAfterNoise() {
        channel.writeInbound(
                Unpooled.copiedBuffer("GET / HTTP/1.1\r\n\r\n", java.nio.charset.StandardCharsets.US_ASCII));
        byte[] stream = pings(1);
        write(stream, 0, stream.length);
        assertThat(found).hasSize(1).allMatch(each -> each.startsWith("UNFRAMEABLE"));
    }

    @Test
    void shouldSkipATooLongFrameAndGoOn() {
        byte[] ping = pings(1);
        byte[] stream = new byte[ping.length + 4 + 5_000 + ping.length];
        System.arraycopy(ping, 0, stream, 0, ping.length);
        ByteBuf large = Unpooled.wrappedBuffer(stream, ping.length, 4 + 5_000);
        large.setIntLE(0, 5_000);
        large.setByte(FrameHeaderDescriptor.VERSION_OFFSET, 1);
        System.arraycopy(ping, 0, stream, stream.length - ping.length, ping.length);
        for (int cut = 1; cut < stream.length; cut += 13) {
            found.clear();
            write(stream, 0, cut);
            write(stream, cut, stream.length);
            assertThat(found)
                    .as("cut at %d", cut)
                    .containsExactly(
                            "REQUEST " + ByteBufUtil.hexDump(ping),
                            "TOO_LARGE 5000",
                            "REQUEST " + ByteBufUtil.hexDump(ping));
        }
    }

    @Test
    void shouldRefuseATooLongFrameOfNoKnownVersion() {
        ByteBuf bytes = Unpooled.directBuffer().writeIntLE(5_000).writeByte(77).writeZero(60);
        channel.writeInbound(bytes);
        assertThat(found).containsExactly("UNFRAMEABLE 5000");
    }

    @Test
    void shouldRefuseALengthThatNobodyMeans() {
        channel.writeInbound(Unpooled.directBuffer().writeIntLE(-1).writeByte(1).writeZero(60));
        assertThat(found).containsExactly("UNFRAMEABLE 4294967295");
    }

    @Test
    void shouldHandOnNothingWhilePaused() {
        byte[] stream = pings(4);
        decoder.pause();
        write(stream, 0, 50);
        write(stream, 50, stream.length);
        assertThat(found).isEmpty();
        assertThat(channel.config().isAutoRead()).isFalse();
        decoder.resume();
        channel.runPendingTasks();
        assertThat(found).isEqualTo(framesOf(stream));
        assertThat(channel.config().isAutoRead()).isTrue();
    }

    private List<String> framesOf(byte[] stream) {
        List<String> frames = new ArrayList<>();
        int length = pings(1).length;
        for (int i = 0; i < stream.length; i += length) {
            frames.add("REQUEST " + ByteBufUtil.hexDump(stream, i, length));
        }
        return frames;
    }

    private void write(byte[] stream, int from, int to) {
        if (to > from) {
            channel.writeInbound(Unpooled.directBuffer().writeBytes(stream, from, to - from));
        }
    }

    private static byte[] pings(int count) {
        ByteBuf buffer = Unpooled.buffer();
        for (int i = 1; i <= count; i++) {
            new PingRequestEncoder().wrap(buffer, i == 1 ? 1 : i, 0).payload(i).finish();
        }
        return ByteBufUtil.getBytes(buffer);
    }
}
