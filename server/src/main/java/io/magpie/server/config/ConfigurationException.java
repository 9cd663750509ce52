package io.magpie.server.config;

/** An option is unknown, malformed or out of range. The message is one line that names the option and what it takes. */
public final class ConfigurationException extends RuntimeException {
    public ConfigurationException(String message) {
        super(message);
    }

    public ConfigurationException(String message, Throwable cause) {
        super(message, cause);
    }
}
