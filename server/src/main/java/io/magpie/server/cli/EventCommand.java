package io.magpie.server.cli;

import io.magpie.client.AfterEvents;
import io.magpie.client.Event;
import io.magpie.client.MagpieClient;
import io.magpie.client.Person;
import io.magpie.client.RecommendRequest;
import io.magpie.server.cli.bulk.BulkWriter;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code magpie event}: something that a person did with an item. */
@Command(
        name = "event",
        mixinStandardHelpOptions = true,
        description = {
            "Records that a person did something with an item.",
            "It moves the source's interest towards the item, and the item counts as seen. The next answer follows it."
        })
final class EventCommand extends ClientCommand {
    @ArgGroup(multiplicity = "1")
    private PersonOptions who;

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

    @Mixin
    private TimeOption time;

    @Mixin
    private VersionCondition condition;

    @Option(
            names = "--id",
            paramLabel = "N",
            converter = OptionConverters.Id.class,
            description = "the event's own name, so that a repeat is not applied again")
    private Long id;

    @Option(
            names = "--recommend",
            paramLabel = "N",
            description = "answer with the N best items after the event, in the same round trip")
    private Integer recommend;

    @Mixin
    private AnswerOptions answer;

    @Override
    void check() throws IOException {
        if (recommend != null && recommend < 1) {
            throw CommandException.badUsage("--recommend needs 1 or more: recommend=" + recommend);
        }
        if (recommend != null && condition.isGiven()) {
            throw CommandException.badUsage("--if-version goes with an event alone, not with --recommend");
        }
        answer.check();
    }

    @Override
    int run(MagpieClient client) throws IOException {
        long timeMillis = time.orNow();
        Person person = who.person(client.serverInfo());
        Event event =
                new Event(person, source(client.serverInfo(), source), item, strength, timeMillis, id == null ? 0 : id);
        if (recommend == null) {
            who.printDone(
                    out(),
                    condition.isGiven() ? client.recordEvent(event, condition.version()) : client.recordEvent(event));
            return 0;
        }
        AfterEvents after = client.recordAndRecommend(
                List.of(event), RecommendRequest.forPerson(person).limit(recommend));
        if (!after.isAllApplied()) {
            throw CommandException.failed(
                    "the event was not recorded: "
                            + BulkWriter.reason(after.statuses().get(0)),
                    null);
        }
        long reached = after.recommendations().profileId();
        answer.print(out(), who.label(reached), PersonOptions.orNull(reached), after.recommendations());
        return 0;
    }
}
