package io.magpie.server.cli;

import io.magpie.client.MagpieClient;
import java.time.Duration;
import picocli.CommandLine.Option;

/** Which server to talk to; mixed into every command that does. */
final class ConnectOptions {
    @Option(
            names = "--connect",
            paramLabel = "HOST:PORT",
            defaultValue = "127.0.0.1:7400",
            description = "the server (default 127.0.0.1:7400)")
    private String address;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            defaultValue = "5s",
            converter = OptionConverters.Span.class,
            description = "how long to wait for a connection and for an answer, e.g. 500ms or 30s (default 5s)")
    private Duration timeout;

    /** Returns the server's address as it was given. */
    String address() {
        return address;
    }

    /**
     * Connects.
     *
     * @throws CommandException if the address is none
     */
    MagpieClient open() {
        int colon = address.lastIndexOf(':');
        String host = colon < 0 ? "" : address.substring(0, colon);
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        }
        int port = -1;
        try {
            port = Integer.parseInt(address.substring(colon + 1));
        } catch (NumberFormatException e) {
            // said below
        }
        if (host.isEmpty() || port < 1 || port > 65_535) {
            throw CommandException.badUsage("--connect needs HOST:PORT, such as 127.0.0.1:7400: connect=" + address);
        }
        return MagpieClient.builder(host, port)
                .connections(1)
                .connectTimeout(timeout)
                .requestTimeout(timeout)
                .clientName("magpie command line")
                .connect();
    }
}
