package io.magpie.client;

import io.magpie.protocol.Status;

/** The server refused the request, and said why. */
public final class MagpieServerException extends MagpieException {
    private static final long serialVersionUID = 1L;

    private final int code;

    MagpieServerException(String message, int code, boolean mayHaveBeenApplied) {
        super(message, mayHaveBeenApplied, null);
        this.code = code;
    }

    /** Returns what the server said; {@link Status#UNRECOGNISED} if it is newer than this client. */
    public Status status() {
        return Status.of(code);
    }

    /** Returns the number of the status, which is there also when this client has no name for it. */
    public int code() {
        return code;
    }
}
