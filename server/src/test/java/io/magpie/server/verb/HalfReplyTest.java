package io.magpie.server.verb;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.core.engine.Engine;
import io.magpie.protocol.FrameHeader;
import io.magpie.protocol.FrameHeaderDescriptor;
import io.magpie.protocol.PingRequestEncoder;
import io.magpie.protocol.Status;
import io.magpie.server.TestServers;
import io.magpie.server.config.ServerConfiguration;
import io.magpie.server.metrics.ServerMetrics;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.buffer.UnpooledHeapByteBuf;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A handler that fails in the midst of its reply leaves nothing of it: else the client could read no reply after it. */
@Timeout(60)
class HalfReplyTest {
    private static final class FailingBuffer extends UnpooledHeapByteBuf {
        private boolean failsNext;

        FailingBuffer() {
            super(UnpooledByteBufAllocator.DEFAULT, 256, 1 << 16);
        }

        @Override
        public ByteBuf writeLongLE(long value) {
            if (failsNext) {
                failsNext = false;
                throw new IllegalStateException("made to fail");
            }
            return super.writeLongLE(value);
        }
    }

    @Test
    void shouldLeaveNothingOfAReplyWhenItsHandlerFailsHalfWay(@TempDir Path directory) throws Exception {
        ServerConfiguration configuration = TestServers.configuration(directory);
        FailingBuffer written = new FailingBuffer();
        FakeExchange peer = new FakeExchange() {
            @Override
            public ByteBuf replyBuffer() {
                return written;
            }
        };
        DearPool pool = new DearPool(1, 1);
        try (Engine engine = TestServers.openEngine(configuration)) {
            VerbContext context = TestServers.verbContext(engine, configuration, new ServerMetrics());
            VerbDispatcher dispatcher = new VerbDispatcher(context, pool, List::of, null, new FailureLog());
            for (int id = 1; id <= 3; id++) {
                ByteBuf frame = Unpooled.buffer();
                new PingRequestEncoder().wrap(frame, id, 0).payload(id).finish();
                written.failsNext = id == 2;
                dispatcher.dispatch(new Request().wrap(peer, frame, 0, frame.readableBytes(), System.nanoTime()));
            }
        } finally {
            pool.close();
        }
        assertThat(peer.statuses).containsExactly(Status.OK, Status.INTERNAL, Status.OK);
        for (int id = 1; id <= 3; id++) {
            ByteBuf reply = written.readSlice(
                    FrameHeaderDescriptor.LENGTH_FIELD_LENGTH + written.getIntLE(written.readerIndex()));
            assertThat(FrameHeader.correlationId(reply, 0)).isEqualTo(id);
            assertThat(Status.of(FrameHeader.statusCode(reply, 0))).isEqualTo(id == 2 ? Status.INTERNAL : Status.OK);
        }
        assertThat(written.isReadable()).isFalse();
    }
}
