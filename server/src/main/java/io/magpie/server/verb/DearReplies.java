package io.magpie.server.verb;

import io.magpie.protocol.MessageType;
import io.magpie.protocol.Status;
import java.util.concurrent.Callable;

/**
 * Answers what would hold up an event loop: made by the pool, written by the loop, and told in the same words where it cannot
 * be. One an event loop; used by it alone.
 */
final class DearReplies {
    private final VerbContext context;
    private final DearPool pool;
    private final FailureLog failures;

    DearReplies(VerbContext context, DearPool pool, FailureLog failures) {
        this.context = context;
        this.pool = pool;
        this.failures = failures;
    }

    /** Writes what was made. Called by the event loop. */
    interface Writer<T> {
        /** Appends the reply; returns how the request ended. */
        Status write(Exchange exchange, long correlationId, T made);
    }

    /** Has the work done and its reply written; answers at once if too many wait. */
    <T> void answer(Request request, Callable<T> work, Writer<T> writer) {
        Asked<T> asked = new Asked<>(request, work, writer);
        if (pool.offer(asked::make)) {
            request.exchange().taken();
        } else {
            context.errors()
                    .reply(
                            request,
                            Status.OVERLOADED,
                            "too many dear requests wait: waiting=" + pool.load() + " (pool.threads, pool.queue)");
        }
    }

    /** One request: made by the pool, then replied to by the loop. */
    private final class Asked<T> {
        private final Exchange exchange;
        private final int messageType;
        private final long correlationId;
        private final long arrivalNanos;
        private final long deadlineNanos;
        private final Callable<T> work;
        private final Writer<T> writer;
        private boolean late;
        private T made;
        private Exception failure;

        Asked(Request request, Callable<T> work, Writer<T> writer) {
            exchange = request.exchange();
            messageType = request.messageType();
            correlationId = request.correlationId();
            arrivalNanos = request.arrivalNanos();
            deadlineNanos = request.deadlineNanos();
            this.work = work;
            this.writer = writer;
        }

        void make() {
            late = System.nanoTime() >= deadlineNanos;
            try {
                made = late ? null : work.call();
            } catch (Exception e) {
                failure = e;
            }
            exchange.execute(this::settle);
        }

        private void settle() {
            if (exchange.isOpen()) {
                exchange.replied(messageType, reply(), arrivalNanos);
            }
            exchange.settled();
        }

        private Status reply() {
            if (late) {
                return refuse(Status.DEADLINE_EXCEEDED, "the budget ran out before the request was begun");
            }
            if (failure != null) {
                failures.log(MessageType.name(messageType) + " failed", failure);
                return refuse(Status.INTERNAL, "the server failed; its log says why");
            }
            return writer.write(exchange, correlationId, made);
        }

        private Status refuse(Status status, String message) {
            context.errors().append(exchange.replyBuffer(), messageType, correlationId, status, message);
            return status;
        }
    }
}
