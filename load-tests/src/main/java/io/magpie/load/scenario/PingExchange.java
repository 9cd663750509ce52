package io.magpie.load.scenario;

import io.magpie.load.generator.Exchange;
import io.magpie.protocol.PingReplyDecoder;
import io.magpie.protocol.PingRequestEncoder;
import io.magpie.protocol.Status;
import io.netty.buffer.ByteBuf;

/** Asks for nothing but its own number back. */
final class PingExchange implements Exchange {
    private final PingRequestEncoder request = new PingRequestEncoder();
    private long payload;
    private long checked;
    private final PingReplyDecoder reply = new PingReplyDecoder();

    @Override
    public long write(ByteBuf out, long correlationId) {
        payload++;
        request.wrap(out, correlationId, 0).payload(payload).finish();
        return payload;
    }

    @Override
    public Status read(long key, ByteBuf frame, int offset, int length) {
        checked++;
        return reply.wrap(frame, offset, length) == Status.OK && reply.payload() == key ? Status.OK : null;
    }

    @Override
    public long checkedCount() {
        return checked;
    }
}
