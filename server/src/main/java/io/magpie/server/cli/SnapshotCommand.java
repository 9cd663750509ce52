package io.magpie.server.cli;

import io.magpie.client.MagpieClient;
import io.magpie.client.SnapshotStatus;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code magpie snapshot}: has a running server copy its state. */
@Command(
        name = "snapshot",
        mixinStandardHelpOptions = true,
        subcommands = SnapshotScrubCommand.class,
        description = {
            "Has a running server copy its state, as of one change, while it goes on serving.",
            "The copy goes into the server's snapshot.dir. `magpie verify` checks it, `magpie restore` makes a data"
                    + " directory of it."
        })
final class SnapshotCommand extends ClientCommand {
    private static final long PAUSE_MILLIS = 200;

    @Option(
            names = "--to",
            paramLabel = "NAME",
            description = "name of the new directory below the server's snapshot.dir")
    private String name;

    @Option(names = "--no-wait", description = "only start it; `magpie snapshot` without --to tells how far it is")
    private boolean noWait;

    @Option(names = "--cancel", description = "have the one that is under way given up")
    private boolean cancel;

    @Override
    void check() {
        if (cancel && name != null) {
            throw CommandException.badUsage("--cancel and --to do not go together");
        }
    }

    @Override
    int run(MagpieClient client) throws InterruptedException {
        if (cancel) {
            client.cancelSnapshot();
            out().println("given up");
            return 0;
        }
        SnapshotStatus status = name == null ? client.snapshotStatus() : client.startSnapshot(name);
        while (name != null && !noWait && status.state() == SnapshotStatus.State.RUNNING) {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            status = client.snapshotStatus();
        }
        if (status.state() == SnapshotStatus.State.FAILED) {
            throw CommandException.failed("no snapshot: " + status.message(), null);
        }
        out().println(told(status));
        return 0;
    }

    private static String told(SnapshotStatus status) {
        String figures = status.name() + ": entries=" + status.entries() + " bytes=" + status.bytes();
        return switch (status.state()) {
            case NONE -> "none since the server started";
            case RUNNING -> "under way " + figures + " of entries=" + status.entriesExpected();
            case DONE -> "done " + figures + " sequence=" + Long.toUnsignedString(status.sequence());
            case FAILED -> "failed " + status.name();
        };
    }
}
