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

/** A plain blocking connection that speaks frames. One thread may write while another reads. */
final class RawConnection implements AutoCloseable {
    private static final int CONNECT_TIMEOUT_MILLIS = 5_000;
    private static final int INPUT_BYTES = 1 << 16;

    private final Socket socket = new Socket();
    private final DataInputStream in;

    /** @param readTimeoutMillis how long an answer is waited for */
    RawConnection(InetSocketAddress address, int readTimeoutMillis) throws IOException {
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
    void hello() throws IOException {
        ByteBuf out = Unpooled.buffer();
        HelloRequestEncoder hello = new HelloRequestEncoder();
        hello.wrap(out, 1, 0)
                .minVersion(ProtocolLimits.MIN_VERSION)
                .maxVersion(ProtocolLimits.VERSION)
                .clientName("magpie load");
        hello.finish();
        write(out);
        ByteBuf reply = read();
        Status status = Status.of(FrameHeader.statusCode(reply, 0));
        if (status != Status.OK) {
            throw new IOException("hello was answered " + status);
        }
    }

    /** Sends what is in the buffer; blocks while the other side does not read. */
    void write(ByteBuf frames) throws IOException {
        frames.readBytes(socket.getOutputStream(), frames.readableBytes());
    }

    /** Reads one frame. */
    ByteBuf read() throws IOException {
        int length = Integer.reverseBytes(in.readInt());
        if (length < FrameHeaderDescriptor.MIN_FRAME_LENGTH || length > ProtocolLimits.MAX_FRAME_LENGTH) {
            throw new EOFException("the server sent what is no frame: length=" + length);
        }
        byte[] frame = new byte[length + FrameHeaderDescriptor.LENGTH_FIELD_LENGTH];
        in.readFully(frame, FrameHeaderDescriptor.LENGTH_FIELD_LENGTH, length);
        ByteBuf buffer = Unpooled.wrappedBuffer(frame);
        buffer.setIntLE(0, length);
        return buffer;
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
