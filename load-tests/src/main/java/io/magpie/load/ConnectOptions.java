package io.magpie.load;

import io.magpie.client.ClientTls;
import io.magpie.client.MagpieClient;
import io.magpie.client.MagpieClientBuilder;
import io.magpie.load.generator.Endpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import picocli.CommandLine.Option;

/** How a server that asks who one is is spoken to; named as on the rest of the command line. Secrets come from files. */
final class ConnectOptions {
    @Option(names = "--tls", description = "speak TLS, and trust what the JDK trusts")
    private boolean tls;

    @Option(names = "--tls-ca", paramLabel = "FILE", description = "speak TLS, and trust these certificates (PEM)")
    private Path authorities;

    @Option(names = "--tls-certificate", paramLabel = "FILE", description = "show this certificate (PEM)")
    private Path certificate;

    @Option(names = "--tls-key", paramLabel = "FILE", description = "the certificate's private key (PEM, PKCS #8)")
    private Path key;

    @Option(names = "--tls-any-host", description = "do not ask whether the certificate names the host")
    private boolean anyHost;

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            defaultValue = "${env:MAGPIE_TOKEN_FILE}",
            description = "file with the token to show (else the one that MAGPIE_TOKEN_FILE names)")
    private Path tokenFile;

    /**
     * Checks what needs no server.
     *
     * @throws IllegalArgumentException says what does not fit
     */
    void check() {
        if ((certificate == null) != (key == null)) {
            throw new IllegalArgumentException("--tls-certificate and --tls-key go together");
        }
        if (tokenFile != null && !Files.isReadable(tokenFile)) {
            throw new IllegalArgumentException("the file of the token cannot be read: file=" + tokenFile);
        }
        ClientTls settings = settings();
        if (settings != null) {
            settings.context();
        }
    }

    private ClientTls settings() {
        if (!tls && authorities == null && certificate == null) {
            return null;
        }
        ClientTls settings = ClientTls.defaults();
        if (authorities != null) {
            settings = settings.trust(authorities);
        }
        if (certificate != null) {
            settings = settings.certificate(certificate, key);
        }
        return anyHost ? settings.anyHost() : settings;
    }

    Endpoint endpoint(InetSocketAddress address) {
        return Endpoint.of(address, settings(), this::token);
    }

    private String token() {
        try {
            return tokenFile == null ? "" : Files.readString(tokenFile).trim();
        } catch (IOException e) {
            throw new UncheckedIOException("the file of the token cannot be read: file=" + tokenFile, e);
        }
    }

    MagpieClient connect(InetSocketAddress address) {
        MagpieClientBuilder builder = MagpieClient.builder(address.getHostString(), address.getPort());
        ClientTls settings = settings();
        if (settings != null) {
            builder.tls(settings);
        }
        if (tokenFile != null) {
            builder.tokenFile(tokenFile);
        }
        return builder.clientName("magpie load")
                .connectTimeout(Duration.ofSeconds(10))
                .requestTimeout(Duration.ofSeconds(30))
                .connect();
    }
}
