package io.magpie.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class TlsTest {
    private static final String PASSWORD = "only-for-this-test";

    @TempDir
    private Path directory;

    private KeyStore keys() throws Exception {
        Path file = directory.resolve("keys.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=fake",
                        "-ext",
                        "san=ip:127.0.0.1",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        PASSWORD,
                        "-keystore",
                        file.toString())
                .inheritIO()
                .redirectErrorStream(true)
                .start();
        assertThat(keytool.waitFor(60, TimeUnit.SECONDS)).isTrue();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        return keys;
    }

    @Test
    void shouldSpeakTlsWhenGivenAContextAndRefuseAStrangerOtherwise() throws Exception {
        KeyStore keys = keys();
        KeyManagerFactory manager = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        manager.init(keys, PASSWORD.toCharArray());
        SslContext serverContext = SslContextBuilder.forServer(manager).build();
        SslContext trusting = SslContextBuilder.forClient()
                .trustManager((X509Certificate) keys.getCertificate("mykey"))
                .build();
        SslContext strange = SslContextBuilder.forClient().build();

        try (FakeServer server = new FakeServer(serverContext)) {
            try (MagpieClient client = server.client().tls(trusting).connect()) {
                client.ping();
            }
            assertThatThrownBy(() -> server.client().tls(strange).connect())
                    .isInstanceOf(MagpieConnectionException.class);
        }
    }
}
