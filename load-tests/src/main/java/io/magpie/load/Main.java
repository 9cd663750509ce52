package io.magpie.load;

import io.magpie.load.demo.DemoCommand;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The commands {@code magpie load} and {@code magpie demo}; the launcher starts it. */
@Command(
        name = "magpie",
        description = "Load tests and the demo.",
        subcommands = {LoadCommand.class, DemoCommand.class})
public final class Main implements Runnable {
    /** Exit code of what was tried and did not succeed. */
    static final int FAILED = 1;

    @Spec
    private CommandSpec spec;

    private Main() {}

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is needed: load or demo");
    }

    /** Runs one command and ends the JVM with 0 for done, 1 for failed, 2 for bad usage. */
    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        CommandLine line = new CommandLine(new Main());
        line.getSubcommands().get("load").getCommandSpec().usageMessage().footer(RunOptions.scenarios());
        return line.setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler((exception, arguments) -> {
                    PrintWriter err = exception.getCommandLine().getErr();
                    err.println("magpie: " + exception.getMessage() + " (see magpie "
                            + exception.getCommandLine().getCommandName() + " --help)");
                    return CommandLine.ExitCode.USAGE;
                })
                .setExecutionExceptionHandler((exception, command, result) -> {
                    command.getErr().println("magpie: " + message(exception));
                    return FAILED;
                });
    }

    private static String message(Throwable thrown) {
        String message = thrown.getMessage();
        return message == null || message.isBlank() ? thrown.toString() : message;
    }
}
