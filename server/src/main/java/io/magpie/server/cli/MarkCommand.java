package io.magpie.server.cli;

import io.magpie.client.MagpieClient;
import io.magpie.client.Mark;
import io.magpie.client.Person;
import io.magpie.client.WriteResults;
import io.magpie.protocol.Status;
import io.magpie.server.cli.bulk.BulkWriter;
import java.util.List;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code magpie mark}: items that a person has seen, or was shown. */
@Command(
        name = "mark",
        mixinStandardHelpOptions = true,
        description = {
            "Remembers items as seen by a person, or shown to them, without moving any interest.",
            "--exclude-seen leaves out what was seen, --cap-shown what was shown too often."
        })
final class MarkCommand extends ClientCommand {
    @ArgGroup(multiplicity = "1")
    private PersonOptions who;

    @Option(names = "--source", required = true, paramLabel = "NAME", description = "which source tells of it")
    private String source;

    @Option(
            names = "--items",
            required = true,
            paramLabel = "ID,...",
            split = ",",
            converter = OptionConverters.Id.class,
            description = "which items")
    private List<Long> items;

    @Option(names = "--shown", description = "they were shown, not seen")
    private boolean shown;

    @Mixin
    private TimeOption time;

    @Override
    int run(MagpieClient client) {
        long timeMillis = time.orNow();
        Person person = who.person(client.serverInfo());
        int number = source(client.serverInfo(), source);
        WriteResults results = client.markItems(items.stream()
                .map(item -> new Mark(person, number, item, shown, timeMillis))
                .toList());
        for (int i = 0; i < items.size(); i++) {
            Status status = results.statuses().get(i);
            if (status != Status.OK) {
                out().println("item " + Long.toUnsignedString(items.get(i)) + ": " + BulkWriter.reason(status));
            }
        }
        out().println(results.appliedCount() + " marked");
        return results.allApplied() ? 0 : CommandException.FAILED;
    }
}
