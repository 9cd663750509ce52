package io.magpie.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.protocol.ExampleMessages.Example;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Whatever the bytes are: a status, never an exception, and never a read past the end. */
class MalformedFrameTest {
    private static final List<Example> EXAMPLES =
            List.copyOf(ExampleMessages.all().values());

    /** Wraps a frame that is alone in its buffer, and reads all of it if it was found good. */
    private static Status wrapAndRead(Example example, byte[] bytes) {
        MessageDecoder decoder = example.decoder().get();
        Status status = decoder.wrap(Unpooled.wrappedBuffer(bytes), 0, bytes.length);
        if (status == Status.OK) {
            Fields.of(decoder);
        }
        return status;
    }

    private static byte[] bytes(Example example) {
        byte[] bytes = new byte[example.frame().readableBytes()];
        example.frame().getBytes(0, bytes);
        return bytes;
    }

    private static void setFrameLength(byte[] frame) {
        Unpooled.wrappedBuffer(frame).setIntLE(0, frame.length - 4);
    }

    @Test
    void shouldBeMalformedWhenCutAnywhere() {
        for (Example example : EXAMPLES) {
            byte[] whole = bytes(example);
            for (int length = 0; length < whole.length; length++) {
                byte[] cut = java.util.Arrays.copyOf(whole, length);
                assertThat(wrapAndRead(example, cut)).isEqualTo(Status.MALFORMED);
            }
        }
    }

    @Test
    void shouldNeverReadPastTheEndWhenCutAnywhereAndLengthAgrees() {
        for (Example example : EXAMPLES) {
            byte[] whole = bytes(example);
            for (int length = 4; length < whole.length; length++) {
                byte[] cut = java.util.Arrays.copyOf(whole, length);
                setFrameLength(cut);
                // Where a group ends, what follows may be missing: then it reads as empty, or is refused.
                wrapAndRead(example, cut);
            }
        }
    }

    @Test
    void shouldBeRefusedWhenCountsOverflow() {
        long[] values = {0xFFFFFFFFL, 0x80000000L, 0x7FFFFFFFL, 0x40000000L, 0x10000L, 1, 0};
        Example example = ExampleMessages.all().get("RemoveItemsRequest");
        int group = FrameHeaderDescriptor.HEADER_LENGTH + RemoveItemsRequestDescriptor.BLOCK_LENGTH;
        for (long entryLength : values) {
            for (long count : values) {
                byte[] frame = bytes(example);
                ByteBuf buffer = Unpooled.wrappedBuffer(frame);
                buffer.setIntLE(group, (int) entryLength);
                buffer.setIntLE(group + 4, (int) count);
                Status status = wrapAndRead(example, frame);
                // One entry of 8 bytes or more does not come up in these pairs, an empty group does.
                assertThat(status).isEqualTo(count == 0 ? Status.OK : Status.MALFORMED);
            }
        }
    }

    @Test
    void shouldBeOutOfRangeWhenListIsLongerThanAnyMayBe() {
        ByteBuf frame = Unpooled.buffer();
        RemoveItemsRequestEncoder encoder =
                new RemoveItemsRequestEncoder().wrap(frame, 1, 0).beginItemIds(ProtocolLimits.MAX_LIST_LENGTH + 1);
        for (int i = 0; i <= ProtocolLimits.MAX_LIST_LENGTH; i++) {
            encoder.addItemId(i);
        }
        int length = encoder.finish();

        assertThat(new RemoveItemsRequestDecoder().wrap(frame, 0, length)).isEqualTo(Status.OUT_OF_RANGE);
    }

    @Test
    void shouldBeMalformedWhenVectorIsLongerThanAnyMayBe() {
        int dimension = ProtocolLimits.MAX_DIMENSION + 1;
        ByteBuf frame = Unpooled.buffer();
        int length = new RecommendRequestEncoder()
                .wrap(frame, 1, 0)
                .kind(RecommendRequestDecoder.KIND_VECTOR)
                .limit(1)
                .beginVectors(1, dimension)
                .addVector(new float[dimension], 0, dimension)
                .finish();

        assertThat(new RecommendRequestDecoder().wrap(frame, 0, length)).isEqualTo(Status.MALFORMED);
    }

    @Test
    void shouldBeRefusedWhenRecommendContradictsItself() {
        assertThat(recommend(9, 1)).isEqualTo(Status.OUT_OF_RANGE);
        assertThat(recommend(RecommendRequestDecoder.KIND_VECTOR, 1)).isEqualTo(Status.MALFORMED);
        assertThat(recommend(RecommendRequestDecoder.KIND_PROFILE, 0)).isEqualTo(Status.OUT_OF_RANGE);
        assertThat(recommend(RecommendRequestDecoder.KIND_PROFILE, -1)).isEqualTo(Status.OUT_OF_RANGE);
        assertThat(recommend(RecommendRequestDecoder.KIND_PROFILE, ProtocolLimits.MAX_LIMIT + 1))
                .isEqualTo(Status.OUT_OF_RANGE);
        assertThat(recommend(RecommendRequestDecoder.KIND_PROFILE, ProtocolLimits.MAX_LIMIT))
                .isEqualTo(Status.OK);
    }

    @Test
    void shouldBeRefusedWhenVerbAndKindContradictEachOther() {
        assertThat(ask(MessageType.RECOMMEND, RecommendRequestDecoder.KIND_GROUP))
                .isEqualTo(Status.OK);
        assertThat(ask(MessageType.RECOMMEND, RecommendRequestDecoder.KIND_SIMILAR))
                .isEqualTo(Status.MALFORMED);
        assertThat(ask(MessageType.SIMILAR, RecommendRequestDecoder.KIND_SIMILAR))
                .isEqualTo(Status.OK);
        assertThat(ask(MessageType.SIMILAR, RecommendRequestDecoder.KIND_PROFILE))
                .isEqualTo(Status.MALFORMED);
        assertThat(ask(MessageType.POPULAR, RecommendRequestDecoder.KIND_TRENDING))
                .isEqualTo(Status.OK);
        assertThat(ask(MessageType.POPULAR, RecommendRequestDecoder.KIND_GROUP)).isEqualTo(Status.MALFORMED);
        assertThat(ask(MessageType.SCORE, RecommendRequestDecoder.KIND_PROFILE)).isEqualTo(Status.MALFORMED);
        assertThat(ask(MessageType.RECORD_AND_RECOMMEND, RecommendRequestDecoder.KIND_ITEMS))
                .isEqualTo(Status.MALFORMED);
    }

    private static Status ask(int messageType, int kind) {
        ByteBuf frame = Unpooled.buffer();
        int length = new RecommendRequestEncoder()
                .wrap(frame, messageType, 1, 0)
                .kind(kind)
                .limit(1)
                .finish();
        return new RecommendRequestDecoder().wrap(frame, 0, length);
    }

    private static Status recommend(int kind, int limit) {
        ByteBuf frame = Unpooled.buffer();
        int length = new RecommendRequestEncoder()
                .wrap(frame, 1, 0)
                .kind(kind)
                .limit(limit)
                .finish();
        return new RecommendRequestDecoder().wrap(frame, 0, length);
    }

    @Test
    void shouldSayNotFiniteWhenVectorHoldsNanOrInfinity() {
        for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
            ByteBuf frame = Unpooled.buffer();
            int length = new PutSlotsRequestEncoder()
                    .wrap(frame, 1, 0)
                    .beginSlots(2)
                    .addSlot(1, 2, 3, 4, 5)
                    .addSlot(1, 2, 3, 4, 5)
                    .beginVectors(2, 2)
                    .addVector(new float[] {1, 2}, 0, 2)
                    .addVector(new float[] {1, bad}, 0, 2)
                    .finish();
            PutSlotsRequestDecoder decoder = new PutSlotsRequestDecoder();

            assertThat(decoder.wrap(frame, 0, length)).isEqualTo(Status.OK);
            assertThat(decoder.copyVector(0, new float[2])).isTrue();
            assertThat(decoder.copyVector(1, new float[2])).isFalse();
        }
    }

    @Property(tries = 20_000)
    void shouldNeverThrowWhenBytesAreChanged(@ForAll @LongRange(max = Long.MAX_VALUE) long seed) {
        // All by the seed: what the framework draws itself favours small numbers, and so the first example.
        Random random = new Random(seed);
        Example example = EXAMPLES.get(random.nextInt(EXAMPLES.size()));
        byte[] frame = bytes(example);
        int changes = 1 + random.nextInt(3);
        for (int i = 0; i < changes; i++) {
            int at = 4 + random.nextInt(frame.length - 4);
            // A length or a count that is a little off gets further than one that is absurd.
            frame[at] = (byte) (random.nextBoolean() ? frame[at] + random.nextInt(7) - 3 : random.nextInt());
        }
        assertThat(wrapAndRead(example, frame)).isIn(Status.OK, Status.MALFORMED, Status.OUT_OF_RANGE);
    }

    @Property(tries = 2_000)
    void shouldNeverThrowWhenBytesAreGarbage(@ForAll @Size(max = 400) byte[] garbage, @ForAll boolean hasHeader) {
        for (Example example : EXAMPLES) {
            byte[] frame = garbage.clone();
            if (hasHeader && frame.length >= FrameHeaderDescriptor.HEADER_LENGTH) {
                System.arraycopy(bytes(example), 0, frame, 0, FrameHeaderDescriptor.HEADER_LENGTH);
                setFrameLength(frame);
            }
            assertThat(wrapAndRead(example, frame)).isIn(Status.OK, Status.MALFORMED, Status.OUT_OF_RANGE);
        }
    }
}
