package io.magpie.server.security;

import io.magpie.server.config.ConfigurationException;
import io.magpie.server.config.SecurityConfiguration.Tls;
import io.magpie.server.config.SecurityConfiguration.TlsProvider;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import javax.net.ssl.SSLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The TLS contexts of new connections, as the files have them now: one for the wire, which asks for clients'
 * certificates where an authority is configured, and one for the admin port, which does not. TLS 1.3 only. Thread-safe.
 */
public final class TlsContexts implements ReloadedFiles {
    private static final Logger LOG = LoggerFactory.getLogger(TlsContexts.class);

    private final Tls options;
    private final SslProvider provider;
    private volatile SslContext wire;
    private volatile SslContext admin;
    private String seen;

    private TlsContexts(Tls options, SslProvider provider) {
        this.options = options;
        this.provider = provider;
    }

    /**
     * Reads the files.
     *
     * @return null if TLS is off
     * @throws ConfigurationException if they cannot be used; the text says why
     */
    public static TlsContexts open(Tls options) {
        if (!options.isOn()) {
            return null;
        }
        if (options.provider() == TlsProvider.OPENSSL && !OpenSsl.isAvailable()) {
            throw new ConfigurationException(
                    "tls.provider=openssl does not load here (" + OpenSsl.unavailabilityCause() + "): use auto or jdk");
        }
        boolean jdk = options.provider() == TlsProvider.JDK || !OpenSsl.isAvailable();
        TlsContexts contexts = new TlsContexts(options, jdk ? SslProvider.JDK : SslProvider.OPENSSL);
        contexts.seen = contexts.fingerprint();
        try {
            contexts.build();
        } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
            throw new ConfigurationException("the files of tls.* cannot be used: " + said(e), e);
        }
        return contexts;
    }

    /** Returns the context of a new connection to the wire port. */
    public SslContext wire() {
        return wire;
    }

    /** Returns the context of a new connection to the admin port. */
    public SslContext admin() {
        return admin;
    }

    /** Returns who does it, for the log. */
    public String provider() {
        return provider == SslProvider.JDK ? "jdk" : OpenSsl.versionString();
    }

    @Override
    public boolean reload() {
        String now = fingerprint();
        if (now.equals(seen)) {
            return false;
        }
        seen = now;
        try {
            X509Certificate taken = build();
            LOG.info(
                    "certificate taken over: subject={} until={}",
                    taken.getSubjectX500Principal().getName(),
                    taken.getNotAfter().toInstant());
            return true;
        } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
            LOG.error("the changed TLS files cannot be used, the old ones hold: reason={}", said(e));
            return false;
        }
    }

    private String fingerprint() {
        StringBuilder text = new StringBuilder();
        for (Path file : List.of(options.certificate(), options.key())) {
            text.append(ReloadedFiles.fingerprint(file)).append(' ');
        }
        return options.clientCa() == null ? text.toString() : text + ReloadedFiles.fingerprint(options.clientCa());
    }

    private X509Certificate build() throws IOException, GeneralSecurityException {
        // Read once, so that what is checked is what is used.
        byte[] certificates = read("tls.certificate", options.certificate());
        byte[] key = read("tls.key", options.key());
        byte[] clientCa = options.clientCa() == null ? null : read("tls.client-ca", options.clientCa());
        X509Certificate first = requireCertificates("tls.certificate", certificates);
        first.checkValidity();
        if (clientCa != null) {
            requireCertificates("tls.client-ca", clientCa);
        }
        requireSameKey(first, privateKey(key));
        SslContext newWire = context(certificates, key, clientCa);
        SslContext newAdmin = clientCa == null ? newWire : context(certificates, key, null);
        warnIfOthersRead(options.key());
        wire = newWire;
        admin = newAdmin;
        return first;
    }

    private SslContext context(byte[] certificates, byte[] key, byte[] clientCa) throws SSLException {
        SslContextBuilder builder = SslContextBuilder.forServer(
                        new ByteArrayInputStream(certificates), new ByteArrayInputStream(key))
                .sslProvider(provider)
                .protocols("TLSv1.3");
        if (clientCa != null) {
            builder.trustManager(new ByteArrayInputStream(clientCa)).clientAuth(ClientAuth.REQUIRE);
        }
        return builder.build();
    }

    private static byte[] read(String option, Path file) throws IOException {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new IOException(option + '=' + file + " cannot be read", e);
        }
    }

    private static X509Certificate requireCertificates(String option, byte[] pem) throws GeneralSecurityException {
        Collection<? extends java.security.cert.Certificate> all =
                CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(pem));
        if (all.isEmpty()) {
            throw new GeneralSecurityException(option + " holds no certificate in PEM");
        }
        return (X509Certificate) all.iterator().next();
    }

    private static PrivateKey privateKey(byte[] key) throws GeneralSecurityException {
        try {
            return PemKey.read(key);
        } catch (IllegalArgumentException e) {
            throw new GeneralSecurityException(
                    "tls.key holds no private key in PEM, PKCS #8, not encrypted (openssl pkcs8 -topk8 -nocrypt)", e);
        }
    }

    /** A key that does not belong to the certificate would show only when the first client comes. */
    private static void requireSameKey(X509Certificate certificate, PrivateKey key) throws GeneralSecurityException {
        String algorithm = key.getAlgorithm();
        String signing =
                algorithm.equals("EC") ? "SHA256withECDSA" : algorithm.equals("RSA") ? "SHA256withRSA" : algorithm;
        byte[] probe = {1, 2, 3, 4};
        Signature signer = Signature.getInstance(signing);
        signer.initSign(key);
        signer.update(probe);
        byte[] signed = signer.sign();
        boolean same = false;
        try {
            signer.initVerify(certificate.getPublicKey());
            signer.update(probe);
            same = signer.verify(signed);
        } catch (GeneralSecurityException e) {
            same = false;
        }
        if (!same) {
            throw new GeneralSecurityException("tls.key is not the key of the certificate in tls.certificate");
        }
    }

    private static void warnIfOthersRead(Path key) {
        try {
            if (Files.getPosixFilePermissions(key).contains(PosixFilePermission.OTHERS_READ)) {
                LOG.warn("everybody on this machine can read the private key: file={} (chmod o-r)", key);
            }
        } catch (IOException | UnsupportedOperationException e) {
            LOG.debug("permissions of the private key are not known", e);
        }
    }

    private static String said(Exception e) {
        String text = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        return text.replace('\n', ' ');
    }
}
