package io.magpie.server.verb;

import io.magpie.protocol.StatisticsReplyEncoder;
import io.magpie.protocol.StatisticsRequestDecoder;
import io.magpie.protocol.Status;
import io.magpie.server.metrics.Counter;
import java.util.List;
import java.util.function.Supplier;

/** Answers statistics: gathered by the pool, because counting maps and adding histograms takes long, written by the loop. */
final class StatisticsHandler implements VerbHandler {
    private static final int KIND_WHOLE = 0;
    private static final int KIND_FRACTION = 1;

    private final VerbContext context;
    private final DearReplies replies;
    private final Supplier<List<Counter>> counters;
    private final StatisticsRequestDecoder decoder = new StatisticsRequestDecoder();
    private final StatisticsReplyEncoder encoder = new StatisticsReplyEncoder();

    StatisticsHandler(VerbContext context, DearReplies replies, Supplier<List<Counter>> counters) {
        this.context = context;
        this.replies = replies;
        this.counters = counters;
    }

    @Override
    public void handle(Request request) {
        if (context.decodes(request, decoder)) {
            replies.answer(request, counters::get, this::write);
        }
    }

    private Status write(Exchange exchange, long correlationId, List<Counter> gathered) {
        StringBuilder names = new StringBuilder();
        encoder.wrap(exchange.replyBuffer(), correlationId)
                .catalogueVersion(context.engine().catalogueVersion())
                .timeMillis(context.clock().millis())
                .spaceId(context.engine().spaceId())
                .beginCounters(gathered.size());
        for (Counter counter : gathered) {
            long bits = counter.whole() ? (long) counter.value() : Double.doubleToRawLongBits(counter.value());
            encoder.addCounter(
                    bits,
                    counter.whole() ? KIND_WHOLE : KIND_FRACTION,
                    counter.name().length());
            names.append(counter.name());
        }
        encoder.counterNames(names);
        encoder.finish();
        return Status.OK;
    }
}
