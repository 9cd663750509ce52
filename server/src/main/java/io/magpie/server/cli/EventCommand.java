package io.magpie.server.cli;

import io.magpie.client.Event;
import io.magpie.client.MagpieClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code magpie event}: something that a person did with an item. */
@Command(
        name = "event",
        mixinStandardHelpOptions = true,
        description =
                "Records that a person did something with an item: it moves the source's interest towards the item, and"
                        + " the item counts as seen. The next answer follows it.")
final class EventCommand extends ClientCommand {
    @Option(
            names = "--profile",
            required = true,
            paramLabel = "ID",
            converter = OptionConverters.Id.class,
            description = "who; made if it is not there")
    private long profile;

    @Option(names = "--source", required = true, paramLabel = "NAME", description = "which source tells of it")
    private String source;

    @Option(
            names = "--item",
            required = true,
            paramLabel = "ID",
            converter = OptionConverters.Id.class,
            description = "with which item")
    private long item;

    @Option(
            names = "--strength",
            paramLabel = "S",
            defaultValue = "1",
            description = "how much it says; below 0 moves away (default 1)")
    private double strength;

    @Option(
            names = "--time",
            paramLabel = "T",
            converter = OptionConverters.Time.class,
            description = "when: an instant or milliseconds since 1970 (default now)")
    private Long time;

    @Override
    int run(MagpieClient client) {
        long timeMillis = time != null ? time : System.currentTimeMillis();
        client.recordEvent(new Event(profile, source(client.serverInfo(), source), item, strength, timeMillis));
        out().println("done");
        return 0;
    }
}
