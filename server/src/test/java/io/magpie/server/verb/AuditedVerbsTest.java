package io.magpie.server.verb;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.core.engine.Engine;
import io.magpie.protocol.EraseProfileRequestEncoder;
import io.magpie.protocol.ExportProfileRequestEncoder;
import io.magpie.protocol.Status;
import io.magpie.server.TestServers;
import io.magpie.server.audit.AuditLog;
import io.magpie.server.config.ServerConfiguration;
import io.magpie.server.metrics.ServerMetrics;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Verbs that are written down, before a queue that is full, and of somebody who has gone meanwhile. */
@Timeout(60)
class AuditedVerbsTest {
    private static final int QUEUE = 4;
    private static final long PERSON = 7;

    private Path directory;
    private AuditLog audit;
    private Engine engine;
    private DearPool pool;
    private VerbDispatcher dispatcher;
    private boolean gone;
    private final FakeExchange peer = new FakeExchange() {
        @Override
        public boolean isOpen() {
            return !gone;
        }
    };

    @BeforeEach
    void open(@TempDir Path temporary) throws Exception {
        directory = temporary;
        ServerConfiguration configuration =
                TestServers.configuration(directory, "audit.queue", Integer.toString(QUEUE));
        engine = TestServers.openEngine(configuration);
        engine.profiles().putSlot(PERSON, 0, 1, TestServers.vector(0), 1, 1_000);
        audit = AuditLog.open(configuration.security().audit(), Clock.systemUTC());
        pool = new DearPool(1, 1);
        dispatcher = new VerbDispatcher(
                TestServers.verbContext(engine, configuration, new ServerMetrics(), audit),
                pool,
                List::of,
                null,
                new FailureLog());
    }

    @AfterEach
    void close() throws Exception {
        pool.close();
        audit.close();
        engine.close();
    }

    private void send(ByteBuf frame) {
        dispatcher.dispatch(new Request().wrap(peer, frame, 0, frame.readableBytes(), System.nanoTime()));
    }

    private void erase() {
        ByteBuf frame = Unpooled.buffer();
        new EraseProfileRequestEncoder().wrap(frame, 1, 0).profileId(PERSON).finish();
        send(frame);
    }

    private List<String> lines() throws Exception {
        return Files.readAllLines(directory.resolve("audit").resolve("audit-000000000001.log"));
    }

    @Test
    void shouldRefuseAndDoNothingWhenTheQueueIsFull() throws Exception {
        // Room that is taken and never written to, as long as this lasts.
        assertThat(audit.reserve(QUEUE)).isTrue();
        erase();
        assertThat(peer.statuses).containsExactly(Status.OVERLOADED);
        assertThat(engine.statistics().state().profiles()).isOne();
    }

    @Test
    void shouldWriteDownWhatWasAskedByWhoWasGoneBeforeTheAnswer() throws Exception {
        ByteBuf frame = Unpooled.buffer();
        new ExportProfileRequestEncoder().wrap(frame, 1, 0).profileId(PERSON).finish();
        gone = true;
        send(frame);
        pool.close();
        assertThat(peer.statuses).isEmpty();
        audit.close();
        assertThat(audit.waiting()).isZero();
        assertThat(lines()).last().asString().contains("\"verb\":\"export-profile\",\"outcome\":\"UNANSWERED\"");
    }
}
