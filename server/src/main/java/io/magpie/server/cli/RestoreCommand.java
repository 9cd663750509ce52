package io.magpie.server.cli;

import io.magpie.core.store.StateRestore;
import io.magpie.core.store.StateStoreException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
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

    @ArgGroup(multiplicity = "1")
    private Erased erased;

    /** Who is left out: one of the two must be said. */
    private static final class Erased {
        @Option(
                names = "--erasures",
                paramLabel = "FILE_OR_DIR",
                description =
                        "the newest list of erasures: erasures.dat, or the data directory or snapshot that has it;"
                                + " whoever was erased since the snapshot is left out")
        private Path list;

        @Option(
                names = "--without-erasures",
                description =
                        "no newer list is left: bring back everybody whom the snapshot holds, erased since or not")
        private boolean none;
    }

    @Option(names = "--profiles", paramLabel = "N", description = "room for profiles, in place of as much as there was")
    private Long profiles;

    @Option(names = "--items", paramLabel = "N", description = "room for items, in place of as much as there was")
    private Long items;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        long maxProfiles = room("--profiles", profiles);
        long maxItems = room("--items", items);
        try {
            StateRestore.Result result = erased.none
                    ? StateRestore.restore(snapshot, target, maxProfiles, maxItems)
                    : StateRestore.restore(snapshot, target, maxProfiles, maxItems, erased.list);
            spec.commandLine()
                    .getOut()
                    .println("restored " + target + ": entries=" + result.entries() + " sequence="
                            + Long.toUnsignedString(result.sequence()) + " left out as erased="
                            + result.erasedParts());
            if (erased.none) {
                spec.commandLine()
                        .getErr()
                        .println("magpie: whoever was erased since the snapshot is back: erase them again");
                spec.commandLine().getErr().flush();
            }
            return 0;
        } catch (StateStoreException | IllegalArgumentException e) {
            throw CommandException.failed(e.getMessage(), e);
        } finally {
            spec.commandLine().getOut().flush();
        }
    }

    /** Returns the room asked for, or 0 for as much as there was. */
    private static long room(String option, Long asked) {
        if (asked != null && asked < 1) {
            throw CommandException.badUsage(option + " needs 1 or more: given=" + asked);
        }
        return asked == null ? 0 : asked;
    }
}
