package io.magpie.server;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Certificates made for one test, as files in PEM. */
public final class TestCertificates {
    private final Path directory;
    private final X509Bundle authority;

    /** Makes an authority and its file. */
    public TestCertificates(Path directory) throws Exception {
        this.directory = Files.createDirectories(directory);
        authority = new CertificateBuilder()
                .subject("CN=magpie test authority " + System.nanoTime())
                .setIsCertificateAuthority(true)
                .buildSelfSigned();
        Files.writeString(authority(), authority.getCertificatePEM());
    }

    /** Returns the file of the authority. */
    public Path authority() {
        return directory.resolve("authority.pem");
    }

    /** Returns the file of a certificate. */
    public Path certificate(String name) {
        return directory.resolve(name + ".pem");
    }

    /** Returns the file of its key. */
    public Path key(String name) {
        return directory.resolve(name + ".key");
    }

    /** Makes a certificate for 127.0.0.1, in place of one that had this name. */
    public X509Bundle issue(String name, String subject) throws Exception {
        return write(name, new CertificateBuilder().subject(subject).addSanIpAddress("127.0.0.1"));
    }

    /** Makes a certificate for another host. */
    public X509Bundle issueElsewhere(String name, String subject) throws Exception {
        return write(name, new CertificateBuilder().subject(subject).addSanDnsName("elsewhere.example"));
    }

    /** Makes a certificate that has ended. */
    public X509Bundle issueExpired(String name, String subject) throws Exception {
        Instant now = Instant.now();
        return write(
                name,
                new CertificateBuilder()
                        .subject(subject)
                        .addSanIpAddress("127.0.0.1")
                        .notBefore(now.minus(Duration.ofDays(2)))
                        .notAfter(now.minus(Duration.ofDays(1))));
    }

    private X509Bundle write(String name, CertificateBuilder builder) throws Exception {
        X509Bundle bundle =
                builder.algorithm(CertificateBuilder.Algorithm.ecp256).buildIssuedBy(authority);
        Files.writeString(key(name), bundle.getPrivateKeyPEM());
        Files.writeString(certificate(name), bundle.getCertificatePathPEM());
        return bundle;
    }

    /** Reads the first certificate of a file. */
    public static X509Certificate read(Path file) throws Exception {
        try (InputStream in = Files.newInputStream(file)) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
        }
    }

    /** Returns a context that trusts the authority of a file. */
    public static SSLContext trusting(Path authority) throws Exception {
        KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        trusted.setCertificateEntry("authority", read(authority));
        TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        return context;
    }
}
