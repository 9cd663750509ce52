package io.magpie.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.protocol.EraseProfileRequestEncoder;
import io.magpie.protocol.GetProfileRequestEncoder;
import io.magpie.protocol.SetConsentsRequestEncoder;
import io.magpie.protocol.Status;
import io.magpie.server.audit.AuditEntry;
import io.magpie.server.audit.AuditKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the wire leaves in the audit log. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class AuditTrailTest {
    private static final long PERSON = 7_234_567_890_123_456_789L;

    @TempDir
    private Path directory;

    private static Status consents(RawClient client, long... profiles) throws Exception {
        SetConsentsRequestEncoder encoder = new SetConsentsRequestEncoder()
                .wrap(client.request(), client.nextId(), 0)
                .beginConsents(profiles.length);
        for (long profile : profiles) {
            encoder.addConsent(profile, 1_700_000_000_000L, 2, 0, 2);
        }
        encoder.finish();
        client.send();
        return RawClient.status(client.expect());
    }

    private static Status erase(RawClient client, long profile) throws Exception {
        new EraseProfileRequestEncoder()
                .wrap(client.request(), client.nextId(), 0)
                .profileId(profile)
                .finish();
        client.send();
        return RawClient.status(client.expect());
    }

    @Test
    void shouldWriteDownConsentsAndErasuresWithTheirOutcomesAndNoId() throws Exception {
        try (MagpieServer server = TestServers.start(directory);
                RawClient client = new RawClient(server.address())) {
            assertThat(consents(client, PERSON, -1L)).isEqualTo(Status.OK);
            assertThat(erase(client, PERSON)).isEqualTo(Status.OK);
        }
        Path log = directory.resolve("audit").resolve("audit-000000000001.log");
        List<String> lines = Files.readAllLines(log);
        String subject =
                AuditKey.read(directory.resolve("audit").resolve("audit.key")).subject(AuditEntry.ofProfile(PERSON));
        assertThat(lines).hasSize(6);
        assertThat(lines.get(1)).contains("\"verb\":\"server-start\"");
        assertThat(lines.get(2))
                .contains("\"verb\":\"set-consents\",\"outcome\":\"OK\"")
                .contains("\"subject\":\"" + subject + "\"")
                .contains("\"peer\":\"/127.0.0.1:")
                .contains("\"detail\":\"source=commerce purpose=0 state=denied\"");
        assertThat(lines.get(3)).contains("\"verb\":\"set-consents\",\"outcome\":\"RESERVED_ID\"");
        assertThat(lines.get(4))
                .contains("\"verb\":\"erase-profile\",\"outcome\":\"OK\"")
                .contains("\"subject\":\"" + subject + "\"");
        assertThat(lines.get(5)).contains("\"verb\":\"server-stop\"");
        assertThat(String.join("\n", lines)).doesNotContain(Long.toString(PERSON));
    }

    @Test
    void shouldDoNothingThatCannotBeWrittenDown() throws Exception {
        try (MagpieServer server = TestServers.start(directory, "audit.file-size", "4KiB");
                RawClient client = new RawClient(server.address())) {
            client.putSlots(1, TestServers.DIMENSION, 1);
            // A directory stands where each next file would be.
            for (int i = 2; i < 200; i++) {
                Files.createDirectories(directory.resolve("audit").resolve(String.format("audit-%012d.log", i)));
            }
            Awaitility.await().until(() -> erase(client, 99) == Status.STORAGE_FAILED);
            assertThat(erase(client, 1)).isEqualTo(Status.STORAGE_FAILED);
            assertThat(consents(client, 1)).isEqualTo(Status.STORAGE_FAILED);
            client.putItems(1, TestServers.DIMENSION, 1);
            new GetProfileRequestEncoder()
                    .wrap(client.request(), 1, 0)
                    .profileId(1)
                    .parts(1)
                    .finish();
            client.send();
            assertThat(RawClient.status(client.expect())).isEqualTo(Status.OK);
        }
    }
}
