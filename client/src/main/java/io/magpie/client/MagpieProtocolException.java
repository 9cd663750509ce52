package io.magpie.client;

/** The other side sent something that this client does not understand; the connection is closed. */
public final class MagpieProtocolException extends MagpieException {
    private static final long serialVersionUID = 1L;

    MagpieProtocolException(String message, boolean mayHaveBeenApplied) {
        super(message, mayHaveBeenApplied, null);
    }
}
