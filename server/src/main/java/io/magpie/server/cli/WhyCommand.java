package io.magpie.server.cli;

import io.magpie.client.Explanation;
import io.magpie.client.MagpieClient;
import io.magpie.client.RecommendRequest;
import io.magpie.client.RecommendationFlag;
import java.io.IOException;
import java.util.Map;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code magpie why}: why an item suits a person. */
@Command(
        name = "why",
        mixinStandardHelpOptions = true,
        description = "Asks why an item suits a person: what each source adds to its score, and the seen items that are"
                + " most like it.")
final class WhyCommand extends ClientCommand {
    @ArgGroup(multiplicity = "1")
    private PersonOptions who;

    @Option(
            names = "--item",
            required = true,
            paramLabel = "ID",
            converter = OptionConverters.Id.class,
            description = "which item")
    private long item;

    @Option(names = "--seen", paramLabel = "N", defaultValue = "5", description = "how many seen items (default 5)")
    private int seenItems;

    @Option(
            names = "--as-of",
            paramLabel = "T",
            converter = OptionConverters.Time.class,
            description = "time of the answer that held it: timeMillis of its --json (default now)")
    private Long asOf;

    @Option(names = "--json", description = "print one JSON object")
    private boolean json;

    @Override
    void check() {
        if (seenItems < 0) {
            throw CommandException.badUsage("--seen needs 0 or more: seen=" + seenItems);
        }
    }

    @Override
    int run(MagpieClient client) throws IOException {
        RecommendRequest request = RecommendRequest.forPerson(who.person(client.serverInfo()));
        Explanation reason = client.why(asOf == null ? request : request.asOf(asOf), item, seenItems);
        Reasons reasons = new Reasons(client.serverInfo(), Map.of(item, reason));
        if (json) {
            JsonOutput.print(out(), object -> {
                JsonOutput.id(object, "profileId", reason.profileId());
                JsonOutput.id(object, "itemId", item);
                reasons.writeFields(object, reason);
                object.writeArrayFieldStart("flags");
                for (RecommendationFlag flag : reason.flags()) {
                    object.writeString(flag.name());
                }
                object.writeEndArray();
                object.writeNumberField("timeMillis", reason.timeMillis());
            });
            return 0;
        }
        out().println(who.label(reason.profileId()) + ", item " + Long.toUnsignedString(item) + ": score "
                + reason.score());
        reasons.print(out());
        if (!reason.flags().isEmpty()) {
            out().println("flags: "
                    + String.join(", ", reason.flags().stream().map(Enum::name).toList()));
        }
        return 0;
    }
}
