package io.magpie.server.config;

import java.nio.file.Path;

/**
 * Who may do what, and what is written down of it. Immutable.
 *
 * @param tls          how what is said is kept from others
 * @param tokens       file of hashed tokens, or null if nobody is asked who they are
 * @param audit        what is written down
 * @param reloadMillis pause between two looks at the files of certificates, keys and tokens
 */
public record SecurityConfiguration(Tls tls, Path tokens, Audit audit, long reloadMillis) {

    /**
     * How what is said is kept from others.
     *
     * @param certificate PEM file of the certificate and its chain, or null for no TLS
     * @param key         PEM file of its private key, or null for no TLS
     * @param clientCa    PEM file of the authorities of clients' certificates, or null if clients are asked for none
     * @param provider    who does it
     */
    public record Tls(Path certificate, Path key, Path clientCa, TlsProvider provider) {
        /** Returns whether TLS is spoken. */
        public boolean isOn() {
            return certificate != null;
        }
    }

    /** Who does TLS. */
    public enum TlsProvider {
        /** BoringSSL where it loads, else the JDK. */
        AUTO,
        /** BoringSSL, or refuse to start. */
        OPENSSL,
        /** The JDK. */
        JDK
    }

    /**
     * What is written down.
     *
     * @param enabled   whether there is an audit log
     * @param dir       where its files lie
     * @param keyFile   the key that chains its lines
     * @param fileBytes size from which on a new file is begun
     * @param queue     lines that may wait to be written
     */
    public record Audit(boolean enabled, Path dir, Path keyFile, long fileBytes, int queue) {}

    /** Returns whether whoever connects is asked for a token. */
    public boolean asksForTokens() {
        return tokens != null;
    }

    static SecurityConfiguration of(ConfigurationLoader from, Path dataDir) {
        Tls tls = new Tls(
                path(from, ServerOption.TLS_CERTIFICATE, null),
                path(from, ServerOption.TLS_KEY, null),
                path(from, ServerOption.TLS_CLIENT_CA, null),
                ServerConfiguration.choice(from, ServerOption.TLS_PROVIDER, TlsProvider.values()));
        if ((tls.certificate == null) != (tls.key == null)) {
            throw new ConfigurationException("TLS takes both or none of tls.certificate and tls.key");
        }
        if (tls.clientCa != null && !tls.isOn()) {
            throw new ConfigurationException("tls.client-ca asks for tls.certificate and tls.key too");
        }
        Path dir = path(from, ServerOption.AUDIT_DIR, dataDir.resolve("audit"));
        Audit audit = new Audit(
                from.enabled(ServerOption.AUDIT_ENABLED),
                dir,
                path(from, ServerOption.AUDIT_KEY_FILE, dir.resolve("audit.key")),
                from.size(ServerOption.AUDIT_FILE_SIZE),
                from.integer(ServerOption.AUDIT_QUEUE));
        return new SecurityConfiguration(
                tls,
                path(from, ServerOption.AUTH_TOKENS, null),
                audit,
                from.duration(ServerOption.RELOAD_INTERVAL).toMillis());
    }

    private static Path path(ConfigurationLoader from, ServerOption option, Path otherwise) {
        String text = from.text(option);
        return text.isEmpty() ? otherwise : Path.of(text);
    }
}
