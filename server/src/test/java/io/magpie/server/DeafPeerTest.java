package io.magpie.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.core.engine.Engine;
import io.magpie.protocol.PingRequestEncoder;
import io.magpie.protocol.RecommendRequestEncoder;
import io.magpie.server.config.ServerConfiguration;
import io.magpie.server.metrics.ServerMetrics;
import io.magpie.server.security.Access;
import io.magpie.server.security.Scope;
import io.magpie.server.security.Session;
import io.magpie.server.security.Token;
import io.magpie.server.verb.DearPool;
import io.magpie.server.verb.ErrorReplies;
import io.magpie.server.verb.FailureLog;
import io.magpie.server.verb.VerbDispatcher;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.concurrent.Future;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A connection whose other side takes nothing, without a network: what ends it in the end is told what time it is. */
@Timeout(60)
class DeafPeerTest {
    private static final int TURN_REQUESTS = 16;

    /** Takes nothing of what is written, and runs tasks one after the other, as an event loop does. */
    private static final class DeafChannel extends EmbeddedChannel {
        private boolean running;

        @Override
        protected void doWrite(ChannelOutboundBuffer unwritten) {
            // Nobody takes it.
        }

        @Override
        public void runPendingTasks() {
            if (!running) {
                running = true;
                try {
                    super.runPendingTasks();
                } finally {
                    running = false;
                }
            }
        }
    }

    @TempDir
    private Path directory;

    private final DearPool pool = new DearPool(1, 1);
    private ServerConfiguration configuration;
    private Engine engine;
    private VerbDispatcher dispatcher;
    private EventLoopContext loop;
    private FrameDecoder decoder;
    private Connection connection;
    private EmbeddedChannel channel;

    @BeforeEach
    void open() throws Exception {
        configuration = TestServers.configuration(
                directory.resolve("data"),
                "overload.wait",
                "1ms",
                "overload.burst",
                "1ms",
                "limits.turn-requests",
                Integer.toString(TURN_REQUESTS));
        engine = TestServers.openEngine(configuration);
        ServerMetrics metrics = new ServerMetrics();
        dispatcher = new VerbDispatcher(
                TestServers.verbContext(engine, configuration, metrics), pool, List::of, null, new FailureLog());
        decoder = new FrameDecoder(configuration.limits().frameBytes());
        channel = new DeafChannel();
        loop = new EventLoopContext(
                channel.eventLoop(),
                dispatcher,
                metrics.newLoop(),
                new ErrorReplies(),
                new FailureLog(),
                metrics.endings());
    }

    @AfterEach
    void close() throws Exception {
        channel.close();
        channel.checkException();
        pool.close();
        engine.close();
    }

    private void connect(Session session) {
        connection = new Connection(loop, configuration.limits(), decoder, session);
        channel.pipeline().addLast(decoder, connection);
    }

    private void connect() {
        connect(new Session(Access.open(null, Clock.systemUTC()), "peer"));
    }

    private void ping() {
        ByteBuf request = Unpooled.buffer();
        new PingRequestEncoder().wrap(request, 1, 0).payload(1).finish();
        channel.writeInbound(request);
        assertThat(channel.unsafe().outboundBuffer().totalPendingWriteBytes()).isPositive();
    }

    @Test
    void shouldBeCutOffWhenADrainHasNoMoreTime() {
        connect();
        ping();
        Future<Void> endless = loop.drain(0, System.nanoTime() + TimeUnit.HOURS.toNanos(1));
        channel.runPendingTasks();
        assertThat(endless.isDone()).isFalse();
        assertThat(channel.isOpen()).isTrue();
        Future<Void> over = loop.drain(0, System.nanoTime());
        channel.runPendingTasks();
        assertThat(over.isDone()).isTrue();
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void shouldBeCutOffWhenItsTokenWasRevokedAndItTakesNotEvenThat() throws Exception {
        Path tokens = directory.resolve("tokens");
        Token.Issued token = Token.issue("a", Scope.ALL, null);
        Files.writeString(tokens, token.token().line());
        Access access = Access.open(tokens, Clock.systemUTC());
        Session session = new Session(access, "peer");
        assertThat(session.login(token.secret().getBytes(StandardCharsets.US_ASCII)))
                .isTrue();
        connect(session);
        ping();
        Files.writeString(tokens, Token.issue("other", Scope.ALL, null).token().line());
        assertThat(access.reload()).isTrue();
        long now = System.nanoTime();
        connection.lookAfter(now);
        channel.runPendingTasks();
        long stallNanos =
                TimeUnit.MILLISECONDS.toNanos(configuration.limits().patience().stallMillis());
        connection.lookAfter(now + 1);
        connection.lookAfter(now + stallNanos);
        assertThat(channel.isOpen()).isTrue();
        connection.lookAfter(now + 2 * stallNanos);
        assertThat(channel.isOpen()).isFalse();
    }

    /** It may go on as its replies were taken, and before it does, others are not. */
    @Test
    void shouldNotBeReadOnWhenItTookNothingSinceItWasToldSo() {
        connect();
        decoder.pause();
        ask(3);
        decoder.resume();
        channel.writeAndFlush(Unpooled.buffer().writeZero(1 + channel.config().getWriteBufferHighWaterMark()));
        assertThat(channel.isWritable()).isFalse();
        channel.runPendingTasks();
        assertThat(decoder.isPaused()).isTrue();
        assertThat(decoder.unreadBytes()).isPositive();
    }

    /** More than a turn takes otherwise: else turns would be more and shorter, and what has arrived would wait for them unseen. */
    @Test
    void shouldBeLookedAtInOneTurnWhenAQueueStands() {
        connect();
        while (!dispatcher.isStorm()) {
            ask(1);
            dispatcher.leaves(connection.share(), 1, Integer.MAX_VALUE);
            channel.runPendingTasks();
        }
        long yields = decoder.yields();
        ask(8 * TURN_REQUESTS);
        assertThat(decoder.yields()).isEqualTo(yields);
        assertThat(decoder.unreadBytes()).isZero();
    }

    private void ask(int count) {
        ByteBuf requests = Unpooled.buffer();
        for (int i = 1; i <= count; i++) {
            new RecommendRequestEncoder()
                    .wrap(requests, i, 0)
                    .limit(10)
                    .profileId(1)
                    .priceMinorTo(Long.MAX_VALUE)
                    .finish();
        }
        channel.pipeline().fireChannelRead(requests);
    }
}
