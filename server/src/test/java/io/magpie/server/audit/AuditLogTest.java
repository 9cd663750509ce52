package io.magpie.server.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.magpie.server.config.SecurityConfiguration.Audit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class AuditLogTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-22T10:00:00Z"), ZoneOffset.UTC);

    @TempDir
    private Path dir;

    private AuditLog open(long fileBytes, int queue) throws AuditException {
        return AuditLog.open(new Audit(true, dir, dir.resolve("audit.key"), fileBytes, queue), CLOCK);
    }

    private static AuditEntry erasure(long profileId) {
        AuditEntry entry = new AuditEntry(CLOCK.millis(), "ops", "", "/127.0.0.1:9", "erase-profile", 1, true);
        entry.subject(0, AuditEntry.ofProfile(profileId));
        entry.outcome(0, "OK");
        return entry;
    }

    private void write(int from, int to, long fileBytes) throws AuditException {
        try (AuditLog log = open(fileBytes, 1_000)) {
            for (int i = from; i < to; i++) {
                assertThat(log.reserve(1)).isTrue();
                log.write(erasure(i));
            }
        }
    }

    private AuditVerifier.Broken verify() throws IOException {
        return new AuditVerifier(AuditKey.read(dir.resolve("audit.key"))).directory(dir);
    }

    @Test
    void shouldVerifyWhatItWroteOverRestartsAndFiles() throws Exception {
        write(0, 20, 4_096);
        write(20, 40, 4_096);
        write(40, 60, 4_096);
        assertThat(AuditFormat.files(dir)).hasSizeGreaterThan(2);
        AuditVerifier verifier = new AuditVerifier(AuditKey.read(dir.resolve("audit.key")));
        assertThat(verifier.directory(dir)).isNull();
        assertThat(verifier.lines()).isGreaterThanOrEqualTo(60);
    }

    @Test
    void shouldHoldNoRawIdAndTheSameHashForTheSamePerson() throws Exception {
        long id = 7_234_567_890_123_456_789L;
        try (AuditLog log = open(1 << 20, 10)) {
            log.reserve(1);
            log.write(erasure(id));
            log.reserve(1);
            log.write(erasure(id));
        }
        String text = Files.readString(AuditFormat.files(dir).get(0));
        String subject = AuditKey.read(dir.resolve("audit.key")).subject(AuditEntry.ofProfile(id));
        assertThat(text)
                .doesNotContain(Long.toString(id))
                .doesNotContain(Long.toHexString(id))
                .containsPattern("\"subject\":\"" + subject + "\"[^\n]*\n[^\n]*\"subject\":\"" + subject + "\"")
                .contains("\"time\":\"2026-11-22T10:00:00Z\"")
                .contains("\"token\":\"ops\"");
    }

    @Test
    void shouldFindEveryChangedLine() throws Exception {
        write(0, 5, 1 << 20);
        Path file = AuditFormat.files(dir).get(0);
        List<String> lines = Files.readAllLines(file);
        for (int i = 0; i < lines.size(); i++) {
            List<String> changed = new ArrayList<>(lines);
            changed.set(i, lines.get(i).replace("2026", "2025"));
            Files.write(file, changed);
            assertThat(verify().line()).isEqualTo(i + 1);
        }
        Files.write(file, lines);
        assertThat(verify()).isNull();
    }

    @Test
    void shouldFindLinesThatWereTakenOutMovedOrCutOff() throws Exception {
        write(0, 5, 1 << 20);
        Path file = AuditFormat.files(dir).get(0);
        List<String> lines = Files.readAllLines(file);
        List<String> without = new ArrayList<>(lines);
        without.remove(3);
        Files.write(file, without);
        assertThat(verify().line()).isEqualTo(4);
        assertThat(verify().why()).contains("seq=5 expected=4");
        List<String> moved = new ArrayList<>(lines);
        java.util.Collections.swap(moved, 2, 3);
        Files.write(file, moved);
        assertThat(verify().line()).isEqualTo(3);
        Files.write(file, lines.subList(0, lines.size() - 1));
        assertThat(verify().why()).contains("missing at the end: last=5 written=6");
        Files.write(file, lines);
        Files.delete(dir.resolve("audit.head"));
        assertThat(verify().file()).hasFileName("audit.head");
    }

    /** Of two logs with one key, each line is right in its own. */
    @Test
    void shouldFindALineOfAnotherPastInThePlaceOfOne() throws Exception {
        write(0, 5, 1 << 20);
        Path file = AuditFormat.files(dir).get(0);
        List<String> lines = Files.readAllLines(file);
        Files.delete(file);
        Files.delete(dir.resolve("audit.head"));
        write(1, 6, 1 << 20);
        List<String> others = Files.readAllLines(file);
        assertThat(verify()).isNull();
        others.set(3, lines.get(3));
        Files.write(file, others);
        assertThat(verify().line()).isEqualTo(4);
    }

    @Test
    void shouldFindLinesThatWereCutOffWhenTheHeadWasChangedWithThem() throws Exception {
        write(0, 5, 1 << 20);
        Path file = AuditFormat.files(dir).get(0);
        List<String> lines = Files.readAllLines(file);
        Files.write(file, lines.subList(0, lines.size() - 1));
        Path head = dir.resolve("audit.head");
        String said = Files.readString(head);
        Files.writeString(head, said.replaceFirst("6 ", "5 "));
        assertThat(verify().why()).contains("was changed");
        assertThat(verify().file()).isEqualTo(head);
        assertThatThrownBy(() -> open(1 << 20, 10).close()).isInstanceOf(AuditException.class);
    }

    @Test
    void shouldFindAMissingFileInTheMiddle() throws Exception {
        write(0, 20, 4_096);
        write(20, 40, 4_096);
        write(40, 60, 4_096);
        Files.delete(AuditFormat.files(dir).get(1));
        assertThat(verify().why()).contains("does not follow the file before");
    }

    @Test
    void shouldNotGoOnWithAChangedLog() throws Exception {
        write(0, 5, 1 << 20);
        Path file = AuditFormat.files(dir).get(0);
        Files.writeString(file, Files.readString(file).replace("\"ops\"", "\"oops\""));
        assertThatThrownBy(() -> open(1 << 20, 10).close())
                .isInstanceOf(AuditException.class)
                .hasMessageContaining("the audit log was changed")
                .hasMessageContaining("line=2");
    }

    @Test
    void shouldCutOffALastLineThatIsNotWholeAndGoOn() throws Exception {
        write(0, 5, 1 << 20);
        Path file = AuditFormat.files(dir).get(0);
        Files.writeString(file, Files.readString(file) + "{\"seq\":7,\"ti");
        assertThat(verify().why()).contains("not whole");
        open(1 << 20, 10).close();
        assertThat(verify()).isNull();
        write(5, 7, 1 << 20);
        assertThat(verify()).isNull();
        assertThat(Files.readAllLines(file)).hasSize(8);
    }

    @Test
    void shouldRefuseRoomWhileItCannotBeWrittenAndLoseNothing() throws Exception {
        try (AuditLog log = open(1 << 20, 10)) {
            Path inTheWay = Files.createDirectories(
                    dir.resolve("audit-000000000001.log").resolve("x"));
            assertThat(log.reserve(1)).isTrue();
            log.write(erasure(1));
            Awaitility.await().until(log::isFailed);
            assertThat(log.reserve(1)).isFalse();
            Files.delete(inTheWay);
            Files.delete(inTheWay.getParent());
            Awaitility.await().until(() -> !log.isFailed() && log.waiting() == 0);
            assertThat(log.reserve(1)).isTrue();
            log.write(erasure(2));
        }
        assertThat(verify()).isNull();
        assertThat(Files.readAllLines(AuditFormat.files(dir).get(0))).hasSize(3);
    }

    @Test
    void shouldRefuseMoreThanTheQueueHoldsButTakeOneLargeEntryAlone() throws Exception {
        try (AuditLog log = open(1 << 20, 4)) {
            assertThat(log.reserve(3)).isTrue();
            assertThat(log.reserve(2)).isFalse();
            assertThat(log.reserve(1)).isTrue();
        }
        try (AuditLog log = open(1 << 20, 4)) {
            assertThat(log.reserve(50)).isTrue();
            assertThat(log.reserve(1)).isFalse();
        }
    }
}
