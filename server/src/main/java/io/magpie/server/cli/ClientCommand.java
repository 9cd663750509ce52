package io.magpie.server.cli;

import io.magpie.client.MagpieClient;
import io.magpie.client.ServerInfo;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A command that talks to a server through the SDK. What the SDK throws is told in one line by {@link Main}. */
abstract class ClientCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private ConnectOptions connect;

    @Override
    public final Integer call() throws Exception {
        check();
        try (MagpieClient client = connect.open()) {
            return run(client);
        } finally {
            out().flush();
        }
    }

    /** Checks options before anything is connected. */
    void check() throws IOException {}

    /** Does the work; returns the exit code. */
    abstract int run(MagpieClient client) throws Exception;

    final PrintWriter out() {
        return spec.commandLine().getOut();
    }

    final PrintWriter err() {
        return spec.commandLine().getErr();
    }

    /** Returns the number of a source. */
    static int source(ServerInfo server, String name) {
        for (ServerInfo.Source source : server.sources()) {
            if (source.name().equals(name)) {
                return source.number();
            }
        }
        throw CommandException.failed(
                "no source of that name: source=" + name + ", and the server has "
                        + String.join(
                                ", ",
                                server.sources().stream()
                                        .map(ServerInfo.Source::name)
                                        .toList())
                        + ": name one of these, or configure it (serve --sources)",
                null);
    }

    /** Returns the number of a purpose. */
    static int purpose(ServerInfo server, String name) {
        for (ServerInfo.Purpose purpose : server.purposes()) {
            if (purpose.name().equals(name)) {
                return purpose.number();
            }
        }
        throw CommandException.failed(
                "no purpose of that name: purpose=" + name + ", and the server knows "
                        + String.join(
                                ", ",
                                server.purposes().stream()
                                        .map(ServerInfo.Purpose::name)
                                        .toList()),
                null);
    }
}
