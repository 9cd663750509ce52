package io.magpie.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;

class FrameHeaderTest {
    private final ByteBuf buffer = Unpooled.buffer();

    @Test
    void shouldLieAtStatedOffsets() {
        assertThat(FrameHeaderDescriptor.FRAME_LENGTH_OFFSET).isZero();
        assertThat(FrameHeaderDescriptor.VERSION_OFFSET).isEqualTo(4);
        assertThat(FrameHeaderDescriptor.FLAGS_OFFSET).isEqualTo(5);
        assertThat(FrameHeaderDescriptor.MESSAGE_TYPE_OFFSET).isEqualTo(6);
        assertThat(FrameHeaderDescriptor.BLOCK_LENGTH_OFFSET).isEqualTo(8);
        assertThat(FrameHeaderDescriptor.STATUS_OFFSET).isEqualTo(10);
        assertThat(FrameHeaderDescriptor.BUDGET_MICROS_OFFSET).isEqualTo(12);
        assertThat(FrameHeaderDescriptor.CORRELATION_ID_OFFSET).isEqualTo(16);
        assertThat(FrameHeaderDescriptor.HEADER_LENGTH).isEqualTo(24);
    }

    @Test
    void shouldReadWhatWasWrittenWhenRequest() {
        int length = new PingRequestEncoder()
                .wrap(buffer, 0x1122334455667788L, 250_000)
                .payload(5)
                .finish();

        assertThat(ByteBufUtil.hexDump(buffer))
                .isEqualTo("1c00000001000200080000009" + "0d0030088776655443322110500000000000000");
        assertThat(FrameHeader.validate(buffer, 0, length)).isEqualTo(Status.OK);
        assertThat(FrameHeader.length(buffer, 0)).isEqualTo(length).isEqualTo(32);
        assertThat(FrameHeader.messageType(buffer, 0)).isEqualTo(MessageType.PING);
        assertThat(FrameHeader.isReply(buffer, 0)).isFalse();
        assertThat(FrameHeader.budgetMicros(buffer, 0)).isEqualTo(250_000);
        assertThat(FrameHeader.correlationId(buffer, 0)).isEqualTo(0x1122334455667788L);
        assertThat(FrameHeader.isVersionKnown(buffer, 0)).isTrue();
    }

    @Test
    void shouldSayStatusWhenReply() {
        new ErrorReplyEncoder()
                .wrap(buffer, MessageType.RECOMMEND, 9, Status.OVERLOADED)
                .message("later")
                .finish();

        assertThat(FrameHeader.isReply(buffer, 0)).isTrue();
        assertThat(Status.of(FrameHeader.statusCode(buffer, 0))).isEqualTo(Status.OVERLOADED);
    }

    @Test
    void shouldBeMalformedWhenTruncatedAnywhere() {
        int length = new PingRequestEncoder().wrap(buffer, 1, 0).finish();

        for (int cut = 0; cut < length; cut++) {
            assertThat(FrameHeader.validate(buffer, 0, cut)).isEqualTo(Status.MALFORMED);
            assertThat(FrameHeader.validate(buffer.slice(0, cut), 0, length)).isEqualTo(Status.MALFORMED);
        }
    }

    @Test
    void shouldKeepNumbersOfStatuses() {
        assertThat(Status.STORAGE_FAILED.code()).isEqualTo(15);
        assertThat(Status.CATALOGUE_LIVE.code()).isEqualTo(18);
        assertThat(Status.TOO_MANY_IDENTITIES.code()).isEqualTo(19);
        assertThat(Status.UNKNOWN_VERB.code()).isEqualTo(256);
        assertThat(Status.INTERNAL.code()).isEqualTo(266);
        for (Status status : Status.values()) {
            assertThat(Status.of(status.code())).isEqualTo(status);
        }
        assertThat(Status.of(20)).isEqualTo(Status.UNRECOGNISED);
        assertThat(Status.of(267)).isEqualTo(Status.UNRECOGNISED);
        assertThat(Status.of(-1)).isEqualTo(Status.UNRECOGNISED);
    }
}
