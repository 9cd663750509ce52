package io.magpie.client;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * How a client speaks TLS, from files in PEM. TLS 1.3 only, by the JDK. Unsaid, it trusts what the JDK trusts, shows no
 * certificate, and wants the server's certificate to name the host that was connected to. Immutable; each method returns
 * a changed copy. The files are read when the client is built.
 */
public final class ClientTls {
    private final Path trust;
    private final Path certificate;
    private final Path key;
    private final boolean anyHost;

    private ClientTls(Path trust, Path certificate, Path key, boolean anyHost) {
        this.trust = trust;
        this.certificate = certificate;
        this.key = key;
        this.anyHost = anyHost;
    }

    /** Returns the settings that say nothing. */
    public static ClientTls defaults() {
        return new ClientTls(null, null, null, false);
    }

    /** Trusts the authorities, or the server's own certificate, in this file, and nobody else. */
    public ClientTls trust(Path certificates) {
        return new ClientTls(certificates, certificate, key, anyHost);
    }

    /**
     * Shows a certificate.
     *
     * @param chain      its file, the certificate first
     * @param privateKey file of its key: PKCS #8, not encrypted
     */
    public ClientTls certificate(Path chain, Path privateKey) {
        return new ClientTls(trust, chain, privateKey, anyHost);
    }

    /** Takes a trusted certificate whatever host it names. Whoever holds one of them can then stand in the middle. */
    public ClientTls anyHost() {
        return new ClientTls(trust, certificate, key, true);
    }

    /**
     * Returns what Netty makes handlers from; for programs that speak the protocol themselves.
     *
     * @throws IllegalArgumentException if the files cannot be used
     */
    public SslContext context() {
        try {
            SslContextBuilder builder =
                    SslContextBuilder.forClient().sslProvider(SslProvider.JDK).protocols("TLSv1.3");
            builder.endpointIdentificationAlgorithm(anyHost ? null : "HTTPS");
            if (trust != null) {
                builder.trustManager(require("trust", trust).toFile());
            }
            if (certificate != null) {
                builder.keyManager(
                        require("certificate", certificate).toFile(),
                        require("key", key).toFile());
            }
            return builder.build();
        } catch (IllegalArgumentException | IOException e) {
            throw new IllegalArgumentException("the TLS files cannot be used: " + e.getMessage(), e);
        }
    }

    private static Path require(String name, Path file) throws IOException {
        if (file == null || !Files.isReadable(file)) {
            throw new IOException("not readable: " + name + "=" + file);
        }
        return file;
    }
}
