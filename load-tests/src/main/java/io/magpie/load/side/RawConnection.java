package io.magpie.load.side;

import io.magpie.protocol.FrameHeader;
import io.magpie.protocol.FrameHeaderDescriptor;
import io.magpie.protocol.HelloRequestEncoder;
import io.magpie.protocol.ProtocolLimits;
import io.magpie.protocol.Status;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;

/** A plain blocking connection that speaks frames, without garbage. One thread may write while another reads. */
public final class RawConnection implements AutoCloseable {
    private static final int CONNECT_TIMEOUT_MILLIS = 5_000;
    private static final int INPUT_BYTES = 1 << 16;

    private final Socket socket = new Socket();
    private final DataInputStream in;
    private byte[] frame = new byte[1 << 12];
    private ByteBuf reply = Unpooled.wrappedBuffer(frame);

    /** @param readTimeoutMillis how long an answer is waited for; 0 for ever */
    public RawConnection(InetSocketAddress address, int readTimeoutMillis) throws IOException {
        try {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(readTimeoutMillis);
            socket.connect(address, CONNECT_TIMEOUT_MILLIS);
            in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), INPUT_BYTES));
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /** Says hello and waits for the answer. */
    public void hello() throws IOException {
        ByteBuf out = Unpooled.buffer();
        HelloRequestEncoder hello = new HelloRequestEncoder();
        hello.wrap(out, 1, 0)
                .minVersion(ProtocolLimits.MIN_VERSION)
                .maxVersion(ProtocolLimits.VERSION)
                .clientName("magpie load");
        hello.finish();
        write(out);
        Status status = Status.of(FrameHeader.statusCode(read(), 0));
        if (status != Status.OK) {
            throw new IOException("hello was answered " + status);
        }
    }

    /** Sends what is in the buffer; blocks while the other side does not read. */
    public void write(ByteBuf frames) throws IOException {
        frames.readBytes(socket.getOutputStream(), frames.readableBytes());
    }

    /** Reads one frame, its length field included; valid until the next one is read. */
    public ByteBuf read() throws IOException {
        int length = Integer.reverseBytes(in.readInt());
        if (length < FrameHeaderDescriptor.MIN_FRAME_LENGTH || length > ProtocolLimits.MAX_FRAME_LENGTH) {
            throw new EOFException("the server sent what is no frame: length=" + length);
        }
        int all = length + FrameHeaderDescriptor.LENGTH_FIELD_LENGTH;
        if (all > frame.length) {
            frame = new byte[Math.max(all, 2 * frame.length)];
            reply = Unpooled.wrappedBuffer(frame);
        }
        in.readFully(frame, FrameHeaderDescriptor.LENGTH_FIELD_LENGTH, length);
        return reply.setIntLE(0, length).setIndex(0, all);
    }

    /** Ends it without a farewell, as a client does that is killed. */
    void cutOff() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
