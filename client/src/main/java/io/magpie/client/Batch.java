package io.magpie.client;

import io.magpie.protocol.BatchReplyDecoder;
import io.magpie.protocol.BatchRequestEncoder;
import io.magpie.protocol.FrameHeader;
import io.magpie.protocol.InnerFrames;
import io.magpie.protocol.MessageType;
import io.magpie.protocol.ProtocolLimits;
import io.magpie.protocol.Status;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * Many requests that leave in one frame and are answered by one: {@link #calls()} has every verb, whose futures end when the
 * batch was {@linkplain #send() sent} and answered, each by itself. They take effect in the order of the calls. Made by
 * {@link MagpieClient#batch()}; for one thread, and sent once.
 *
 * <pre>{@code
 * Batch batch = client.batch();
 * CompletableFuture<Recommendations> best = batch.calls().recommend(profileId, 10);
 * CompletableFuture<Recommendations> trending = batch.calls().trending(5);
 * batch.send();
 * show(best.join(), trending.join());
 * }</pre>
 */
public final class Batch {
    private final Sender sender;
    private final MagpieAsyncClient calls;
    private final List<Part<?>> parts = new ArrayList<>();
    private boolean isReadOnly = true;
    private boolean sent;

    Batch(MagpieAsyncClient owner, Sender sender) {
        this.sender = sender;
        calls = owner.into(this);
    }

    /** Returns the verbs: what is called here is sent with the batch. */
    public MagpieAsyncClient calls() {
        return calls;
    }

    /** Returns how many requests there are. */
    public int size() {
        return parts.size();
    }

    /**
     * Sends the batch and waits until it is answered. What was refused ends its own future alone.
     *
     * @throws MagpieException if the batch as a whole did not succeed; each future then ends with it too
     */
    public void send() {
        sender.await(sendAsync());
    }

    /** Sends the batch; the future ends after those of its calls. */
    public CompletableFuture<Void> sendAsync() {
        if (sent) {
            throw new IllegalStateException("a batch is sent once: make another");
        }
        sent = true;
        return sender.sendBatch(isReadOnly, this::write, this::read).whenComplete((done, failure) -> {
            if (failure != null) {
                parts.forEach(part -> part.future.completeExceptionally(failure));
            }
        });
    }

    /** Adds a request. */
    <T> CompletableFuture<T> add(int messageType, boolean isRead, Consumer<ByteBuf> writer, Replies.Reader<T> reader) {
        if (sent) {
            throw new IllegalStateException("the batch was sent: make another");
        }
        if (parts.size() == ProtocolLimits.MAX_BATCH_REQUESTS) {
            throw new IllegalArgumentException(
                    "a batch holds " + ProtocolLimits.MAX_BATCH_REQUESTS + " requests at most");
        }
        Part<T> part = new Part<>(messageType, writer, reader);
        parts.add(part);
        isReadOnly &= isRead;
        return part.future;
    }

    private void write(ByteBuf out) {
        ByteBuf frames = out.alloc().buffer();
        try {
            for (int i = 0; i < parts.size(); i++) {
                int offset = frames.writerIndex();
                parts.get(i).writer.accept(frames);
                Call.stamp(frames, offset, i + 1, 0);
            }
            new BatchRequestEncoder()
                    .wrap(out, 0, 0)
                    .requests(frames, 0, frames.readableBytes())
                    .finish();
        } finally {
            frames.release();
        }
    }

    private Void read(ReplyDecoders decoders, ByteBuf buffer, int offset, int length) {
        BatchReplyDecoder in = Replies.wrapped(decoders.batch, buffer, offset, length);
        if (in.frameCount() != parts.size()) {
            throw new MagpieProtocolException(
                    "a batch is answered request by request: requests=" + parts.size() + " answers=" + in.frameCount(),
                    !isReadOnly);
        }
        in.answers(new InnerFrames.Sink() {
            private int next;

            @Override
            public void onFrame(ByteBuf frames, int from, int bytes) {
                parts.get(next++).end(decoders, frames, from, bytes);
            }
        });
        return null;
    }

    private static final class Part<T> {
        private final int messageType;
        private final Consumer<ByteBuf> writer;
        private final Replies.Reader<T> reader;
        private final CompletableFuture<T> future = new CompletableFuture<>();

        Part(int messageType, Consumer<ByteBuf> writer, Replies.Reader<T> reader) {
            this.messageType = messageType;
            this.writer = writer;
            this.reader = reader;
        }

        void end(ReplyDecoders decoders, ByteBuf buffer, int offset, int length) {
            int code = FrameHeader.statusCode(buffer, offset);
            try {
                if (code != Status.OK.code()) {
                    throw Failures.said(messageType, code, decoders.error, buffer, offset, length);
                }
                if (FrameHeader.messageType(buffer, offset) != messageType) {
                    throw new MagpieProtocolException(
                            "an answer of another type came: asked=" + MessageType.name(messageType),
                            !MessageType.isRead(messageType));
                }
                future.complete(reader.read(decoders, buffer, offset, length));
            } catch (MagpieException e) {
                future.completeExceptionally(e);
            }
        }
    }
}
