package io.magpie.server.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.server.TestClock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a connection may do as its token, the file of tokens and the time change, by a clock that stands still. */
class SessionTest {
    private static final Instant START = Instant.parse("2026-11-23T10:00:00Z");

    private final TestClock clock = new TestClock(START.toEpochMilli());
    private final Token.Issued writer = Token.issue("writer", Scope.READ.bit() | Scope.WRITE.bit(), null);
    private final Token.Issued hour = Token.issue("hour", Scope.READ.bit(), START.plusSeconds(3_600));

    private Path file;
    private Access access;
    private Session session;

    @BeforeEach
    void open(@TempDir Path directory) throws Exception {
        file = directory.resolve("tokens");
        write(writer.token(), hour.token());
        access = Access.open(file, clock);
        session = new Session(access, "peer");
    }

    private void write(Token... tokens) throws Exception {
        StringBuilder lines = new StringBuilder();
        for (Token token : tokens) {
            lines.append(token.line()).append('\n');
        }
        Files.writeString(file, lines);
    }

    private boolean login(Token.Issued issued) {
        return session.login(issued.secret().getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void shouldHoldNothingWhenNobodyHasSaidHello() {
        assertThat(session.isKnown()).isFalse();
        assertThat(session.holds(0)).isFalse();
        assertThat(session.holds(Scope.READ.bit())).isFalse();
    }

    @Test
    void shouldAllowOnlyWhatAllScopesAreHeldFor() {
        assertThat(login(writer)).isTrue();
        assertThat(session.holds(Scope.READ.bit())).isTrue();
        assertThat(session.holds(Scope.READ.bit() | Scope.WRITE.bit())).isTrue();
        assertThat(session.holds(Scope.READ.bit() | Scope.ADMIN.bit())).isFalse();
        assertThat(session.holds(Scope.ALL)).isFalse();
    }

    @Test
    void shouldHoldNothingWhenALaterTokenIsNotRight() {
        assertThat(login(writer)).isTrue();
        assertThat(login(Token.issue("writer", Scope.ALL, null))).isFalse();
        assertThat(session.isKnown()).isFalse();
        assertThat(session.holds(Scope.READ.bit())).isFalse();
    }

    @Test
    void shouldEndWhenTheTimeOfItsTokenComes() {
        assertThat(login(hour)).isTrue();
        clock.millis = START.plusSeconds(3_599).toEpochMilli();
        assertThat(session.refresh()).isTrue();
        assertThat(session.holds(Scope.READ.bit())).isTrue();
        clock.millis = START.plusSeconds(3_600).toEpochMilli();
        assertThat(session.refresh()).isFalse();
        assertThat(session.isKnown()).isFalse();
        assertThat(login(hour)).isFalse();
        assertThat(login(writer)).isTrue();
    }

    @Test
    void shouldEndWhenItsIdHasAnotherSecretNow() throws Exception {
        assertThat(login(writer)).isTrue();
        write(Token.issue("writer", Scope.ALL, null).token());
        assertThat(access.reload()).isTrue();
        assertThat(session.refresh()).isFalse();
        assertThat(session.holds(Scope.READ.bit())).isFalse();
    }

    @Test
    void shouldGoOnWithTheScopesThatItsTokenHasNow() throws Exception {
        assertThat(login(writer)).isTrue();
        write(new Token(
                "writer", Token.hash(writer.secret().getBytes(StandardCharsets.UTF_8)), Scope.ERASE.bit(), null));
        assertThat(access.reload()).isTrue();
        assertThat(session.refresh()).isTrue();
        assertThat(session.holds(Scope.ERASE.bit())).isTrue();
        assertThat(session.holds(Scope.READ.bit())).isFalse();
    }
}
