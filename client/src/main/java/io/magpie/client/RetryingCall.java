package io.magpie.client;

import io.magpie.protocol.FrameHeaderDescriptor;
import io.magpie.protocol.Status;
import io.netty.buffer.ByteBuf;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * One call of a user, sent once or, if it only reads or a repeat is known as one, up to the configured retries more; all within one deadline.
 */
final class RetryingCall<T> {
    private static final long FIRST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final int FIRST_CAPACITY = 256;

    private final Connections connections;
    private final int messageType;
    private final boolean isRead;
    private final boolean mayRepeat;
    private final Consumer<ByteBuf> writer;
    private final Replies.Reader<T> reader;
    private final CompletableFuture<T> result = new CompletableFuture<>();
    private final long timeoutNanos;
    private final long deadlineNanos;
    private int attempts;

    /**
     * @param isRead    whether it changes nothing
     * @param mayRepeat whether sending the request twice does the same as sending it once
     * @param writer    appends the request's frame; called once for each attempt
     */
    RetryingCall(
            Connections connections,
            int messageType,
            boolean isRead,
            boolean mayRepeat,
            Consumer<ByteBuf> writer,
            Replies.Reader<T> reader,
            long timeoutNanos) {
        this.connections = connections;
        this.messageType = messageType;
        this.isRead = isRead;
        this.mayRepeat = mayRepeat;
        this.writer = writer;
        this.reader = reader;
        this.timeoutNanos = timeoutNanos;
        this.deadlineNanos = System.nanoTime() + timeoutNanos;
    }

    /**
     * Sends it.
     *
     * @throws IllegalArgumentException if the request is longer than the server takes
     */
    CompletableFuture<T> send() {
        attempt();
        return result;
    }

    private void attempt() {
        ByteBuf frame = connections.allocator().buffer(FIRST_CAPACITY);
        Connection connection;
        try {
            writer.accept(frame);
            connection = connections.acquire(frame.readableBytes());
            requireFits(connection, frame);
        } catch (MagpieException e) {
            frame.release();
            onFailure(e);
            return;
        } catch (RuntimeException e) {
            frame.release();
            throw e;
        }
        CompletableFuture<T> future = new CompletableFuture<>();
        FutureCall<T> call = new FutureCall<>(messageType, isRead, frame, reader, future);
        call.start(deadlineNanos, timeoutNanos, frame.readableBytes());
        future.whenComplete((value, failure) -> {
            if (failure == null) {
                connections.retryBudget().onSuccess();
                result.complete(value);
            } else {
                onFailure((MagpieException) failure);
            }
        });
        connection.submit(call);
    }

    private static void requireFits(Connection connection, ByteBuf frame) {
        ServerInfo info = connection.serverInfo();
        int length = frame.readableBytes() - FrameHeaderDescriptor.LENGTH_FIELD_LENGTH;
        if (info != null && length > info.maxFrameLength()) {
            connection.giveBack(frame.readableBytes());
            throw new IllegalArgumentException("the request is longer than the server takes: frameLength=" + length
                    + " maxFrameLength=" + info.maxFrameLength() + "; split the list");
        }
    }

    private void onFailure(MagpieException failure) {
        if (!isWorthARetry(failure)) {
            result.completeExceptionally(failure);
            return;
        }
        attempts++;
        long pause = ThreadLocalRandom.current().nextLong(FIRST_PAUSE_NANOS << attempts);
        if (deadlineNanos - System.nanoTime() <= pause
                || !connections.retryBudget().tryRetry()) {
            result.completeExceptionally(failure);
            return;
        }
        connections.counters().retries.increment();
        try {
            connections
                    .loop()
                    .schedule(this::retry, pause, TimeUnit.NANOSECONDS)
                    .addListener(done -> {
                        if (done.isCancelled()) {
                            result.completeExceptionally(Failures.closed()); // the loop was stopped meanwhile
                        }
                    });
        } catch (RejectedExecutionException e) {
            result.completeExceptionally(failure);
        }
    }

    private void retry() {
        try {
            attempt();
        } catch (RuntimeException e) {
            result.completeExceptionally(e);
        }
    }

    private boolean isWorthARetry(MagpieException failure) {
        if (!mayRepeat || attempts >= connections.configuration().retries() || connections.isClosed()) {
            return false;
        }
        if (failure instanceof MagpieServerException said) {
            return said.status() == Status.SHUTTING_DOWN || said.status() == Status.NOT_READY;
        }
        return failure instanceof MagpieConnectionException;
    }
}
