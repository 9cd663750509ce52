package io.magpie.server.cli;

import io.magpie.core.store.SnapshotScrub;
import io.magpie.core.store.StateStoreException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code magpie snapshot scrub}: takes the people out of a snapshot who were erased since. */
@Command(
        name = "scrub",
        mixinStandardHelpOptions = true,
        description = {
            "Writes a snapshot anew without the people who were erased since, and overwrites the old one; needs no server.",
            "There must be room beside it for another of its size."
        })
final class SnapshotScrubCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "SNAPSHOT", description = "directory of the snapshot")
    private Path snapshot;

    @Option(
            names = "--erasures",
            required = true,
            paramLabel = "FILE_OR_DIR",
            description = "the newest list of erasures: erasures.dat, or the data directory or snapshot that has it")
    private Path erasures;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        try {
            long left = SnapshotScrub.scrub(snapshot, erasures);
            spec.commandLine().getOut().println("scrubbed " + snapshot + ": left out as erased=" + left);
            return 0;
        } catch (StateStoreException e) {
            throw CommandException.failed(e.getMessage(), e);
        } finally {
            spec.commandLine().getOut().flush();
        }
    }
}
