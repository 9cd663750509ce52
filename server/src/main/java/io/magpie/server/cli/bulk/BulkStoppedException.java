package io.magpie.server.cli.bulk;

/** A bulk load could not go on. The message is one line; the writer's report says what is in by then. */
public final class BulkStoppedException extends Exception {
    private static final long serialVersionUID = 1L;

    BulkStoppedException(String message, Throwable cause) {
        super(message, cause);
    }
}
