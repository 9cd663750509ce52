package io.magpie.protocol;

import com.sun.management.ThreadMXBean;
import io.magpie.protocol.ExampleMessages.Example;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;

/**
 * Every message, request or answer, from bytes of anybody: the decoder refuses them, or everything that it gives can be
 * read. Laying it over a frame allocates nothing, whatever numbers are in it. The first byte chooses the message.
 */
public final class MessageFuzz {
    private static final List<Example> EXAMPLES =
            List.copyOf(ExampleMessages.all().values());
    private static final MessageDecoder[] DECODERS =
            EXAMPLES.stream().map(example -> example.decoder().get()).toArray(MessageDecoder[]::new);
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    /** Room for the machinery that watches: a number in a frame can ask for far more. */
    private static final long MOST_ALLOCATED = 64 * 1024;

    private MessageFuzz() {}

    /** Returns a good input of each message. */
    static List<byte[]> seeds() {
        byte[][] seeds = new byte[EXAMPLES.size()][];
        for (int i = 0; i < seeds.length; i++) {
            ByteBuf frame = EXAMPLES.get(i).frame();
            seeds[i] = new byte[1 + frame.readableBytes()];
            seeds[i][0] = (byte) i;
            frame.getBytes(frame.readerIndex(), seeds[i], 1, frame.readableBytes());
        }
        return Arrays.asList(seeds);
    }

    /** Called by the fuzzer. */
    public static void fuzzerTestOneInput(byte[] input) {
        if (input.length == 0) {
            return;
        }
        MessageDecoder decoder = DECODERS[(input[0] & 0xFF) % DECODERS.length];
        // Alone in its buffer, so that a read past its end is an exception.
        byte[] frame = Arrays.copyOfRange(input, 1, input.length);
        if (frame.length >= FrameHeaderDescriptor.LENGTH_FIELD_LENGTH && (input[0] & 0x80) != 0) {
            Unpooled.wrappedBuffer(frame).setIntLE(0, frame.length - FrameHeaderDescriptor.LENGTH_FIELD_LENGTH);
        }
        ByteBuf buffer = Unpooled.wrappedBuffer(frame);
        Status status = decoder.wrap(buffer, 0, frame.length);
        if (allocatedBy(decoder, buffer) > MOST_ALLOCATED && allocatedBy(decoder, buffer) > MOST_ALLOCATED) {
            throw new AssertionError("a frame made the decoder take memory: length=" + frame.length);
        }
        if (status == Status.OK) {
            Fields.of(decoder);
        }
    }

    private static long allocatedBy(MessageDecoder decoder, ByteBuf buffer) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        decoder.wrap(buffer, 0, buffer.capacity());
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }
}
