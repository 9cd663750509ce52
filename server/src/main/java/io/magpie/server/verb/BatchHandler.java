package io.magpie.server.verb;

import io.magpie.protocol.BatchReplyEncoder;
import io.magpie.protocol.BatchRequestDecoder;
import io.magpie.protocol.InnerFrames;
import io.magpie.protocol.MessageType;
import io.magpie.protocol.Status;
import io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;

/**
 * Answers many requests of one frame: each goes through the dispatcher as if it had come alone, in its order, so that
 * questions join the turn's batch, and the answers go back in one frame when the last is there. One an event loop. Allocates
 * nothing once as many requests as the largest batch have been met.
 */
final class BatchHandler implements VerbHandler, InnerFrames.Sink {
    private final VerbContext context;
    private final VerbDispatcher dispatcher;
    private final int mostBytes;
    private final BatchRequestDecoder decoder = new BatchRequestDecoder();
    private final BatchReplyEncoder encoder = new BatchReplyEncoder();
    private final Request inner = new Request();
    private final ArrayDeque<BatchExchange> free = new ArrayDeque<>();

    private BatchExchange current;
    private int next;
    private long heldBytes;

    BatchHandler(VerbContext context, VerbDispatcher dispatcher) {
        this.context = context;
        this.dispatcher = dispatcher;
        mostBytes = context.configuration().limits().unwrittenHardBytes();
    }

    @Override
    public void handle(Request request) {
        if (!context.decodes(request, decoder)) {
            return;
        }
        BatchExchange batch = free.isEmpty() ? new BatchExchange(this) : free.pop();
        batch.begin(request, decoder.frameCount());
        current = batch;
        next = 0;
        decoder.requests(this);
        current = null;
        batch.dispatched();
    }

    @Override
    public void onFrame(ByteBuf buffer, int offset, int length) {
        Exchange exchange = current.inner(next++);
        inner.wrap(exchange, buffer, offset, length, current.arrivalNanos());
        int messageType = inner.messageType();
        if (messageType == MessageType.HELLO || messageType == MessageType.BATCH) {
            context.errors()
                    .reply(
                            inner,
                            Status.MALFORMED,
                            "a batch holds no " + MessageType.name(messageType) + ": send it by itself");
        } else {
            dispatcher.dispatch(inner);
        }
    }

    /** Takes note of an answer that a batch gathered; returns whether there was room for it. */
    boolean hold(int batchBytes, int answerBytes) {
        heldBytes += answerBytes;
        return batchBytes <= mostBytes / 2 && heldBytes <= mostBytes;
    }

    void answered(int messageType, Status status, long nanos) {
        context.metrics().answered(io.magpie.server.metrics.Verb.of(messageType), nanos);
        if (status != Status.OK) {
            context.metrics().failed(status);
        }
    }

    ErrorReplies errors() {
        return context.errors();
    }

    BatchReplyEncoder encoder() {
        return encoder;
    }

    VerbContext context() {
        return context;
    }

    /** Takes a batch back that was answered. */
    void done(BatchExchange batch, int bytes) {
        heldBytes -= bytes;
        free.push(batch);
    }
}
