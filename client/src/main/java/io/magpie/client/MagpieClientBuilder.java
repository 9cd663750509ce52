package io.magpie.client;

import io.magpie.protocol.ProtocolLimits;
import io.netty.buffer.ByteBufUtil;
import io.netty.handler.ssl.SslContext;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Describes a client. Not thread-safe; may be used for several clients.
 *
 * <p>Defaults: 2 connections on 1 event loop, 1 s to connect, 250 ms for a call, 2 retries of verbs that only read,
 * 1,024 calls and 64 MiB in flight on a connection, reconnect after 50 ms to 10 s, ping after 30 s of silence.
 */
public final class MagpieClientBuilder {
    private final String host;
    private final int port;
    private int connections = 2;
    private int eventLoops = 1;
    private Duration connectTimeout = Duration.ofSeconds(1);
    private Duration requestTimeout = Duration.ofMillis(250);
    private int retries = 2;
    private int maxInFlight = 1_024;
    private long maxInFlightBytes = 64L << 20;
    private Duration firstBackoff = Duration.ofMillis(50);
    private Duration mostBackoff = Duration.ofSeconds(10);
    private Duration keepAlive = Duration.ofSeconds(30);
    private Supplier<String> token = () -> "";
    private String clientName = "magpie-java";
    private SslContext ssl;

    MagpieClientBuilder(String host, int port) {
        if (port < 1 || port > 0xFFFF) {
            throw new IllegalArgumentException("a port lies from 1 to 65535: port=" + port);
        }
        this.host = host;
        this.port = port;
    }

    /** How many connections are kept. One carries many calls at once; more spread over the server's event loops. */
    public MagpieClientBuilder connections(int count) {
        connections = requireRange("connections", count, 1, 1_024);
        return this;
    }

    /** How many threads serve the connections. */
    public MagpieClientBuilder eventLoops(int count) {
        eventLoops = requireRange("eventLoops", count, 1, 256);
        return this;
    }

    /** How long one attempt to connect may take; hello may take as long again. */
    public MagpieClientBuilder connectTimeout(Duration timeout) {
        requirePositive("connectTimeout", timeout);
        connectTimeout = timeout;
        return this;
    }

    /** How long a call may take, retries included; {@link MagpieClient#withTimeout} changes it for single calls. */
    public MagpieClientBuilder requestTimeout(Duration timeout) {
        requirePositive("requestTimeout", timeout);
        requestTimeout = timeout;
        return this;
    }

    /** How often a verb that only reads, or events that bear ids, are sent again when the connection is lost. */
    public MagpieClientBuilder retries(int most) {
        retries = requireRange("retries", most, 0, 10);
        return this;
    }

    /** How many calls may wait for an answer on one connection; more fail at once. */
    public MagpieClientBuilder maxInFlight(int calls) {
        maxInFlight = requireRange("maxInFlight", calls, 1, 32_768);
        return this;
    }

    /** How many bytes of requests may wait for an answer on one connection; more fail at once. */
    public MagpieClientBuilder maxInFlightBytes(long bytes) {
        if (bytes < 1) {
            throw new IllegalArgumentException("out of range: maxInFlightBytes=" + bytes + " least=1");
        }
        maxInFlightBytes = bytes;
        return this;
    }

    /** Bounds of the wait before a lost connection is made again: doubled from first to most, drawn evenly from 0. */
    public MagpieClientBuilder reconnectBackoff(Duration first, Duration most) {
        requirePositive("first", first);
        if (most.compareTo(first) < 0) {
            throw new IllegalArgumentException(
                    "the longest wait is not shorter than the first: most=" + most + " first=" + first);
        }
        firstBackoff = first;
        mostBackoff = most;
        return this;
    }

    /** After how much silence the server is pinged; no answer within the request timeout ends the connection. */
    public MagpieClientBuilder keepAlive(Duration silence) {
        requirePositive("keepAlive", silence);
        keepAlive = silence;
        return this;
    }

    /** The credentials, sent at hello. */
    public MagpieClientBuilder token(String secret) {
        String checked = requireLength("token", secret, ProtocolLimits.MAX_TOKEN_LENGTH);
        token = () -> checked;
        return this;
    }

    /** The credentials, read from a file at each hello, so that a token that is replaced there needs no restart. */
    public MagpieClientBuilder tokenFile(Path file) {
        token = () -> read(file);
        return this;
    }

    private static String read(Path file) {
        try {
            return requireLength("token", Files.readString(file).trim(), ProtocolLimits.MAX_TOKEN_LENGTH);
        } catch (IOException e) {
            throw new MagpieConnectionException("the file of the token cannot be read: file=" + file, false, e);
        }
    }

    /** Says to the server who is calling, for its log. */
    public MagpieClientBuilder clientName(String name) {
        clientName = requireLength("clientName", name, ProtocolLimits.MAX_TEXT_LENGTH);
        return this;
    }

    /** Speaks TLS, with what this context trusts and the certificate that it shows. */
    public MagpieClientBuilder tls(SslContext context) {
        ssl = context;
        return this;
    }

    /**
     * Speaks TLS.
     *
     * @throws IllegalArgumentException if its files cannot be used
     */
    public MagpieClientBuilder tls(ClientTls settings) {
        return tls(settings.context());
    }

    /**
     * Builds the client and waits until it is connected.
     *
     * @throws MagpieException if no connection could be made, or the server refused this client
     */
    public MagpieClient connect() {
        return build(true);
    }

    /** Builds the client and goes on: it connects in the background, and calls fail until it has. */
    public MagpieClient connectInBackground() {
        return build(false);
    }

    private MagpieClient build(boolean wait) {
        ClientConfiguration.Connecting connecting = new ClientConfiguration.Connecting(
                connections,
                (int) Math.min(Integer.MAX_VALUE, Math.max(1, connectTimeout.toMillis())),
                firstBackoff.toNanos(),
                mostBackoff.toNanos(),
                keepAlive.toNanos(),
                token,
                clientName,
                ssl);
        ClientConfiguration configuration = new ClientConfiguration(
                InetSocketAddress.createUnresolved(host, port),
                connecting,
                requestTimeout.toNanos(),
                retries,
                maxInFlight,
                maxInFlightBytes,
                Math.min(eventLoops, connections));
        Connections started = new Connections(configuration);
        started.start(wait);
        return new MagpieClient(new MagpieAsyncClient(new Sender(started, configuration.requestTimeoutNanos()), 0));
    }

    static long requirePositive(String name, Duration duration) {
        if (duration.isNegative() || duration.isZero() || duration.compareTo(Duration.ofDays(1)) > 0) {
            throw new IllegalArgumentException("above 0 and at most a day: " + name + "=" + duration);
        }
        return TimeUnit.NANOSECONDS.convert(duration);
    }

    private static int requireRange(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    "out of range: " + name + "=" + value + " least=" + least + " most=" + most);
        }
        return value;
    }

    private static String requireLength(String name, String value, int mostBytes) {
        int length = ByteBufUtil.utf8Bytes(value);
        if (length > mostBytes) {
            // The value itself may be a secret.
            throw new IllegalArgumentException("too long: " + name + "Bytes=" + length + " most=" + mostBytes);
        }
        return value;
    }
}
