package io.magpie.server.security;

import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLPeerUnverifiedException;

/** The certificate that the other side of a TLS connection has shown. */
public final class PeerCertificate {
    private PeerCertificate() {}

    /** Returns its subject as RFC 2253 writes it; empty if none was shown. */
    public static String subject(SSLEngine engine) {
        try {
            return engine.getSession().getPeerCertificates()[0] instanceof X509Certificate shown
                    ? shown.getSubjectX500Principal().getName()
                    : "";
        } catch (SSLPeerUnverifiedException e) {
            return "";
        }
    }
}
