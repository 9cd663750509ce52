package io.magpie.core.store;

/** The state cannot be opened or kept. The message says what is wrong and what to do; it is meant for the operator. */
public final class StateStoreException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Says what is wrong and what to do. */
    public StateStoreException(String message) {
        super(message);
    }

    /** Says what is wrong and what to do, and what was thrown beneath. */
    public StateStoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
