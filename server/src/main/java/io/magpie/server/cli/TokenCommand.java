package io.magpie.server.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code magpie token}: tokens for clients. */
@Command(
        name = "token",
        mixinStandardHelpOptions = true,
        description = "Makes tokens that clients show a server.",
        subcommands = NewTokenCommand.class)
final class TokenCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "name what to do: new");
    }
}
