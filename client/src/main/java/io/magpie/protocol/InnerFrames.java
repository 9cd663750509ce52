package io.magpie.protocol;

import io.netty.buffer.ByteBuf;

/** Frames that lie one after the other inside a frame, whole. Stateless; allocates nothing. */
public final class InnerFrames {
    private InnerFrames() {}

    /** Takes frames, one after the other. */
    @FunctionalInterface
    public interface Sink {
        /**
         * A frame whose length and header are whole; nothing else of it was checked.
         *
         * @param buffer valid during the call only
         * @param offset where the frame's length field lies
         * @param length bytes of the frame, the length field included
         */
        void onFrame(ByteBuf buffer, int offset, int length);
    }

    /** Returns {@link Status#OK} if the bytes are whole frames, and not too many. */
    static Status check(ByteBuf buffer, int offset, int length) {
        int frames = 0;
        for (int left = length; left > 0; frames++) {
            if (left < FrameHeaderDescriptor.HEADER_LENGTH) {
                return Status.MALFORMED;
            }
            long frame = buffer.getUnsignedIntLE(offset + length - left) + FrameHeaderDescriptor.LENGTH_FIELD_LENGTH;
            if (frame < FrameHeaderDescriptor.HEADER_LENGTH || frame > left) {
                return Status.MALFORMED;
            }
            left -= (int) frame;
        }
        return frames > ProtocolLimits.MAX_BATCH_REQUESTS ? Status.OUT_OF_RANGE : Status.OK;
    }

    /** Returns how many frames there are, in bytes that were checked. */
    static int count(ByteBuf buffer, int offset, int length) {
        int frames = 0;
        for (int at = 0; at < length; frames++) {
            at += FrameHeaderDescriptor.LENGTH_FIELD_LENGTH + buffer.getIntLE(offset + at);
        }
        return frames;
    }

    /** Hands over each frame, in bytes that were checked. */
    static void forEach(ByteBuf buffer, int offset, int length, Sink sink) {
        for (int at = 0; at < length; ) {
            int frame = FrameHeaderDescriptor.LENGTH_FIELD_LENGTH + buffer.getIntLE(offset + at);
            sink.onFrame(buffer, offset + at, frame);
            at += frame;
        }
    }
}
