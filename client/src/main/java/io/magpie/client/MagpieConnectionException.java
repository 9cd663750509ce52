package io.magpie.client;

/** There is no connection, or it was lost before the answer came. */
public final class MagpieConnectionException extends MagpieException {
    private static final long serialVersionUID = 1L;

    MagpieConnectionException(String message, boolean mayHaveBeenApplied, Throwable cause) {
        super(message, mayHaveBeenApplied, cause);
    }
}
