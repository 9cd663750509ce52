package io.magpie.client;

import io.magpie.protocol.Feature;
import io.magpie.protocol.MessageType;
import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;

/** Sends requests, or gathers them in a batch: what is the same whatever the verb. Immutable but for the batch; thread-safe as that is. */
final class Sender {
    private static final long GRACE_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final Connections connections;
    private final long timeoutNanos;
    private final Batch batch;

    Sender(Connections connections, long timeoutNanos) {
        this(connections, timeoutNanos, null);
    }

    /**
     * @param batch what calls are gathered in, or null to send them
     */
    private Sender(Connections connections, long timeoutNanos, Batch batch) {
        this.connections = connections;
        this.timeoutNanos = timeoutNanos;
        this.batch = batch;
    }

    Sender withTimeout(long nanos) {
        return new Sender(connections, nanos, batch);
    }

    Sender into(Batch gathered) {
        return new Sender(connections, timeoutNanos, gathered);
    }

    boolean isGathering() {
        return batch != null;
    }

    Connections connections() {
        return connections;
    }

    /** An older server would not refuse what it does not know of a request, but answer something else. */
    void requireFeatures(long features, int messageType) {
        ServerInfo info = connections.serverInfo();
        if (info != null && (info.features() & features) != features) {
            throw new IllegalArgumentException("the server is too old for this request: verb="
                    + MessageType.name(messageType) + " serverVersion=" + info.serverVersion()
                    + "; update the server");
        }
    }

    /** Sends a change of one person. */
    CompletableFuture<WriteReceipt> sendOf(Person who, int messageType, Consumer<ByteBuf> writer) {
        requireFeatures(Identities.features(who), messageType);
        return send(messageType, writer, Replies.receiptOf(who));
    }

    /** Sends changes of people. */
    <T> CompletableFuture<WriteResults> sendOf(
            List<T> changes, Function<T, Person> who, int messageType, Consumer<ByteBuf> writer) {
        requireFeatures(Identities.features(changes, who), messageType);
        return send(messageType, writer, Replies.resultsOf(changes, who));
    }

    <T> CompletableFuture<T> send(int messageType, Consumer<ByteBuf> writer, Replies.Reader<T> reader) {
        boolean isRead = MessageType.isRead(messageType);
        return send(messageType, isRead, isRead, writer, reader);
    }

    /**
     * Sends a request, or adds it to the batch.
     *
     * @param isRead    whether it changes nothing
     * @param mayRepeat whether it may be sent again when its answer was lost
     */
    <T> CompletableFuture<T> send(
            int messageType, boolean isRead, boolean mayRepeat, Consumer<ByteBuf> writer, Replies.Reader<T> reader) {
        return batch != null
                ? batch.add(messageType, isRead, writer, reader)
                : new RetryingCall<>(connections, messageType, isRead, mayRepeat, writer, reader, timeoutNanos).send();
    }

    /** Sends a batch that was gathered; one that only reads may be repeated. */
    CompletableFuture<Void> sendBatch(boolean isRead, Consumer<ByteBuf> writer, Replies.Reader<Void> reader) {
        requireFeatures(Feature.BATCH, MessageType.BATCH);
        return send(MessageType.BATCH, isRead, isRead, writer, reader);
    }

    /** Sends a call that allocates nothing. */
    void submit(RecommendCall recommendCall) {
        if (batch != null) {
            throw new IllegalStateException("a call that allocates nothing is sent by itself, not in a batch");
        }
        long features = recommendCall.features();
        if (features != 0) {
            requireFeatures(features, MessageType.RECOMMEND);
        }
        Call call = recommendCall.take();
        Connection connection;
        try {
            connection = connections.acquire(0);
        } catch (MagpieException e) {
            call.onFailure(e);
            return;
        }
        call.start(System.nanoTime() + timeoutNanos, timeoutNanos, 0);
        connection.submit(call);
    }

    /** Waits for a future of this sender's. */
    <T> T await(CompletableFuture<T> future) {
        try {
            // A future ends by itself at its deadline; the grace is for an event loop that somebody blocks.
            return future.get(timeoutNanos + GRACE_NANOS, TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw Failures.rethrown(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MagpieTimeoutException("interrupted while waiting for an answer", true);
        } catch (TimeoutException e) {
            throw new MagpieTimeoutException("the client's event loop is blocked: is a callback waiting there?", true);
        }
    }
}
