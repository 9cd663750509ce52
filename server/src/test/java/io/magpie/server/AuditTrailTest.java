package io.magpie.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.protocol.EraseProfileRequestEncoder;
import io.magpie.protocol.ExportProfileReplyDecoder;
import io.magpie.protocol.ExportProfileRequestEncoder;
import io.magpie.protocol.GetProfileRequestEncoder;
import io.magpie.protocol.LinkRequestEncoder;
import io.magpie.protocol.SetConsentsRequestEncoder;
import io.magpie.protocol.Status;
import io.magpie.protocol.UnlinkRequestEncoder;
import io.magpie.server.audit.AuditEntry;
import io.magpie.server.audit.AuditKey;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
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
    void shouldWriteDownLinksByTheHashesOfBothEndsAndExportThem() throws Exception {
        byte[] id = "customer-9310".getBytes(StandardCharsets.US_ASCII);
        try (MagpieServer server = TestServers.start(directory);
                RawClient client = new RawClient(server.address())) {
            client.putSlots(9, TestServers.DIMENSION, 1);
            LinkRequestEncoder link = new LinkRequestEncoder()
                    .wrap(client.request(), client.nextId(), 0)
                    .beginLinks(2);
            link.addLink(9, -1L).addLink(7, 9);
            link.beginIdentities(1);
            link.addIdentity(1, 2, id);
            link.finish();
            client.send();
            assertThat(RawClient.status(client.expect())).isEqualTo(Status.OK);
            new ExportProfileRequestEncoder()
                    .wrap(client.request(), client.nextId(), 0)
                    .profileId(7)
                    .finish();
            client.send();
            ByteBuf reply = client.expect();
            ExportProfileReplyDecoder export = new ExportProfileReplyDecoder();
            assertThat(export.wrap(reply, 0, reply.readableBytes())).isEqualTo(Status.OK);
            assertThat(export.document())
                    .containsPattern(
                            "\"identities\":\\[\\{\"source\":\"[a-z]+\",\"hash\":\"[0-9a-f]{32}\",\"timeMillis\":\\d+}]")
                    .contains("\"mergedProfileIds\":[9]");
            UnlinkRequestEncoder unlink = new UnlinkRequestEncoder()
                    .wrap(client.request(), client.nextId(), 0)
                    .beginUnlinks(2);
            unlink.addUnlink(-1L).addUnlink(7);
            unlink.beginIdentities(1);
            unlink.addIdentity(0, 2, id);
            unlink.finish();
            client.send();
            assertThat(RawClient.status(client.expect())).isEqualTo(Status.OK);
        }
        List<String> lines = Files.readAllLines(directory.resolve("audit").resolve("audit-000000000001.log"));
        AuditKey key = AuditKey.read(directory.resolve("audit").resolve("audit.key"));
        byte[] named = new byte[1 + id.length];
        named[0] = 2;
        System.arraycopy(id, 0, named, 1, id.length);
        String identity = key.subject(named);
        String nine = key.subject(AuditEntry.ofProfile(9));
        assertThat(lines.get(2))
                .contains("\"verb\":\"link\",\"outcome\":\"OK\"")
                .contains("\"subject\":\"" + nine + "\",\"other\":\"" + identity + "\"");
        assertThat(lines.get(3)).contains("\"other\":\"" + nine + "\"");
        assertThat(lines.get(4)).contains("\"verb\":\"export-profile\"");
        assertThat(lines.get(5))
                .contains("\"verb\":\"unlink\",\"outcome\":\"OK\"")
                .contains("\"subject\":\"" + identity + "\"");
        assertThat(lines.get(6)).contains("\"verb\":\"unlink\",\"outcome\":\"OUT_OF_RANGE\"");
        assertThat(String.join("\n", lines)).doesNotContain("customer-9310");
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
