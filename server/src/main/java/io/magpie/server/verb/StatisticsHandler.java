package io.magpie.server.verb;

import io.magpie.protocol.MessageType;
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
    private final DearPool pool;
    private final Supplier<List<Counter>> counters;
    private final FailureLog failures;
    private final StatisticsRequestDecoder decoder = new StatisticsRequestDecoder();
    private final StatisticsReplyEncoder encoder = new StatisticsReplyEncoder();

    StatisticsHandler(VerbContext context, DearPool pool, Supplier<List<Counter>> counters, FailureLog failures) {
        this.context = context;
        this.pool = pool;
        this.counters = counters;
        this.failures = failures;
    }

    @Override
    public void handle(Request request) {
        Status status = request.decode(decoder);
        if (status != Status.OK) {
            context.malformed(request, status);
            return;
        }
        Exchange exchange = request.exchange();
        long correlationId = request.correlationId();
        long arrivalNanos = request.arrivalNanos();
        long deadlineNanos = request.deadlineNanos();
        boolean taken = pool.offer(() -> {
            boolean late = System.nanoTime() >= deadlineNanos;
            List<Counter> gathered = null;
            Throwable failure = null;
            try {
                gathered = late ? null : counters.get();
            } catch (RuntimeException e) {
                failure = e;
            }
            List<Counter> result = gathered;
            Throwable thrown = failure;
            exchange.execute(() -> answer(exchange, correlationId, arrivalNanos, result, thrown));
        });
        if (taken) {
            exchange.taken();
        } else {
            context.errors()
                    .reply(
                            request,
                            Status.OVERLOADED,
                            "too many dear requests wait: waiting=" + pool.load() + " (pool.threads, pool.queue)");
        }
    }

    private void answer(
            Exchange exchange, long correlationId, long arrivalNanos, List<Counter> gathered, Throwable failure) {
        exchange.settled();
        if (!exchange.isOpen()) {
            return;
        }
        Status status = Status.OK;
        if (gathered != null) {
            write(exchange, correlationId, gathered);
        } else {
            if (failure != null) {
                failures.log("statistics failed", failure);
            }
            status = failure == null ? Status.DEADLINE_EXCEEDED : Status.INTERNAL;
            context.errors()
                    .append(
                            exchange.replyBuffer(),
                            MessageType.STATISTICS,
                            correlationId,
                            status,
                            failure == null
                                    ? "the budget ran out before the request was begun"
                                    : "the server failed; its log says why");
        }
        exchange.replied(MessageType.STATISTICS, status, arrivalNanos);
    }

    private void write(Exchange exchange, long correlationId, List<Counter> gathered) {
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
    }
}
