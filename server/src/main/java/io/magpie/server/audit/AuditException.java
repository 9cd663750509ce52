package io.magpie.server.audit;

/** The audit log cannot be used; the text says why and what to do. */
public final class AuditException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Creates one. */
    public AuditException(String message, Throwable cause) {
        super(message, cause);
    }
}
