package io.magpie.client;

/** More calls are in flight than the client admits, or the server said OVERLOADED. Nothing was done. */
public final class MagpieOverloadedException extends MagpieException {
    private static final long serialVersionUID = 1L;

    private final long retryAfterMicros;

    MagpieOverloadedException(String message, long retryAfterMicros) {
        super(message, false, null);
        this.retryAfterMicros = retryAfterMicros;
    }

    /** Returns after how many microseconds the server thinks that another try makes sense; 0 for not said. */
    public long retryAfterMicros() {
        return retryAfterMicros;
    }
}
