package io.magpie.client;

import io.netty.buffer.ByteBuf;
import java.util.concurrent.CompletableFuture;

/** A call whose frame was written by the caller's thread and whose result completes a future on the event loop. */
final class FutureCall<T> extends Call {
    /** From here on a frame is cheaper to write by itself than to copy. */
    private static final int LARGE_LENGTH = 16 * 1024;

    private final Replies.Reader<T> reader;
    private final CompletableFuture<T> future;
    private ByteBuf frame;

    /**
     * @param frame owned by this call from now on
     */
    FutureCall(int messageType, boolean isRead, ByteBuf frame, Replies.Reader<T> reader, CompletableFuture<T> future) {
        super(messageType, isRead);
        this.frame = frame;
        this.reader = reader;
        this.future = future;
    }

    @Override
    ByteBuf takeLargeFrame() {
        if (frame.readableBytes() < LARGE_LENGTH) {
            return null;
        }
        ByteBuf taken = frame;
        frame = null;
        return taken;
    }

    @Override
    int append(ByteBuf out) {
        int offset = out.writerIndex();
        out.writeBytes(frame);
        discard();
        return offset;
    }

    @Override
    void discard() {
        if (frame != null) {
            frame.release();
            frame = null;
        }
    }

    @Override
    void onReply(ReplyDecoders decoders, ByteBuf buffer, int offset, int length) {
        future.complete(reader.read(decoders, buffer, offset, length));
    }

    @Override
    void onFailure(MagpieException failure) {
        future.completeExceptionally(failure);
    }
}
