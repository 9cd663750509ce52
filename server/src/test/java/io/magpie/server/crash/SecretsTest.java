package io.magpie.server.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.magpie.client.ClientTls;
import io.magpie.client.MagpieClient;
import io.magpie.client.MagpieClientBuilder;
import io.magpie.client.MagpieException;
import io.magpie.client.Person;
import io.magpie.client.SlotUpdate;
import io.magpie.server.TestCertificates;
import io.magpie.server.security.Scope;
import io.magpie.server.security.Token;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server process that is given tokens, keys and people's own ids, right ones and wrong ones: what it says holds none. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class SecretsTest {
    private static final String EXTERNAL_ID = "customer-4711-of-the-shop";

    @TempDir
    private Path directory;

    @Test
    void shouldSayNoSecretInLogsAndArgumentsWhateverItIsGiven() throws Exception {
        TestCertificates certificates = new TestCertificates(directory.resolve("pki"));
        certificates.issue("server", "CN=server");
        Token.Issued right = Token.issue("shop", Scope.ALL, null);
        Token.Issued wrong = Token.issue("shop", Scope.ALL, null);
        Path tokens =
                Files.writeString(directory.resolve("tokens"), right.token().line() + "\n");
        Path errors = directory.resolve("errors.log");
        try (ServerProcess server = ServerProcess.start(errors, List.of(), options(certificates, tokens))) {
            assertThat(server.commandLine())
                    .contains("io.magpie.server.cli.Main")
                    .doesNotContain(right.secret());
            try (MagpieClient client =
                    client(server, certificates).token(right.secret()).connect()) {
                client.putSlot(new SlotUpdate(Person.identity(0, EXTERNAL_ID), 0, 1, new float[8], 1, 1_000));
                client.exportProfile(Person.identity(0, EXTERNAL_ID));
                client.eraseProfile(Person.identity(0, EXTERNAL_ID));
            }
            assertThatThrownBy(() -> client(server, certificates)
                            .token(wrong.secret())
                            .connect()
                            .close())
                    .isInstanceOf(MagpieException.class)
                    .hasMessageNotContaining(wrong.secret());
            // Whoever edits the file may put the token itself anywhere.
            String hash = right.token().line().split(" ")[1];
            int refusals = 0;
            for (String line : List.of(
                    right.secret(),
                    right.secret() + " " + hash + " read",
                    "shop " + right.secret() + " read",
                    "shop " + hash + " " + right.secret(),
                    "shop " + hash + " read expires=" + right.secret(),
                    "shop " + hash + " read " + right.secret())) {
                Files.writeString(tokens, line + "\n");
                await(errors, "the changed tokens cannot be used", ++refusals);
            }
            Files.writeString(tokens, right.token().line() + "\n");
            Files.writeString(certificates.key("server"), "-----BEGIN PRIVATE KEY-----\nnot base64 at all\n");
            await(errors, "the changed TLS files cannot be used", 1);
            assertThat(server.stop()).isZero();
        }
        List<String> secrets = new ArrayList<>(List.of(EXTERNAL_ID, "not base64 at all"));
        for (Token.Issued each : List.of(right, wrong)) {
            secrets.add(each.secret().substring(each.secret().lastIndexOf('.') + 1));
            secrets.add(each.token().line().split(" ")[1]);
        }
        requireNone(errors, secrets);
        try (Stream<Path> audit = Files.list(directory.resolve("data").resolve("audit"))) {
            for (Path file : audit.toList()) {
                requireNone(file, secrets);
            }
        }
    }

    private static void requireNone(Path file, List<String> secrets) throws Exception {
        String text = Files.readString(file, StandardCharsets.ISO_8859_1);
        assertThat(text).isNotEmpty();
        for (String secret : secrets) {
            assertThat(text).as("%s", file).doesNotContain(secret);
        }
    }

    private static void await(Path errors, String text, int times) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> Files.readString(errors).split(text, -1).length > times);
    }

    private static MagpieClientBuilder client(ServerProcess server, TestCertificates certificates) {
        return MagpieClient.builder("127.0.0.1", server.port())
                .connections(1)
                .connectTimeout(Duration.ofSeconds(20))
                .requestTimeout(Duration.ofSeconds(20))
                .tls(ClientTls.defaults().trust(certificates.authority()));
    }

    private List<String> options(TestCertificates certificates, Path tokens) {
        return ServerProcess.small(
                directory.resolve("data"),
                "--set=reload-interval=20ms",
                "--set=auth.tokens=" + tokens,
                "--set=tls.certificate=" + certificates.certificate("server"),
                "--set=tls.key=" + certificates.key("server"));
    }
}
