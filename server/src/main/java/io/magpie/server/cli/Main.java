package io.magpie.server.cli;

import io.magpie.server.config.Release;
import io.magpie.server.data.DataException;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * The root command. Errors are one line on stderr that names the fix; exit codes: 0 done, 1 failed, 2 bad usage.
 */
@Command(
        name = "magpie",
        mixinStandardHelpOptions = true,
        version = "magpie " + Release.VERSION,
        description = "An in-memory scoring server: which goods for this person, now.",
        footer = {
            "",
            "Also: `magpie demo` shows it all, `magpie load` tests a server under load, `magpie bench` measures it."
        },
        subcommands = {
            ServeCommand.class,
            ImportCommand.class,
            RecommendCommand.class,
            ScoreCommand.class,
            SimilarCommand.class,
            PopularCommand.class,
            WhyCommand.class,
            GetCommand.class,
            EraseCommand.class,
            StatsCommand.class,
            PingCommand.class,
            ItemCommand.class,
            CatalogueCommand.class,
            SlotCommand.class,
            EventCommand.class,
            ConsentCommand.class,
            MarkCommand.class,
            ExportCommand.class,
            LinkCommand.class,
            UnlinkCommand.class,
            SnapshotCommand.class,
            RestoreCommand.class,
            VerifyCommand.class,
            EvalCommand.class,
            QualityCommand.class,
            TokenCommand.class,
            AuditCommand.class,
            MigrateCommand.class
        })
public final class Main implements Runnable {
    @Spec
    private CommandSpec spec;

    /** Runs the command named by {@code args} and exits the process with its code. */
    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    /** Makes the whole command line, with its way of telling errors. */
    static CommandLine commandLine() {
        return new CommandLine(new Main())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpWidth(100)
                .setParameterExceptionHandler((e, args) -> {
                    CommandLine command = e.getCommandLine();
                    String name = command.getCommandSpec().qualifiedName();
                    say(command.getErr(), e.getMessage() + " (`" + name + " --help` shows how)");
                    return CommandException.BAD_USAGE;
                })
                .setExecutionExceptionHandler((e, command, result) -> {
                    if (e instanceof CommandException told) {
                        say(command.getErr(), told.getMessage());
                        return told.exitCode();
                    }
                    if (e instanceof DataException) {
                        say(command.getErr(), e.getMessage());
                        return CommandException.FAILED;
                    }
                    say(command.getErr(), "unexpected: " + e);
                    e.printStackTrace(command.getErr());
                    return CommandException.FAILED;
                });
    }

    private static void say(PrintWriter err, String message) {
        err.println("magpie: " + message.replace('\n', ' '));
        err.flush();
    }

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "name a command");
    }
}
