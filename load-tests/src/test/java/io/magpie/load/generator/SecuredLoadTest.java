package io.magpie.load.generator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.magpie.client.ClientTls;
import io.magpie.load.generator.ScriptedServer.Fault;
import io.magpie.load.scenario.Scenario;
import io.magpie.load.scenario.ScenarioName;
import io.magpie.load.scenario.SyntheticData;
import io.magpie.load.side.ConnectStorm;
import io.magpie.load.side.RawConnection;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server that speaks TLS alone and asks for a token. */
@Timeout(60)
class SecuredLoadTest {
    private static final String TOKEN = "magpie.load.secret";

    private final SyntheticData data = new SyntheticData(1, 50, 200, 8);

    @TempDir
    private Path directory;

    private Path certificate;
    private ScriptedServer server;

    @BeforeEach
    void start() throws Exception {
        X509Bundle bundle = issued("CN=server");
        certificate = file("server.pem", bundle);
        server = new ScriptedServer(
                data,
                null,
                Fault.NONE,
                SslContextBuilder.forServer(bundle.toKeyManagerFactory())
                        .sslProvider(SslProvider.JDK)
                        .protocols("TLSv1.3")
                        .build(),
                TOKEN);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static X509Bundle issued(String subject) throws Exception {
        return new CertificateBuilder()
                .subject(subject)
                .algorithm(CertificateBuilder.Algorithm.ecp256)
                .addSanIpAddress("127.0.0.1")
                .setIsCertificateAuthority(true)
                .buildSelfSigned();
    }

    private Path file(String name, X509Bundle bundle) throws IOException {
        return Files.writeString(directory.resolve(name), bundle.getCertificatePEM());
    }

    private Endpoint endpoint(Path trusted, String token) {
        return Endpoint.of(server.address(), ClientTls.defaults().trust(trusted), () -> token);
    }

    private Measurement run(Endpoint endpoint) throws Exception {
        LoadConfiguration configuration = new LoadConfiguration(
                LoadConfiguration.Mode.FIXED,
                200,
                Duration.ZERO,
                Duration.ofMillis(500),
                2,
                64,
                1,
                Duration.ZERO,
                Duration.ofSeconds(5));
        return new LoadRun(
                        configuration,
                        endpoint,
                        new Scenario(ScenarioName.PING, data, 5, 1)::exchange,
                        (elapsed, completed, second) -> {},
                        ServerFigures.Probe.NONE,
                        LoadRun.Companion.NONE)
                .run();
    }

    @Test
    void shouldLoadTheServerWhenItIsTrustedAndTheTokenIsShown() throws Exception {
        Measurement measurement = run(endpoint(certificate, TOKEN));
        assertThat(measurement.completed()).isEqualTo(100);
    }

    @Test
    void shouldBeRefusedWhenTheTokenIsAnother() {
        assertThatThrownBy(() -> run(endpoint(certificate, "another"))).hasMessageContaining("UNAUTHENTICATED");
    }

    @Test
    void shouldNotSpeakWhenTheCertificateIsNotTrusted() throws Exception {
        Path other = file("other.pem", issued("CN=other"));
        assertThatThrownBy(() -> run(endpoint(other, TOKEN))).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> new RawConnection(endpoint(other, TOKEN), 5_000))
                .isInstanceOf(SSLException.class);
    }

    @Test
    void shouldSecureConnectionsBesideTheLoadToo() throws Exception {
        try (ConnectStorm storm = new ConnectStorm(endpoint(certificate, TOKEN), 50)) {
            storm.start();
            run(endpoint(certificate, TOKEN));
            storm.stop();
            assertThat(storm.failures()).isEmpty();
        }
    }
}
