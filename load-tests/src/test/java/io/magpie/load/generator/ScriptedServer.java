package io.magpie.load.generator;

import io.magpie.load.scenario.LoadData;
import io.magpie.load.scenario.NaiveScorer;
import io.magpie.protocol.ErrorReplyEncoder;
import io.magpie.protocol.FrameHeader;
import io.magpie.protocol.GetProfileReplyEncoder;
import io.magpie.protocol.HelloReplyEncoder;
import io.magpie.protocol.HelloRequestDecoder;
import io.magpie.protocol.MessageType;
import io.magpie.protocol.PingReplyEncoder;
import io.magpie.protocol.PingRequestDecoder;
import io.magpie.protocol.RecommendReplyEncoder;
import io.magpie.protocol.RecommendRequestDecoder;
import io.magpie.protocol.Status;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;
import io.netty.handler.ssl.SslContext;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** A server that behaves as it is told: right, or wrong in one way. */
public final class ScriptedServer implements AutoCloseable {
    /** In which way it is wrong. */
    public enum Fault {
        NONE,
        /** One score in a hundred answers is off by one unit in the last place. */
        WRONG,
        /** One answer in a hundred never comes. */
        DROP,
        /** One answer in a hundred comes twice. */
        REPEAT,
        /** It stands still for 200 ms, once. */
        STALL,
        /** Each answer takes it 5 ms, one after the other. */
        SLOW,
        /** One answer in ten is the error INTERNAL. */
        ERROR,
        /** One answer in ten is the error OVERLOADED. */
        REFUSE,
        /** It closes the connection after a hundred answers. */
        CLOSE
    }

    private final MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final LoadData data;
    private final NaiveScorer scorer;
    private final Fault fault;
    private final String token;
    private final Channel channel;
    private final ChannelGroup children = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    private volatile boolean closing;
    private int answers;

    public ScriptedServer(LoadData data, NaiveScorer scorer, Fault fault) {
        this(data, scorer, fault, null, "");
    }

    /**
     * @param tls   null speaks none
     * @param token that hello must show
     */
    public ScriptedServer(LoadData data, NaiveScorer scorer, Fault fault, SslContext tls, String token) {
        this.token = token;
        this.data = data;
        this.scorer = scorer;
        this.fault = fault;
        channel = new ServerBootstrap()
                .group(group)
                .channel(NioServerSocketChannel.class)
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel child) {
                        children.add(child);
                        if (tls != null) {
                            child.pipeline().addLast(tls.newHandler(child.alloc()));
                        }
                        child.pipeline()
                                .addLast(new LengthFieldBasedFrameDecoder(
                                        ByteOrder.LITTLE_ENDIAN, 1 << 20, 0, 4, 0, 0, true))
                                .addLast(new Answers());
                    }
                })
                .bind(InetAddress.getLoopbackAddress(), 0)
                .syncUninterruptibly()
                .channel();
    }

    public InetSocketAddress address() {
        return (InetSocketAddress) channel.localAddress();
    }

    @Override
    public void close() {
        // The connections first: the end of their thread alone gives back no half a request.
        closing = true;
        channel.close().syncUninterruptibly();
        children.close().syncUninterruptibly();
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }

    private final class Answers extends SimpleChannelInboundHandler<ByteBuf> {
        private final RecommendRequestDecoder request = new RecommendRequestDecoder();
        private final PingRequestDecoder ping = new PingRequestDecoder();

        @Override
        protected void channelRead0(ChannelHandlerContext context, ByteBuf frame) throws InterruptedException {
            if (closing) {
                return;
            }
            ByteBuf out = context.alloc().buffer();
            try {
                if (isAnswered(context, frame, out)) {
                    context.writeAndFlush(out.retain());
                }
            } finally {
                out.release();
            }
        }

        /** Writes an answer to {@code out}; returns false if there is none. */
        private boolean isAnswered(ChannelHandlerContext context, ByteBuf frame, ByteBuf out)
                throws InterruptedException {
            int type = FrameHeader.messageType(frame, 0);
            long id = FrameHeader.correlationId(frame, 0);
            if (type == MessageType.HELLO) {
                hello(type, id, frame, out);
                return true;
            }
            answers++;
            boolean hundredth = answers % 100 == 0;
            if (fault == Fault.STALL && answers == 300) {
                Thread.sleep(200);
            } else if (fault == Fault.SLOW) {
                Thread.sleep(5);
            }
            if (fault == Fault.DROP && hundredth) {
                return false;
            }
            if (fault == Fault.CLOSE && hundredth) {
                context.close();
                return false;
            }
            answer(type, id, frame, out);
            if (fault == Fault.REPEAT && hundredth) {
                context.write(out.copy());
            }
            return true;
        }

        private void hello(int type, long id, ByteBuf frame, ByteBuf out) {
            HelloRequestDecoder said = new HelloRequestDecoder();
            if (said.wrap(frame, 0, frame.readableBytes()) != Status.OK || !token.contentEquals(said.token())) {
                new ErrorReplyEncoder()
                        .wrap(out, type, id, Status.UNAUTHENTICATED)
                        .message("scripted")
                        .finish();
            } else {
                new HelloReplyEncoder().wrap(out, id).version(1).finish();
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close(); // a connection that was cut off on purpose
        }

        private void answer(int type, long id, ByteBuf frame, ByteBuf out) {
            if ((fault == Fault.ERROR || fault == Fault.REFUSE) && answers % 10 == 0) {
                ErrorReplyEncoder error = new ErrorReplyEncoder();
                error.wrap(out, type, id, fault == Fault.ERROR ? Status.INTERNAL : Status.OVERLOADED)
                        .message("scripted")
                        .finish();
            } else if (type == MessageType.PING) {
                new PingReplyEncoder()
                        .wrap(out, id)
                        .payload(ping.wrap(frame, 0, frame.readableBytes()) == Status.OK ? ping.payload() : -1)
                        .finish();
            } else if (type == MessageType.GET_PROFILE) {
                new GetProfileReplyEncoder().wrap(out, id).finish();
            } else {
                recommend(id, frame, out);
            }
        }

        private void recommend(long id, ByteBuf frame, ByteBuf out) {
            Status status = request.wrap(frame, 0, frame.readableBytes());
            if (status != Status.OK) {
                throw new IllegalStateException("the generator sent a bad request: " + status);
            }
            List<NaiveScorer.Scored> top = NaiveScorer.top(
                    data.catalogue(),
                    1,
                    scorer.fuse(
                            data.profile(request.profileId()), data.catalogue().dimension(), 0),
                    request.limit(),
                    Set.of());
            RecommendReplyEncoder reply = new RecommendReplyEncoder();
            reply.wrap(out, id)
                    .profileId(request.profileId())
                    .catalogueVersion(1)
                    .beginItems(top.size());
            for (int i = 0; i < top.size(); i++) {
                boolean off = fault == Fault.WRONG && i == top.size() - 1 && answers % 100 == 7;
                float score = top.get(i).score();
                reply.addItem(top.get(i).id(), off ? Math.nextDown(score) : score);
            }
            reply.finish();
        }
    }
}
