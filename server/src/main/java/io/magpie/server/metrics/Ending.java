package io.magpie.server.metrics;

/** Why the server ended a connection. */
public enum Ending {
    /** No hello in time. */
    NO_HELLO("no-hello", "no hello came in time (limits.hello-timeout)"),
    /** A frame was begun and not finished in time. */
    SLOW_FRAME("slow-frame", "a frame was begun and not finished in time (limits.frame-timeout)"),
    /** Replies were not taken in time. */
    STALLED("stalled", "replies were not taken in time (limits.stall-timeout)"),
    /** Nothing was asked for long. */
    IDLE("idle", "nothing was asked for long (limits.idle-timeout)"),
    /** No TLS, or a certificate that is not trusted. */
    TLS("tls", "TLS failed"),
    /** No valid token. */
    UNAUTHENTICATED("unauthenticated", "no valid token"),
    /** The token was revoked, or has ended. */
    REVOKED("revoked", "the token was revoked or has ended");

    private final String label;
    private final String words;

    Ending(String label, String words) {
        this.label = label;
        this.words = words;
    }

    /** Returns its name in counters. */
    public String label() {
        return label;
    }

    /** Returns what the other side is told. */
    public String words() {
        return words;
    }
}
