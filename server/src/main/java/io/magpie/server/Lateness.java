package io.magpie.server;

import io.magpie.server.config.ServerConfiguration.Patience;
import io.magpie.server.metrics.Ending;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;
import java.util.concurrent.TimeUnit;

/**
 * Tells when the other side of a connection has taken too long: to say hello, to finish a frame, to take its replies, to
 * ask anything. One a connection; used by its event loop alone.
 */
final class Lateness {
    private final Patience patience;
    private final long openedNanos = System.nanoTime();
    private long lastPending;
    private long lastProgress;
    private long takenNanos = openedNanos;
    private long writableNanos = openedNanos;

    Lateness(Patience patience) {
        this.patience = patience;
    }

    /** Returns why the connection is to be ended, or null. */
    Ending of(long now, Channel channel, FrameDecoder decoder, boolean known, int unanswered) {
        if (isStalled(now, channel)) {
            return Ending.STALLED;
        }
        // TLS has its own watch; hello may take as long again.
        if (!known && isOver(now - openedNanos, 2 * patience.helloMillis())) {
            return Ending.NO_HELLO;
        }
        if (isOver(decoder.unfinishedNanos(now), patience.frameMillis())) {
            return Ending.SLOW_FRAME;
        }
        boolean asksNothing = unanswered == 0 && lastPending == 0 && !decoder.isPaused();
        return asksNothing && isOver(now - decoder.arrivalNanos(), patience.idleMillis()) ? Ending.IDLE : null;
    }

    /**
     * Returns whether the other side has taken nothing of what it is owed, or is owed too much all the time, however slowly it
     * takes it. To be asked again and again.
     */
    boolean isStalled(long now, Channel channel) {
        ChannelOutboundBuffer unwritten = channel.unsafe().outboundBuffer();
        long pending = unwritten == null ? 0 : unwritten.totalPendingWriteBytes();
        long progress = pending == 0 ? 0 : unwritten.currentProgress();
        if (pending == 0 || pending != lastPending || progress != lastProgress) {
            takenNanos = now;
        }
        if (channel.isWritable()) {
            writableNanos = now;
        }
        lastPending = pending;
        lastProgress = progress;
        return isOver(now - takenNanos, patience.stallMillis()) || isOver(now - writableNanos, patience.stallMillis());
    }

    private static boolean isOver(long nanos, long millis) {
        return nanos > TimeUnit.MILLISECONDS.toNanos(millis);
    }
}
