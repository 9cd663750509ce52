package io.magpie.server;

import io.netty.buffer.ByteBuf;

/**
 * What {@link FrameDecoder} hands on: a frame where it lies in the receive buffer, or what it found instead of one. One
 * a connection, reused; valid only until the handler that gets it returns. Holds no reference count.
 */
final class Frame {
    /** What was found. */
    enum Kind {
        /** A whole frame. */
        REQUEST,
        /** The header of a frame that is too long; its bytes are skipped, and the connection goes on. */
        TOO_LARGE,
        /** No frame: where the next one starts cannot be told, and nothing more is read. */
        UNFRAMEABLE
    }

    private Kind kind;
    private ByteBuf buffer;
    private int offset;
    private int length;
    private long claimedLength;
    private long arrivalNanos;

    Frame set(Kind kind, ByteBuf buffer, int offset, int length, long claimedLength, long arrivalNanos) {
        this.kind = kind;
        this.buffer = buffer;
        this.offset = offset;
        this.length = length;
        this.claimedLength = claimedLength;
        this.arrivalNanos = arrivalNanos;
        return this;
    }

    /** Returns what was found. */
    Kind kind() {
        return kind;
    }

    /** Returns the buffer that it lies in. */
    ByteBuf buffer() {
        return buffer;
    }

    /** Returns where its length field lies. */
    int offset() {
        return offset;
    }

    /** Returns how many bytes of it are there, the length field included. */
    int length() {
        return length;
    }

    /** Returns what its length field says. */
    long claimedLength() {
        return claimedLength;
    }

    /** Returns {@link System#nanoTime()} when it arrived. */
    long arrivalNanos() {
        return arrivalNanos;
    }
}
