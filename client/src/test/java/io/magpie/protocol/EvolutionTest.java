package io.magpie.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.magpie.protocol.ExampleMessages.Example;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Peers of different versions understand each other as far as both know. */
class EvolutionTest {
    private static final byte NEW = (byte) 0xAB;

    @TestFactory
    Stream<DynamicTest> shouldReadTheSameWhenSenderIsNewer() {
        return ExampleMessages.all().entrySet().stream()
                .map(each -> DynamicTest.dynamicTest(each.getKey(), () -> {
                    ByteBuf newer = newer(each.getKey(), each.getValue().frame());
                    MessageDecoder decoder = each.getValue().decoder().get();
                    MessageDecoder original = each.getValue().decoder().get();
                    original.wrap(
                            each.getValue().frame(), 0, each.getValue().frame().readableBytes());

                    assertThat(decoder.wrap(newer, 0, newer.readableBytes())).isEqualTo(Status.OK);
                    assertThat(Fields.of(decoder)).isEqualTo(Fields.of(original));
                }));
    }

    /** The message as a later version might send it: block and entries longer, and one group more. */
    private static ByteBuf newer(String name, ByteBuf frame) {
        int blockLength = FrameHeader.blockLength(frame, 0);
        ByteBuf out = Unpooled.buffer();
        out.writeBytes(frame, 0, FrameHeaderDescriptor.HEADER_LENGTH + blockLength);
        int whole = constant(name, "BLOCK_LENGTH", blockLength);
        out.writeZero(whole - blockLength);
        pad(out, 12);
        out.setShortLE(FrameHeaderDescriptor.BLOCK_LENGTH_OFFSET, whole + 12);
        int position = FrameHeaderDescriptor.HEADER_LENGTH + blockLength;
        int groups = 0;
        while (position < frame.readableBytes()) {
            int entryLength = frame.getIntLE(position);
            int count = frame.getIntLE(position + 4);
            boolean hasTail = count > 0 && !isVectorOrText(name, groups, entryLength);
            out.writeIntLE(hasTail ? entryLength + 5 : entryLength);
            out.writeIntLE(count);
            position += 8;
            for (int i = 0; i < count; i++) {
                out.writeBytes(frame, position, entryLength);
                pad(out, hasTail ? 5 : 0);
                position += entryLength;
            }
            groups++;
        }
        for (; groups < groupCount(name); groups++) {
            out.writeLong(0);
        }
        out.writeIntLE(3);
        out.writeIntLE(2);
        pad(out, 6);
        out.setIntLE(0, out.readableBytes() - 4);
        return out;
    }

    private static boolean isVectorOrText(String name, int group, int entryLength) {
        return entryLength == 1 || constant(name, "VECTORS_GROUP", -1) == group;
    }

    private static int groupCount(String name) {
        return (int) Stream.of(descriptor(name).getFields())
                .filter(field -> field.getName().endsWith("_GROUP"))
                .count();
    }

    private static int constant(String name, String field, int otherwise) {
        try {
            return descriptor(name).getField(field).getInt(null);
        } catch (NoSuchFieldException e) {
            return otherwise;
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }

    private static Class<?> descriptor(String name) {
        try {
            return Class.forName("io.magpie.protocol." + name.replaceAll("-.*", "") + "Descriptor");
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }

    private static void pad(ByteBuf out, int length) {
        for (int i = 0; i < length; i++) {
            out.writeByte(NEW);
        }
    }

    @Test
    void shouldReadDefaultsWhenSenderIsOlder() {
        ExampleMessages.Example example = ExampleMessages.all().get("GetItemRequest");
        NewerGetItemRequestDecoder newer = new NewerGetItemRequestDecoder();

        assertThat(newer.wrap(example.frame(), 0, example.frame().readableBytes()))
                .isEqualTo(Status.OK);
        assertThat(newer.itemId()).isEqualTo(100);
        assertThat(newer.wantedVersion()).isEqualTo(-1);
        assertThat(newer.extraCount()).isZero();

        ByteBuf own = newer("GetItemRequest", example.frame());
        assertThat(newer.wrap(own, 0, own.readableBytes())).isEqualTo(Status.OK);
        assertThat(newer.wantedVersion()).isEqualTo(0xABABABAB);
        assertThat(newer.extraCount()).isEqualTo(2);
    }

    @Test
    void shouldReadZerosWhenTheSenderKnowsTheFirstPartOfTheBlockAlone() {
        Example example = ExampleMessages.all().get("RecommendRequest");
        RecommendRequestDecoder decoder = new RecommendRequestDecoder();
        assertThat(decoder.wrap(example.frame(), 0, example.frame().readableBytes()))
                .isEqualTo(Status.OK);

        assertThat(FrameHeader.blockLength(example.frame(), 0))
                .isEqualTo(RecommendRequestDescriptor.FIRST_BLOCK_LENGTH)
                .isLessThan(RecommendRequestDescriptor.BLOCK_LENGTH);
        assertThat(decoder.relevance()).isZero();
        assertThat(decoder.asOfMillis()).isZero();
        assertThat(decoder.capPerCategory()).isZero();
        assertThat(decoder.contextItemCount() + decoder.boostCount() + decoder.eventCount())
                .isZero();
        assertThatThrownBy(() -> new RecommendRequestEncoder()
                        .wrap(Unpooled.buffer(), 1, 0)
                        .asOfMillis(1))
                .isInstanceOf(IllegalStateException.class);
    }

    /** What version 2 might make of a message of version 1: one field and one group more. */
    private static final class NewerGetItemRequestDecoder extends MessageDecoder {
        NewerGetItemRequestDecoder() {
            super(GetItemRequestDescriptor.FIRST_BLOCK_LENGTH, 1);
            declare(0, 3, 10);
        }

        long itemId() {
            return buffer().getLongLE(blockOffset() + GetItemRequestDescriptor.ITEM_ID_OFFSET);
        }

        int wantedVersion() {
            int offset = GetItemRequestDescriptor.BLOCK_LENGTH;
            return hasBlockField(offset, Integer.BYTES) ? buffer().getIntLE(blockOffset() + offset) : -1;
        }

        int extraCount() {
            return count(0);
        }
    }

    @Test
    void shouldBeMalformedWhenBlockIsShorterThanVersionOneMadeIt() {
        ExampleMessages.all().forEach((name, example) -> {
            ByteBuf frame = Unpooled.copiedBuffer(example.frame());
            int first = constant(name, "FIRST_BLOCK_LENGTH", FrameHeader.blockLength(frame, 0));
            frame.setShortLE(FrameHeaderDescriptor.BLOCK_LENGTH_OFFSET, first - 1);

            assertThat(example.decoder().get().wrap(frame, 0, frame.readableBytes()))
                    .as(name)
                    .isEqualTo(Status.MALFORMED);
        });
    }
}
