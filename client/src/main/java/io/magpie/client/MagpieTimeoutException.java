package io.magpie.client;

/** No answer came in time. If one still comes, it is dropped. */
public final class MagpieTimeoutException extends MagpieException {
    private static final long serialVersionUID = 1L;

    MagpieTimeoutException(String message, boolean mayHaveBeenApplied) {
        super(message, mayHaveBeenApplied, null);
    }
}
