package io.magpie.server;

import io.magpie.protocol.ErrorReplyDecoder;
import io.magpie.protocol.FrameHeader;
import io.magpie.protocol.MessageType;
import io.magpie.protocol.PingReplyDecoder;
import io.magpie.protocol.PingRequestEncoder;
import io.magpie.protocol.PutItemsRequestEncoder;
import io.magpie.protocol.PutSlotsRequestEncoder;
import io.magpie.protocol.RecommendRequestEncoder;
import io.magpie.protocol.Status;
import io.magpie.protocol.WriteReplyDecoder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;

/** A blocking socket that speaks frames, or anything else. Every read gives up after ten seconds. */
public final class RawClient implements AutoCloseable {
    /** Bytes that the kernel keeps for a client that is not to have what it has not read yet taken in its place. */
    static final int LITTLE = 8 << 10;

    private static final int TIMEOUT_MILLIS = 10_000;

    private final Socket socket = new Socket();
    private final DataInputStream in;
    private final OutputStream out;
    final ByteBuf request = Unpooled.buffer(1 << 12);
    private long lastCorrelationId;

    /** Connects. */
    public RawClient(InetSocketAddress address) throws IOException {
        this(address, 0);
    }

    /** Connects; the kernel is to keep this many bytes of what is not read yet, or 0 for as many as it likes. */
    RawClient(InetSocketAddress address, int receiveBytes) throws IOException {
        if (receiveBytes > 0) {
            socket.setReceiveBufferSize(receiveBytes);
        }
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        socket.connect(address, TIMEOUT_MILLIS);
        in = new DataInputStream(new java.io.BufferedInputStream(socket.getInputStream(), 1 << 16));
        out = socket.getOutputStream();
    }

    /** Returns an empty buffer to write requests to. */
    public ByteBuf request() {
        return request.clear();
    }

    /** Returns a correlation id that was not used yet. */
    public long nextId() {
        return ++lastCorrelationId;
    }

    /** Sends what was written to {@link #request()}. */
    public void send() throws IOException {
        send(request);
    }

    /** Sends bytes as they are. */
    void send(ByteBuf bytes) throws IOException {
        bytes.getBytes(bytes.readerIndex(), out, bytes.readableBytes());
        out.flush();
    }

    /** Sends bytes as they are. */
    void send(byte[] bytes) throws IOException {
        out.write(bytes);
        out.flush();
    }

    /** Reads one frame; null if the other side has ended. */
    ByteBuf read() throws IOException {
        byte[] length = new byte[4];
        try {
            in.readFully(length);
        } catch (EOFException e) {
            return null;
        }
        int more = ByteBuffer.wrap(length).order(ByteOrder.LITTLE_ENDIAN).getInt();
        byte[] frame = new byte[4 + more];
        System.arraycopy(length, 0, frame, 0, 4);
        in.readFully(frame, 4, more);
        return Unpooled.wrappedBuffer(frame);
    }

    /** Reads one frame, which must be there. */
    public ByteBuf expect() throws IOException {
        ByteBuf frame = read();
        if (frame == null) {
            throw new EOFException("the server ended the connection");
        }
        return frame;
    }

    /** Returns how a reply ended. */
    public static Status status(ByteBuf reply) {
        return Status.of(FrameHeader.statusCode(reply, 0));
    }

    /** Returns the text of an error. */
    static String message(ByteBuf reply) {
        ErrorReplyDecoder error = new ErrorReplyDecoder();
        if (error.wrap(reply, 0, reply.readableBytes()) != Status.OK) {
            throw new AssertionError("the error is malformed");
        }
        return error.message();
    }

    /** Sends a ping and returns whether its answer came. */
    public boolean ping() throws IOException {
        long id = nextId();
        new PingRequestEncoder().wrap(request(), id, 0).payload(id * 7).finish();
        send();
        ByteBuf reply = expect();
        PingReplyDecoder decoder = new PingReplyDecoder();
        return decoder.wrap(reply, 0, reply.readableBytes()) == Status.OK
                && FrameHeader.messageType(reply, 0) == MessageType.PING
                && FrameHeader.correlationId(reply, 0) == id
                && decoder.payload() == id * 7;
    }

    /** Puts items 1 to {@code count} with vectors of a seed. */
    void putItems(int count, int dimension, long seed) throws IOException {
        Random random = new Random(seed);
        PutItemsRequestEncoder encoder = new PutItemsRequestEncoder();
        int first = 1;
        while (first <= count) {
            int some = Math.min(100, count - first + 1);
            encoder.wrap(request(), nextId(), 0).spaceId(1).beginItems(some);
            for (int i = 0; i < some; i++) {
                encoder.addItem(first + i, 100 * i, 0.1f, i % 5, 0, 1);
            }
            encoder.beginVectors(some, dimension);
            for (int i = 0; i < some; i++) {
                encoder.addVector(vector(random, dimension), 0, dimension);
            }
            encoder.finish();
            send();
            expectApplied(some);
            first += some;
        }
    }

    /** Puts a slot of source 0 for profiles 1 to {@code count}. */
    void putSlots(int count, int dimension, long seed) throws IOException {
        Random random = new Random(seed);
        PutSlotsRequestEncoder encoder = new PutSlotsRequestEncoder();
        encoder.wrap(request(), nextId(), 0).beginSlots(count);
        for (int i = 1; i <= count; i++) {
            encoder.addSlot(i, 1_700_000_000_000L, 5, 1, i % 3);
        }
        encoder.beginVectors(count, dimension);
        for (int i = 1; i <= count; i++) {
            encoder.addVector(vector(random, dimension), 0, dimension);
        }
        encoder.finish();
        send();
        expectApplied(count);
    }

    /** Asks {@code count} times for all of 1,000 items, answers of 12 KB each, and takes none of them yet. */
    void flood(int count, int dimension) throws IOException {
        putItems(1_000, dimension, 1);
        putSlots(1, dimension, 2);
        ByteBuf requests = request();
        for (int i = 1; i <= count; i++) {
            new RecommendRequestEncoder()
                    .wrap(requests, i, 0)
                    .limit(1_000)
                    .profileId(1)
                    .priceMinorTo(Long.MAX_VALUE)
                    .finish();
        }
        send();
    }

    /** Reads the answer to a list of changes; all must have been applied. */
    void expectApplied(int count) throws IOException {
        ByteBuf reply = expect();
        WriteReplyDecoder decoder = new WriteReplyDecoder();
        if (status(reply) != Status.OK) {
            throw new AssertionError(status(reply) + " " + message(reply));
        }
        if (decoder.wrap(reply, 0, reply.readableBytes()) != Status.OK || decoder.appliedCount() != count) {
            throw new AssertionError(
                    "applied=" + decoder.appliedCount() + " of " + count + " first=" + decoder.status(0));
        }
    }

    private static float[] vector(Random random, int dimension) {
        float[] vector = new float[dimension];
        for (int i = 0; i < dimension; i++) {
            vector[i] = (float) random.nextGaussian();
        }
        return vector;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    /** Returns the socket, to treat it badly. */
    Socket socket() {
        return socket;
    }
}
