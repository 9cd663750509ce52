package io.magpie.benchmarks;

import io.magpie.benchmarks.loopback.LoopbackCommand;
import io.magpie.server.config.Release;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.concurrent.Callable;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command {@code magpie bench}: runs the JMH benchmarks and writes what they say. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        version = "magpie " + Release.VERSION,
        subcommands = LoopbackCommand.class,
        description = "Runs the JMH benchmarks and writes their results as JSON, Markdown and HTML.")
public final class Main implements Callable<Integer> {
    private static final int FAILED = 1;

    @Option(
            names = "--quick",
            description = "catalogues of 10,000 and 100,000 made items, short iterations: minutes instead of hours; for"
                    + " a look, not for quoting")
    private boolean quick;

    @Option(
            names = "--only",
            paramLabel = "REGEX",
            defaultValue = ".*",
            description = "only benchmarks whose name matches, e.g. ItemIndexQuery (default: all)")
    private String only;

    @Option(
            names = "--report",
            paramLabel = "DIR",
            defaultValue = "bench-report",
            description = "where jmh.json, report.md and report.html go (default ${DEFAULT-VALUE})")
    private Path report;

    @Option(
            names = "--baseline",
            paramLabel = "FILE",
            description = "jmh.json of an earlier run: the report shows the change with its error")
    private Path baseline;

    @Option(names = "--from", paramLabel = "FILE", description = "run nothing, make the report of this jmh.json")
    private Path results;

    private Main() {}

    /** Runs the command and ends the JVM with 0 for done, 1 for failed, 2 for bad usage. */
    public static void main(String[] arguments) {
        CommandLine magpie =
                new CommandLine(CommandLine.Model.CommandSpec.create().name("magpie"));
        magpie.addSubcommand(new Main());
        magpie.setParameterExceptionHandler((exception, given) -> {
            exception
                    .getCommandLine()
                    .getErr()
                    .println("magpie: " + exception.getMessage() + " (see magpie bench --help)");
            return CommandLine.ExitCode.USAGE;
        });
        magpie.setExecutionExceptionHandler((exception, command, result) -> {
            command.getErr().println("magpie: " + exception.getMessage());
            return FAILED;
        });
        System.exit(magpie.execute(arguments));
    }

    private void writeReport(Path json) throws IOException {
        BenchReport.write(json, baseline, report);
        System.out.println(
                "written: " + json + ", " + report.resolve("report.md") + ", " + report.resolve("report.html"));
    }

    @Override
    public Integer call() throws IOException, RunnerException {
        Files.createDirectories(report);
        if (baseline != null && !Files.isRegularFile(baseline)) {
            throw new IOException("no such file: --baseline=" + baseline);
        }
        if (results != null) {
            writeReport(results);
            return 0;
        }
        Path json = report.resolve("jmh.json");
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include(only)
                .addProfiler(GCProfiler.class)
                .resultFormat(ResultFormatType.JSON)
                .result(json.toString());
        if (quick) {
            options.param("items", "10000", "100000")
                    .param("data", "friendly", "hard")
                    .forks(1)
                    .warmupIterations(2)
                    .warmupTime(TimeValue.seconds(1))
                    .measurementIterations(3)
                    .measurementTime(TimeValue.seconds(1));
        }
        Collection<RunResult> measured = new Runner(options.build()).run();
        if (measured.isEmpty()) {
            throw new IOException("no benchmark's name matches: only=" + only);
        }
        writeReport(json);
        return 0;
    }
}
