package io.magpie.client;

import io.netty.handler.ssl.SslContext;
import java.net.InetSocketAddress;
import java.util.function.Supplier;

/** What a client was built with; checked by the builder, never changed. */
record ClientConfiguration(
        InetSocketAddress address,
        Connecting connecting,
        long requestTimeoutNanos,
        int retries,
        int maxInFlight,
        long maxInFlightBytes,
        int eventLoops) {

    /** How connections are made and kept. */
    record Connecting(
            int connections,
            int connectTimeoutMillis,
            long firstBackoffNanos,
            long mostBackoffNanos,
            long keepAliveNanos,
            Supplier<String> token,
            String clientName,
            SslContext ssl) {
        @Override
        public String toString() {
            return "Connecting[connections=" + connections + ", clientName=" + clientName + "]";
        }
    }
}
