package io.magpie.server.cli;

import io.magpie.client.MagpieClient;
import io.magpie.client.MagpieConnectionException;
import io.magpie.client.MagpieException;
import io.magpie.client.MagpieServerException;
import io.magpie.client.MagpieTimeoutException;
import io.magpie.client.ServerInfo;
import io.magpie.protocol.Status;
import io.magpie.server.cli.bulk.BulkWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A command that talks to a server through the SDK and tells in one line what that throws. */
abstract class ClientCommand implements Callable<Integer> {
    /** Statuses below are said about what was asked, others about the server. */
    private static final int FIRST_STATUS_OF_SERVER = 256;

    @Spec
    private CommandSpec spec;

    @Mixin
    private ConnectOptions connect;

    @Override
    public final Integer call() throws Exception {
        check();
        try (MagpieClient client = connect.open()) {
            return run(client);
        } catch (MagpieException e) {
            throw CommandException.failed(explained(e), e);
        } finally {
            out().flush();
        }
    }

    /** Says in one line what the SDK threw, and what to do. */
    private String explained(MagpieException e) {
        if (e instanceof MagpieServerException refused && refused.code() < FIRST_STATUS_OF_SERVER) {
            Status status = refused.status();
            // About lengths and limits the server's own words say which.
            boolean said = status == Status.OUT_OF_RANGE || status == Status.WRONG_DIMENSION;
            return said ? e.getMessage() : BulkWriter.reason(status);
        }
        if (e instanceof MagpieServerException refused && refused.status() == Status.UNAUTHENTICATED) {
            return e.getMessage() + ": give one that is valid with --token-file FILE";
        }
        if (e instanceof MagpieConnectionException) {
            return "no connection to " + connect.address()
                    + ": start a server with `magpie serve`, or name another with" + " --connect HOST:PORT"
                    + (e.mayHaveBeenApplied() ? "; the change may have been made" : "");
        }
        if (e instanceof MagpieTimeoutException) {
            return "no answer from " + connect.address() + " in time: give it longer with --timeout"
                    + (e.mayHaveBeenApplied() ? "; the change may have been made" : "");
        }
        return e.getMessage();
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
