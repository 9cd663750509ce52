package io.magpie.load.side;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.load.generator.Endpoint;
import io.magpie.load.generator.ScriptedServer;
import io.magpie.load.generator.ScriptedServer.Fault;
import io.magpie.load.scenario.KnownSource;
import io.magpie.load.scenario.NaiveScorer;
import io.magpie.load.scenario.SyntheticData;
import java.util.Collections;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SideLoadTest {
    private final SyntheticData data = new SyntheticData(1, 50, 200, 8);
    private final NaiveScorer scorer =
            new NaiveScorer(Collections.nCopies(SyntheticData.SOURCES, new KnownSource(1, 0, KnownSource.Kind.UNSAID)));

    private SideLoad storm(Fault fault) throws Exception {
        try (ScriptedServer server = new ScriptedServer(data, scorer, fault)) {
            ConnectStorm storm = new ConnectStorm(Endpoint.plain(server.address()), 500);
            storm.start();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(600)); // as long as the load beside it would take
            storm.stop();
            return storm;
        }
    }

    private SideLoad slowReaders(Fault fault) throws Exception {
        try (ScriptedServer server = new ScriptedServer(data, scorer, fault);
                SlowReaders readers = new SlowReaders(Endpoint.plain(server.address()), 2, 200)) {
            readers.start();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(300));
            readers.stop();
            return readers;
        }
    }

    @Test
    void shouldPassWhenEveryConnectionIsAnswered() throws Exception {
        SideLoad storm = storm(Fault.NONE);
        assertThat(storm.failures()).isEmpty();
        assertThat(storm.notes()).singleElement().asString().contains("connections came and went at 500 a second");
    }

    @Test
    void shouldFailWhenConnectionsAreClosedInsteadOfAnswered() throws Exception {
        assertThat(storm(Fault.CLOSE).failures()).singleElement().asString().contains("new connections got no answer");
    }

    @Test
    void shouldPassWhenRepliesComeAfterAll() throws Exception {
        SideLoad readers = slowReaders(Fault.NONE);
        assertThat(readers.failures()).isEmpty();
        assertThat(readers.notes()).singleElement().asString().startsWith("2 connections sent ");
    }

    @Test
    void shouldPassAndSaySoWhenSlowReadersAreRefusedLoad() throws Exception {
        SideLoad readers = slowReaders(Fault.REFUSE);
        assertThat(readers.failures()).isEmpty();
        assertThat(readers.notes()).singleElement().asString().doesNotContain("of which 0 refused");
    }

    @Test
    void shouldFailWhenSlowReadersAreAnsweredErrors() throws Exception {
        assertThat(slowReaders(Fault.ERROR).failures()).anyMatch(failure -> failure.contains("INTERNAL"));
    }

    @Test
    void shouldFailWhenRepliesOfSlowReadersAreDropped() throws Exception {
        assertThat(slowReaders(Fault.DROP).failures()).isNotEmpty();
    }
}
