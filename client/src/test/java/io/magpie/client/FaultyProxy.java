package io.magpie.client;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.ReferenceCountUtil;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A network between a client and a server that does what a test says with what passes: late, cut into small pieces, broken
 * off in the middle of a frame, closed on one side, or swallowed. It keeps the order of bytes, as TCP does, and doubles none.
 */
final class FaultyProxy implements AutoCloseable {
    /** What happens to a piece of the stream. */
    enum Fault {
        NONE,
        LATE,
        PIECES,
        CUT,
        HALF_CLOSE,
        SWALLOW
    }

    private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final AtomicInteger accepted = new AtomicInteger();
    private final Random random;
    private final Channel listener;
    private volatile int port;
    private volatile int inThousand;
    private volatile boolean stalled;

    FaultyProxy(int port, long seed) {
        this.port = port;
        random = new Random(seed);
        listener = new ServerBootstrap()
                .group(group)
                .channel(NioServerSocketChannel.class)
                .childOption(ChannelOption.AUTO_READ, false)
                .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel client) {
                        accepted.incrementAndGet();
                        connect(client);
                    }
                })
                .bind("127.0.0.1", 0)
                .syncUninterruptibly()
                .channel();
    }

    int port() {
        return ((InetSocketAddress) listener.localAddress()).getPort();
    }

    int accepted() {
        return accepted.get();
    }

    /** From now on so many of a thousand pieces meet a fault. */
    void faults(int ofThousand) {
        inThousand = ofThousand;
    }

    /** From now on new connections lead to another server. */
    void target(int serverPort) {
        port = serverPort;
    }

    /** From now on nothing passes, and nobody is told. */
    void stall(boolean all) {
        stalled = all;
    }

    private void connect(SocketChannel client) {
        Pipe up = new Pipe();
        Pipe down = new Pipe();
        new Bootstrap()
                .group(client.eventLoop())
                .channel(NioSocketChannel.class)
                .option(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .handler(down)
                .connect("127.0.0.1", port)
                .addListener(done -> {
                    if (!done.isSuccess()) {
                        client.close();
                        return;
                    }
                    up.other = down;
                    down.other = up;
                    client.pipeline().addLast(up);
                    client.config().setAutoRead(true);
                });
    }

    @Override
    public void close() {
        group.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly();
    }

    /** One direction; both ends of a connection are on the one event loop. */
    private final class Pipe extends ChannelInboundHandlerAdapter {
        private final ArrayDeque<ByteBuf> waiting = new ArrayDeque<>();
        private Pipe other;
        private Channel channel;
        private boolean late;
        private boolean swallows;

        @Override
        public void handlerAdded(ChannelHandlerContext context) {
            channel = context.channel();
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            ByteBuf piece = (ByteBuf) message;
            if (swallows || stalled || other == null) {
                piece.release();
                return;
            }
            waiting.add(piece);
            if (!late) {
                pass();
            }
        }

        private void pass() {
            late = false;
            while (!late && !waiting.isEmpty()) {
                ByteBuf piece = waiting.remove();
                Fault fault = Fault.NONE;
                if (random.nextInt(1_000) < inThousand) {
                    fault = Fault.values()[random.nextInt(Fault.values().length)];
                }
                meet(fault, piece);
            }
        }

        private void meet(Fault fault, ByteBuf piece) {
            Channel to = other.channel;
            switch (fault) {
                case LATE -> {
                    late = true;
                    waiting.addFirst(piece.retain());
                    channel.eventLoop().schedule(this::passOne, 1 + random.nextInt(40), TimeUnit.MILLISECONDS);
                    piece.release();
                }
                case PIECES -> {
                    while (piece.isReadable()) {
                        to.writeAndFlush(
                                piece.readRetainedSlice(Math.min(piece.readableBytes(), 1 + random.nextInt(9))));
                    }
                    piece.release();
                }
                case CUT -> {
                    to.writeAndFlush(piece.readRetainedSlice(random.nextInt(piece.readableBytes())))
                            .addListener(done -> to.close());
                    piece.release();
                    channel.close();
                }
                case HALF_CLOSE -> {
                    to.writeAndFlush(piece).addListener(done -> ((SocketChannel) to).shutdownOutput());
                    swallows = true;
                }
                case SWALLOW -> {
                    piece.release();
                    swallows = true;
                }
                default -> to.writeAndFlush(piece);
            }
        }

        private void passOne() {
            if (!waiting.isEmpty()) {
                other.channel.writeAndFlush(waiting.remove());
            }
            pass();
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            waiting.forEach(ReferenceCountUtil::release);
            waiting.clear();
            if (other != null) {
                other.channel.close();
            }
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            context.close(); // the other side has closed its half
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close();
        }
    }
}
