package io.magpie.benchmarks.loopback;

import io.magpie.load.generator.Exchange;
import io.magpie.protocol.Status;
import io.netty.buffer.ByteBuf;
import java.util.concurrent.atomic.AtomicInteger;

/** Finds out how long replies are, so that a peer can be asked for values of the same size. Thread-safe. */
final class ReplyLengths {
    private final AtomicInteger most = new AtomicInteger();

    int most() {
        return most.get();
    }

    Exchange of(Exchange asked) {
        return new Exchange() {
            @Override
            public long write(ByteBuf out, long correlationId) {
                return asked.write(out, correlationId);
            }

            @Override
            public Status read(long key, ByteBuf frame, int offset, int length) {
                if (length > most.getPlain()) {
                    most.accumulateAndGet(length, Math::max);
                }
                return asked.read(key, frame, offset, length);
            }

            @Override
            public long checkedCount() {
                return asked.checkedCount();
            }
        };
    }
}
