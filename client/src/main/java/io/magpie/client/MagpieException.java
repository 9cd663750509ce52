package io.magpie.client;

/**
 * A call did not succeed. The subclass says how; {@link #mayHaveBeenApplied()} says whether the server may have changed
 * something all the same.
 */
public abstract class MagpieException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean mayHaveBeenApplied;

    MagpieException(String message, boolean mayHaveBeenApplied, Throwable cause) {
        super(message, cause);
        this.mayHaveBeenApplied = mayHaveBeenApplied;
    }

    /**
     * Returns whether the change asked for may have been made: true when the request was sent and no answer came.
     * Always false for verbs that only read.
     */
    public boolean mayHaveBeenApplied() {
        return mayHaveBeenApplied;
    }
}
