package io.magpie.server.cli;

import io.magpie.client.MagpieClient;
import io.magpie.client.ServerInfo;
import io.magpie.client.SlotUpdate;
import java.io.IOException;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code magpie slot}: sets a source's interest vector. */
@Command(
        name = "slot",
        mixinStandardHelpOptions = true,
        description = "Sets the interest vector that one source has of a person.")
final class SlotCommand extends ClientCommand {
    @ArgGroup(multiplicity = "1")
    private PersonOptions who;

    @Option(names = "--source", required = true, paramLabel = "NAME", description = "from which source")
    private String source;

    @Mixin
    private VectorOption vector;

    @Option(
            names = "--evidence",
            paramLabel = "E",
            defaultValue = "1",
            description = "how much stands behind it, from 0 up (default 1)")
    private double evidence;

    @Mixin
    private SpaceOption space;

    @Mixin
    private TimeOption time;

    @Mixin
    private VersionCondition condition;

    private float[] values;

    @Override
    void check() throws IOException {
        if (!(evidence >= 0 && evidence < Double.POSITIVE_INFINITY)) {
            throw CommandException.badUsage("--evidence needs a number from 0 up: evidence=" + evidence);
        }
        values = vector.read();
    }

    @Override
    int run(MagpieClient client) {
        ServerInfo server = client.serverInfo();
        long timeMillis = time.orNow();
        int spaceId = space.orLive(server);
        SlotUpdate slot =
                new SlotUpdate(who.person(server), source(server, source), spaceId, values, evidence, timeMillis);
        who.printDone(out(), condition.isGiven() ? client.putSlot(slot, condition.version()) : client.putSlot(slot));
        return 0;
    }
}
