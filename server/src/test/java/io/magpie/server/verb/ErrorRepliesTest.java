package io.magpie.server.verb;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.protocol.ErrorReplyEncoder;
import io.magpie.protocol.MessageType;
import io.magpie.protocol.RecommendRequestEncoder;
import io.magpie.protocol.Status;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;

class ErrorRepliesTest {
    @Test
    void shouldSayOfEachShedRequestWhatTheEncoderWouldSay() {
        ErrorReplies errors = new ErrorReplies();
        FakeExchange peer = new FakeExchange();
        for (long id : new long[] {1, 0x8877_6655_4433_2211L, 2}) {
            ByteBuf frame = Unpooled.buffer();
            new RecommendRequestEncoder()
                    .wrap(frame, id, 0)
                    .limit(1)
                    .profileId(1)
                    .finish();
            ByteBuf expected = Unpooled.buffer();
            new ErrorReplyEncoder()
                    .wrap(expected, MessageType.RECOMMEND, id, Status.OVERLOADED)
                    .retryAfterMicros((int) (1 + id % 1_000 + 1_000))
                    .message("it would have waited too long (overload.wait)")
                    .finish();
            int from = peer.replyBuffer().writerIndex();
            errors.overloaded(
                    new Request().wrap(peer, frame, 0, frame.readableBytes(), 0), (id % 1_000 + 1_000) * 1_000 + 999);
            assertThat(peer.replyBuffer().slice(from, peer.replyBuffer().writerIndex() - from))
                    .isEqualTo(expected);
        }
        assertThat(peer.statuses).containsExactly(Status.OVERLOADED, Status.OVERLOADED, Status.OVERLOADED);
    }

    @Test
    void shouldSayTheLongestTimeWhenItIsLongerThanCanBeSaid() {
        FakeExchange peer = new FakeExchange();
        ByteBuf frame = Unpooled.buffer();
        new RecommendRequestEncoder().wrap(frame, 1, 0).limit(1).profileId(1).finish();
        new ErrorReplies().overloaded(new Request().wrap(peer, frame, 0, frame.readableBytes(), 0), Long.MAX_VALUE / 2);
        ByteBuf expected = Unpooled.buffer();
        new ErrorReplyEncoder()
                .wrap(expected, MessageType.RECOMMEND, 1, Status.OVERLOADED)
                .retryAfterMicros(Integer.MAX_VALUE)
                .message("it would have waited too long (overload.wait)")
                .finish();
        assertThat(peer.replyBuffer()).isEqualTo(expected);
    }
}
