package io.magpie.server.cli;

import java.net.Inet6Address;
import java.net.InetSocketAddress;

/** Addresses as people and scripts write them. */
final class HostPort {
    private HostPort() {}

    /** Returns {@code 127.0.0.1:7400} or {@code [::1]:7400}. */
    static String of(InetSocketAddress address) {
        String host = address.getAddress().getHostAddress();
        return (address.getAddress() instanceof Inet6Address ? '[' + host + ']' : host) + ':' + address.getPort();
    }
}
