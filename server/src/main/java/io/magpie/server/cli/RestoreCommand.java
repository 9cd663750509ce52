package io.magpie.server.cli;

import io.magpie.core.store.StateRestore;
import io.magpie.core.store.StateStoreException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code magpie restore}: makes a data directory of a snapshot. */
@Command(
        name = "restore",
        mixinStandardHelpOptions = true,
        description = {
            "Makes a data directory of a snapshot; needs no server.",
            "With other sizes, room for more profiles or items comes that way."
        })
final class RestoreCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "SNAPSHOT", description = "directory of the snapshot; it is not changed")
    private Path snapshot;

    @Option(names = "--to", required = true, paramLabel = "DIR", description = "the new data directory")
    private Path target;

    @Option(names = "--profiles", paramLabel = "N", description = "room for profiles, in place of as much as there was")
    private long profiles;

    @Option(names = "--items", paramLabel = "N", description = "room for items, in place of as much as there was")
    private long items;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        try {
            StateRestore.Result result = StateRestore.restore(snapshot, target, profiles, items);
            spec.commandLine()
                    .getOut()
                    .println("restored " + target + ": entries=" + result.entries() + " sequence="
                            + Long.toUnsignedString(result.sequence()) + " left out as erased="
                            + result.erasedParts());
            return 0;
        } catch (StateStoreException | IllegalArgumentException e) {
            throw CommandException.failed(e.getMessage(), e);
        } finally {
            spec.commandLine().getOut().flush();
        }
    }
}
