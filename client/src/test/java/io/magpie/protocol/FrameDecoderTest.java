package io.magpie.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class FrameDecoderTest {
    private static final int MAX_FRAME_LENGTH = 300;

    private final List<String> heard = new ArrayList<>();
    private final EmbeddedChannel channel = new EmbeddedChannel(new Hearing(MAX_FRAME_LENGTH));

    /** Writes down what it is handed. */
    private final class Hearing extends FrameDecoder {
        Hearing(int maxFrameLength) {
            super(maxFrameLength);
        }

        @Override
        protected void onFrame(ChannelHandlerContext context, ByteBuf buffer, int offset, int length) {
            heard.add(ByteBufUtil.hexDump(buffer, offset, length));
        }

        @Override
        protected void onOversizeFrame(ChannelHandlerContext context, ByteBuf buffer, int offset) {
            heard.add("oversize " + FrameHeader.correlationId(buffer, offset));
        }

        @Override
        protected void onUnframeable(ChannelHandlerContext context) {
            heard.add("unframeable");
        }
    }

    private static ByteBuf oversize(long correlationId) {
        ByteBuf out = Unpooled.buffer();
        new RemoveItemsRequestEncoder().wrap(out, correlationId, 0).beginItemIds(40);
        for (int i = 0; i < 40; i++) {
            out.writeLongLE(i);
        }
        out.setIntLE(0, out.readableBytes() - 4);
        return out;
    }

    private static void stream(ByteBuf out, List<String> expected) {
        for (ExampleMessages.Example example : ExampleMessages.all().values()) {
            out.writeBytes(example.frame(), 0, example.frame().readableBytes());
            expected.add(ByteBufUtil.hexDump(example.frame()));
        }
        out.writeBytes(oversize(77));
        expected.add("oversize 77");
        ByteBuf ping = ExampleMessages.all().get("PingRequest").frame();
        out.writeBytes(ping, 0, ping.readableBytes());
        expected.add(ByteBufUtil.hexDump(ping));
    }

    @Property(tries = 300)
    void shouldHandOnTheSameFramesWhenStreamIsCutAnywhere(@ForAll @LongRange(max = Long.MAX_VALUE) long seed) {
        heard.clear();
        EmbeddedChannel fresh = new EmbeddedChannel(new Hearing(MAX_FRAME_LENGTH));
        ByteBuf all = Unpooled.buffer();
        List<String> expected = new ArrayList<>();
        stream(all, expected);
        Random random = new Random(seed);
        int longest = 1 + random.nextInt(400);
        while (all.isReadable()) {
            int length = Math.min(all.readableBytes(), 1 + random.nextInt(longest));
            fresh.writeInbound(fresh.alloc().buffer(length).writeBytes(all, length));
        }
        assertThat(heard).isEqualTo(expected);
        fresh.finishAndReleaseAll();
    }

    @Test
    void shouldHandOnTheSameFramesWhenBytesComeOneByOne() {
        ByteBuf all = Unpooled.buffer();
        List<String> expected = new ArrayList<>();
        stream(all, expected);
        while (all.isReadable()) {
            channel.writeInbound(channel.alloc().buffer(1).writeByte(all.readByte()));
        }
        assertThat(heard).isEqualTo(expected);
    }

    @Test
    void shouldEndStreamWhenLengthIsTooShortForAHeader() {
        channel.writeInbound(Unpooled.wrappedBuffer(new byte[] {19, 0, 0, 0, 1}));
        channel.writeInbound(
                Unpooled.copiedBuffer(ExampleMessages.all().get("PingRequest").frame()));

        assertThat(heard).containsExactly("unframeable");
    }

    @Test
    void shouldEndStreamWhenGarbageComes() {
        channel.writeInbound(Unpooled.wrappedBuffer(new byte[] {'G', 'E', 'T', ' ', '/', ' ', 'H', 'T', 'T', 'P'}));

        assertThat(heard).containsExactly("unframeable");
    }

    @Test
    void shouldHoldMemoryForWhatCameWhenLengthPromisesMore() {
        EmbeddedChannel trusting = new EmbeddedChannel(new Hearing(ProtocolLimits.MAX_FRAME_LENGTH));
        io.netty.buffer.UnpooledByteBufAllocator counting = new io.netty.buffer.UnpooledByteBufAllocator(false);
        trusting.config().setAllocator(counting);
        ByteBuf start =
                Unpooled.buffer().writeIntLE(ProtocolLimits.MAX_FRAME_LENGTH).writeByte(1);

        trusting.writeInbound(start);

        assertThat(counting.metric().usedHeapMemory()).isBetween(5L, 64L * 1024);
        assertThat(heard).isEmpty();
        trusting.finishAndReleaseAll();
        assertThat(counting.metric().usedHeapMemory()).isZero();
    }

    @Test
    void shouldReleaseEveryBufferWhenChannelClosesInsideAFrame() {
        ByteBuf half = channel.alloc().buffer().writeIntLE(100).writeByte(1);

        channel.writeInbound(half);
        channel.finishAndReleaseAll();

        assertThat(half.refCnt()).isZero();
        assertThat(heard).isEmpty();
    }
}
