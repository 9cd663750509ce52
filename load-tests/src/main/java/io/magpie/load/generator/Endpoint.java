package io.magpie.load.generator;

import io.magpie.client.ClientTls;
import io.netty.channel.Channel;
import io.netty.handler.ssl.SslContext;
import java.net.InetSocketAddress;
import java.util.function.Supplier;

/**
 * Where a server is, and how it is spoken to. Immutable; thread-safe.
 *
 * @param address where
 * @param tls     null speaks none
 * @param token   shown with hello; empty shows none
 */
public record Endpoint(InetSocketAddress address, SslContext tls, Supplier<String> token) {
    /** A server that asks nobody who they are. */
    public static Endpoint plain(InetSocketAddress address) {
        return new Endpoint(address, null, () -> "");
    }

    /**
     * A server that wants to know.
     *
     * @param tls null speaks none
     * @throws IllegalArgumentException if its files cannot be used
     */
    public static Endpoint of(InetSocketAddress address, ClientTls tls, Supplier<String> token) {
        return new Endpoint(address, tls == null ? null : tls.context(), token);
    }

    void secure(Channel channel) {
        if (tls != null) {
            channel.pipeline().addLast(tls.newHandler(channel.alloc(), address.getHostString(), address.getPort()));
        }
    }
}
