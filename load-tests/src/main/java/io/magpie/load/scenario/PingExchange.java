package io.magpie.load.scenario;

import io.magpie.load.generator.Exchange;
import io.magpie.protocol.PingReplyDecoder;
import io.magpie.protocol.PingRequestEncoder;
import io.magpie.protocol.Status;
import io.netty.buffer.ByteBuf;

/** Asks nothing. */
final class PingExchange implements Exchange {
    private final PingRequestEncoder request = new PingRequestEncoder();
    private final PingReplyDecoder reply = new PingReplyDecoder();

    @Override
    public long write(ByteBuf out, long correlationId) {
        request.wrap(out, correlationId, 0).finish();
        return 0;
    }

    @Override
    public boolean read(long key, ByteBuf frame, int offset, int length) {
        return reply.wrap(frame, offset, length) == Status.OK;
    }
}
