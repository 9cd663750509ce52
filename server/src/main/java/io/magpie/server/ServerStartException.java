package io.magpie.server;

/** The server cannot start. The message is one line for the operator: what is wrong and what to do. */
public final class ServerStartException extends Exception {
    ServerStartException(String message, Throwable cause) {
        super(message, cause);
    }
}
