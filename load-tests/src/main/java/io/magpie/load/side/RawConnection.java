package io.magpie.load.side;

import io.magpie.load.generator.Endpoint;
import io.magpie.protocol.FrameHeader;
import io.magpie.protocol.FrameHeaderDescriptor;
import io.magpie.protocol.HelloRequestEncoder;
import io.magpie.protocol.ProtocolLimits;
import io.magpie.protocol.Status;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.handler.ssl.JdkSslContext;
import io.netty.util.ReferenceCountUtil;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;

/** A plain blocking connection that speaks frames, without garbage. One thread may write while another reads. */
public final class RawConnection implements AutoCloseable {
    private static final int CONNECT_TIMEOUT_MILLIS = 5_000;
    private static final int INPUT_BYTES = 1 << 16;

    private final Socket socket = new Socket();
    private final String token;
    private final OutputStream out;
    private final DataInputStream in;
    private byte[] frame = new byte[1 << 12];
    private ByteBuf reply = Unpooled.wrappedBuffer(frame);

    /** @param readTimeoutMillis how long an answer is waited for; 0 for ever */
    public RawConnection(InetSocketAddress address, int readTimeoutMillis) throws IOException {
        this(Endpoint.plain(address), readTimeoutMillis);
    }

    /** @param readTimeoutMillis how long an answer is waited for; 0 for ever */
    public RawConnection(Endpoint server, int readTimeoutMillis) throws IOException {
        token = server.token().get();
        try {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(readTimeoutMillis);
            socket.connect(server.address(), CONNECT_TIMEOUT_MILLIS);
            Socket spoken = server.tls() == null ? socket : secured(server);
            out = spoken.getOutputStream();
            in = new DataInputStream(new BufferedInputStream(spoken.getInputStream(), INPUT_BYTES));
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    private Socket secured(Endpoint server) throws IOException {
        String host = server.address().getHostString();
        int port = server.address().getPort();
        SSLSocket secured = (SSLSocket)
                ((JdkSslContext) server.tls()).context().getSocketFactory().createSocket(socket, host, port, true);
        // What the context says of protocols and of the host's name stands in its engines alone.
        SSLEngine said = server.tls().newEngine(ByteBufAllocator.DEFAULT, host, port);
        try {
            secured.setSSLParameters(said.getSSLParameters());
        } finally {
            ReferenceCountUtil.release(said);
        }
        secured.startHandshake();
        return secured;
    }

    /** Says hello and waits for the answer. */
    public void hello() throws IOException {
        ByteBuf said = Unpooled.buffer();
        HelloRequestEncoder hello = new HelloRequestEncoder();
        hello.wrap(said, 1, 0)
                .minVersion(ProtocolLimits.MIN_VERSION)
                .maxVersion(ProtocolLimits.VERSION)
                .token(token)
                .clientName("magpie load");
        hello.finish();
        write(said);
        Status status = Status.of(FrameHeader.statusCode(read(), 0));
        if (status != Status.OK) {
            throw new IOException("hello was answered " + status);
        }
    }

    /** Sends what is in the buffer; blocks while the other side does not read. */
    public void write(ByteBuf frames) throws IOException {
        frames.readBytes(out, frames.readableBytes());
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
