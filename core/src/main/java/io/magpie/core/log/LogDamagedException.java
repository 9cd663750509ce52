package io.magpie.core.log;

import java.io.IOException;

/** The log holds bytes that no crash leaves behind. The message says where, and which records it concerns. */
public final class LogDamagedException extends IOException {
    private static final long serialVersionUID = 1L;

    LogDamagedException(String message) {
        super(message);
    }
}
