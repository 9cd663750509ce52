package io.magpie.client;

import io.magpie.protocol.ErrorReplyEncoder;
import io.magpie.protocol.FrameDecoder;
import io.magpie.protocol.FrameHeader;
import io.magpie.protocol.HelloReplyEncoder;
import io.magpie.protocol.MessageType;
import io.magpie.protocol.PingReplyEncoder;
import io.magpie.protocol.ProtocolLimits;
import io.magpie.protocol.Status;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.ssl.SslContext;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A server that does what a test says, well or badly. Hello is answered by itself unless the test wants it. */
final class FakeServer implements AutoCloseable {
    static final int DIMENSION = 4;

    private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final Channel listener;
    private final List<Peer> peers = new CopyOnWriteArrayList<>();
    private final AtomicInteger accepted = new AtomicInteger();
    private volatile Script script = (peer, request) -> peer.pong(request);
    private volatile Script helloScript = (peer, request) -> peer.send(hello(request.correlationId()));

    /** What to do with a request; on the server's event loop. */
    interface Script {
        void onRequest(Peer peer, Request request);
    }

    /** A request, copied off the network. */
    record Request(int messageType, long correlationId, long budgetMicros, ByteBuf frame) {
        int length() {
            return frame.readableBytes();
        }
    }

    FakeServer() {
        this(null);
    }

    FakeServer(SslContext ssl) {
        listener = new ServerBootstrap()
                .group(group)
                .channel(NioServerSocketChannel.class)
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, new WriteBufferWaterMark(1 << 20, 2 << 20))
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        if (ssl != null) {
                            channel.pipeline().addLast(ssl.newHandler(channel.alloc()));
                        }
                        channel.pipeline().addLast(new Peer());
                    }
                })
                .bind("127.0.0.1", 0)
                .syncUninterruptibly()
                .channel();
    }

    int port() {
        return ((InetSocketAddress) listener.localAddress()).getPort();
    }

    /** Returns how many connections were ever accepted. */
    int accepted() {
        return accepted.get();
    }

    void onRequest(Script does) {
        script = does;
    }

    void onHello(Script does) {
        helloScript = does;
    }

    void closeConnections() {
        for (Peer peer : peers) {
            peer.close();
        }
    }

    MagpieClientBuilder client() {
        return MagpieClient.builder("127.0.0.1", port())
                .connections(1)
                .requestTimeout(java.time.Duration.ofSeconds(10))
                .reconnectBackoff(java.time.Duration.ofMillis(1), java.time.Duration.ofMillis(20))
                .connectTimeout(java.time.Duration.ofSeconds(10));
    }

    static ByteBuf hello(long correlationId) {
        ByteBuf out = Unpooled.buffer();
        new HelloReplyEncoder()
                .wrap(out, correlationId)
                .version(ProtocolLimits.VERSION)
                .dimension(DIMENSION)
                .catalogueVersion(7)
                .timeMillis(1_000)
                .spaceId(1)
                .maxFrameLength(1 << 20)
                .maxLimit(1_000)
                .maxListLength(4_096)
                .serverVersion("fake")
                .beginSources(2)
                .addSource(1.0, 86_400_000, 0, 6)
                .addSource(0.5, 3_600_000, 1, 8)
                .sourceNames("socialcommerce")
                .beginPurposes(1)
                .addPurpose(0, 9)
                .purposeNames("recommend")
                .finish();
        return out;
    }

    static ByteBuf error(Request request, Status status, String message) {
        ByteBuf out = Unpooled.buffer();
        new ErrorReplyEncoder()
                .wrap(out, request.messageType(), request.correlationId(), status)
                .message(message)
                .finish();
        return out;
    }

    @Override
    public void close() {
        group.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly();
    }

    /** The server's end of a connection. */
    final class Peer extends FrameDecoder {
        private volatile ChannelHandlerContext context;

        Peer() {
            super(ProtocolLimits.MAX_FRAME_LENGTH);
        }

        @Override
        public void channelActive(ChannelHandlerContext active) {
            context = active;
            accepted.incrementAndGet();
            peers.add(this);
        }

        @Override
        protected void onFrame(ChannelHandlerContext from, ByteBuf buffer, int offset, int length) {
            Request request = new Request(
                    FrameHeader.messageType(buffer, offset),
                    FrameHeader.correlationId(buffer, offset),
                    FrameHeader.budgetMicros(buffer, offset),
                    Unpooled.copiedBuffer(buffer.slice(offset, length)));
            (request.messageType() == MessageType.HELLO ? helloScript : script).onRequest(this, request);
        }

        @Override
        protected void onOversizeFrame(ChannelHandlerContext from, ByteBuf buffer, int offset) {
            from.close();
        }

        @Override
        protected void onUnframeable(ChannelHandlerContext from) {
            from.close();
        }

        @Override
        public void channelInactive(ChannelHandlerContext gone) {
            peers.remove(this);
            super.channelInactive(gone);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext from, Throwable cause) {
            from.close();
        }

        /** Sends bytes; any thread. */
        void send(ByteBuf bytes) {
            context.writeAndFlush(bytes);
        }

        /** Sends bytes, then closes. */
        void sendAndClose(ByteBuf bytes) {
            context.writeAndFlush(bytes).addListener(done -> context.close());
        }

        void close() {
            context.close();
        }

        /** Answers any request as if it had been a ping, its correlation id as the time. */
        void pong(Request request) {
            send(pingReply(request));
        }
    }

    static ByteBuf pingReply(Request request) {
        ByteBuf out = Unpooled.buffer();
        new PingReplyEncoder()
                .wrap(out, request.correlationId())
                .timeMillis(request.correlationId())
                .finish();
        return out;
    }
}
