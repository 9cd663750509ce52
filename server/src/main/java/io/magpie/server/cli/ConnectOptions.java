package io.magpie.server.cli;

import io.magpie.client.ClientTls;
import io.magpie.client.MagpieClient;
import io.magpie.client.MagpieClientBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import picocli.CommandLine.Option;

/** Which server to talk to; mixed into every command that does. */
final class ConnectOptions {
    @Option(
            names = "--connect",
            paramLabel = "HOST:PORT",
            defaultValue = "127.0.0.1:7400",
            description = "the server (default 127.0.0.1:7400)")
    private String address;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            defaultValue = "5s",
            converter = OptionConverters.Span.class,
            description = "how long to wait for a connection and for an answer, e.g. 500ms or 30s (default 5s)")
    private Duration timeout;

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

    /** Returns the server's address as it was given. */
    String address() {
        return address;
    }

    /**
     * Connects.
     *
     * @throws CommandException if the address is none
     */
    MagpieClient open() {
        int colon = address.lastIndexOf(':');
        String host = colon < 0 ? "" : address.substring(0, colon);
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        }
        int port = -1;
        try {
            port = Integer.parseInt(address.substring(colon + 1));
        } catch (NumberFormatException e) {
            // said below
        }
        if (host.isEmpty() || port < 1 || port > 65_535) {
            throw CommandException.badUsage("--connect needs HOST:PORT, such as 127.0.0.1:7400: connect=" + address);
        }
        MagpieClientBuilder builder = MagpieClient.builder(host, port);
        secure(builder);
        return builder.connections(1)
                .connectTimeout(timeout)
                .requestTimeout(timeout)
                .clientName("magpie command line")
                .connect();
    }

    private void secure(MagpieClientBuilder builder) {
        if (tokenFile != null) {
            if (!Files.isReadable(tokenFile)) {
                throw CommandException.badUsage("the file of the token cannot be read: file=" + tokenFile);
            }
            builder.tokenFile(tokenFile);
        }
        if ((certificate == null) != (key == null)) {
            throw CommandException.badUsage("--tls-certificate and --tls-key go together");
        }
        if (!tls && authorities == null && certificate == null) {
            return;
        }
        ClientTls settings = ClientTls.defaults();
        if (authorities != null) {
            settings = settings.trust(authorities);
        }
        if (certificate != null) {
            settings = settings.certificate(certificate, key);
        }
        try {
            builder.tls(anyHost ? settings.anyHost() : settings);
        } catch (IllegalArgumentException e) {
            throw CommandException.badUsage(e.getMessage());
        }
    }
}
