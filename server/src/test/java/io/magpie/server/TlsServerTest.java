package io.magpie.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.magpie.client.ClientTls;
import io.magpie.client.MagpieClient;
import io.magpie.client.MagpieConnectionException;
import io.magpie.server.metrics.Ending;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocket;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** TLS on the wire port: who is let in, and certificates that change. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class TlsServerTest {
    @TempDir
    private Path directory;

    private TestCertificates files;

    @BeforeEach
    void makeCertificates() throws Exception {
        files = new TestCertificates(directory.resolve("pki"));
        files.issue("server", "CN=server one");
    }

    private MagpieServer start(String... more) throws Exception {
        String[] options = {
            "tls.certificate", files.certificate("server").toString(),
            "tls.key", files.key("server").toString(),
            "reload-interval", "20ms"
        };
        String[] all = Arrays.copyOf(options, options.length + more.length);
        System.arraycopy(more, 0, all, options.length, more.length);
        return TestServers.start(directory.resolve("data"), all);
    }

    private static MagpieClient connect(MagpieServer server, ClientTls tls) {
        return MagpieClient.builder("127.0.0.1", server.address().getPort())
                .connections(1)
                .connectTimeout(Duration.ofSeconds(10))
                .requestTimeout(Duration.ofSeconds(10))
                .tls(tls)
                .connect();
    }

    private ClientTls trusting() {
        return ClientTls.defaults().trust(files.authority());
    }

    @ParameterizedTest
    @ValueSource(strings = {"jdk", "openssl"})
    void shouldServeThoseWhoTrustItAndNobodyElse(String provider) throws Exception {
        try (MagpieServer server = start("tls.provider", provider)) {
            try (MagpieClient client = connect(server, trusting())) {
                assertThat(client.ping()).isPositive();
                assertThat(client.statistics().catalogueVersion()).isZero();
            }
            assertThatThrownBy(() -> connect(server, ClientTls.defaults()))
                    .isInstanceOf(MagpieConnectionException.class);
            try (RawClient plain = new RawClient(server.address())) {
                assertThatThrownBy(plain::ping).isInstanceOf(IOException.class);
            }
            Awaitility.await().until(() -> server.metrics().endings().of(Ending.TLS) > 0);
        }
    }

    @Test
    void shouldNotSpeakOlderTls() throws Exception {
        try (MagpieServer server = start();
                SSLSocket socket = socket()) {
            socket.setEnabledProtocols(new String[] {"TLSv1.2"});
            socket.connect(server.address());
            assertThatThrownBy(socket::startHandshake).isInstanceOf(IOException.class);
        }
    }

    @Test
    void shouldBeRefusedByTheClientWhenItsCertificateNamesAnotherHost() throws Exception {
        files.issueElsewhere("server", "CN=server one");
        try (MagpieServer server = start()) {
            assertThatThrownBy(() -> connect(server, trusting())).isInstanceOf(MagpieConnectionException.class);
            try (MagpieClient client = connect(server, trusting().anyHost())) {
                assertThat(client.ping()).isPositive();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"jdk", "openssl"})
    void shouldAskForACertificateAndWriteDownWhoseItWas(String provider) throws Exception {
        files.issue("client", "CN=shop,O=Example");
        TestCertificates strangers = new TestCertificates(directory.resolve("strangers"));
        strangers.issue("client", "CN=stranger");
        Path audit = directory.resolve("audit");
        try (MagpieServer server = start(
                "tls.provider",
                provider,
                "tls.client-ca",
                files.authority().toString(),
                "audit.dir",
                audit.toString())) {
            try (MagpieClient client =
                    connect(server, trusting().certificate(files.certificate("client"), files.key("client")))) {
                client.eraseProfile(77);
            }
            assertThatThrownBy(() -> connect(server, trusting())).isInstanceOf(MagpieConnectionException.class);
            assertThatThrownBy(() -> connect(
                            server, trusting().certificate(strangers.certificate("client"), strangers.key("client"))))
                    .isInstanceOf(MagpieConnectionException.class);
        }
        assertThat(Files.readString(audit.resolve("audit-000000000001.log")))
                .contains("\"verb\":\"erase-profile\",\"outcome\":\"OK\",\"certificate\":\"")
                .contains("CN=shop");
    }

    @ParameterizedTest
    @ValueSource(strings = {"jdk", "openssl"})
    void shouldTakeANewCertificateOverForNewConnectionsAndLetTheOthersGoOn(String provider) throws Exception {
        try (MagpieServer server = start("tls.provider", provider);
                MagpieClient before = connect(server, trusting())) {
            before.ping();
            X509Bundle second = files.issue("server", "CN=server two");
            Awaitility.await().until(() -> shown(server.address()).equals(second.getCertificate()));
            assertThat(before.ping()).isPositive();
            assertThat(before.clientStatistics().lostConnections()).isZero();
        }
    }

    @Test
    void shouldAskForCertificatesOfTheNewAuthoritiesWhenTheirFileChanges() throws Exception {
        files.issue("client", "CN=shop");
        TestCertificates others = new TestCertificates(directory.resolve("others"));
        others.issue("client", "CN=other shop");
        Path authorities = Files.copy(files.authority(), directory.resolve("authorities.pem"));
        ClientTls before = trusting().certificate(files.certificate("client"), files.key("client"));
        ClientTls after = trusting().certificate(others.certificate("client"), others.key("client"));
        try (MagpieServer server = start("tls.client-ca", authorities.toString())) {
            connect(server, before).close();
            assertThatThrownBy(() -> connect(server, after)).isInstanceOf(MagpieConnectionException.class);
            Files.copy(others.authority(), authorities, StandardCopyOption.REPLACE_EXISTING);
            Awaitility.await().ignoreExceptions().until(() -> {
                connect(server, after).close();
                return true;
            });
            assertThatThrownBy(() -> connect(server, before)).isInstanceOf(MagpieConnectionException.class);
        }
    }

    @Test
    void shouldKeepTheOldCertificateWhenTheNewFilesAreBad() throws Exception {
        X509Certificate first = TestCertificates.read(files.certificate("server"));
        files.issue("other", "CN=other");
        try (MagpieServer server = start()) {
            Files.copy(files.key("other"), files.key("server"), StandardCopyOption.REPLACE_EXISTING);
            showsFor(server, first);
            Files.writeString(files.key("server"), "nothing");
            showsFor(server, first);
            Files.delete(files.certificate("server"));
            showsFor(server, first);
            X509Bundle good = files.issue("server", "CN=server three");
            Awaitility.await().until(() -> shown(server.address()).equals(good.getCertificate()));
        }
    }

    /** The watch looks every 20 ms; connections in a row for longer see several looks. */
    private void showsFor(MagpieServer server, X509Certificate expected) throws Exception {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(150);
        while (System.nanoTime() < end) {
            assertThat(shown(server.address())).isEqualTo(expected);
        }
    }

    @Test
    void shouldNotStartWithAKeyOfAnotherCertificate() throws Exception {
        files.issue("other", "CN=other");
        assertThatThrownBy(() -> start("tls.key", files.key("other").toString()))
                .isInstanceOf(ServerStartException.class)
                .hasMessageContaining("tls.key is not the key of the certificate");
    }

    @Test
    void shouldNotTakeACertificateThatHasEnded() throws Exception {
        X509Certificate first = TestCertificates.read(files.certificate("server"));
        try (MagpieServer server = start()) {
            files.issueExpired("server", "CN=server past");
            showsFor(server, first);
        }
        assertThatThrownBy(this::start)
                .isInstanceOf(ServerStartException.class)
                .hasMessageContaining("the files of tls.* cannot be used")
                .hasMessageContaining("NotAfter");
    }

    @Test
    void shouldEndAConnectionThatNeverShakesHands() throws Exception {
        try (MagpieServer server = start("limits.hello-timeout", "100ms");
                RawClient silent = new RawClient(server.address())) {
            assertThat(silent.read()).isNull();
            Awaitility.await().until(() -> server.metrics().connections() == 0); // it is counted out after it is closed
        }
    }

    private SSLSocket socket() throws Exception {
        return (SSLSocket)
                TestCertificates.trusting(files.authority()).getSocketFactory().createSocket();
    }

    private X509Certificate shown(InetSocketAddress address) throws Exception {
        try (SSLSocket socket = socket()) {
            socket.connect(address);
            socket.startHandshake();
            return (X509Certificate) socket.getSession().getPeerCertificates()[0];
        }
    }
}
