package io.magpie.server.cli;

import io.magpie.client.MagpieClient;
import io.magpie.client.Person;
import io.magpie.client.ServerInfo;
import io.magpie.client.WriteReceipt;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code magpie link}: two that are the same person. */
@Command(
        name = "link",
        mixinStandardHelpOptions = true,
        description = {
            "Says that two identities, an identity and a profile, or two profiles, are the same person.",
            "Two profiles are merged into the one of the lower id; there is no way back. Linking again changes nothing."
        },
        footer = {"", "magpie link --identity commerce:customer-4711 --identity social:anna"})
final class LinkCommand extends ClientCommand {
    @Option(
            names = "--identity",
            paramLabel = "SOURCE:EXTERNAL-ID",
            converter = PersonOptions.IdentityName.Converter.class,
            description = "one of the two, by a source's own id of 1 to 64 bytes")
    private List<PersonOptions.IdentityName> identities = List.of();

    @Option(
            names = "--profile",
            paramLabel = "ID",
            converter = OptionConverters.Id.class,
            description = "one of the two, by the id of a profile")
    private List<Long> profiles = List.of();

    @Option(names = "--json", description = "print one JSON object")
    private boolean json;

    @Override
    void check() {
        if (identities.size() + profiles.size() != 2) {
            throw CommandException.badUsage(
                    "say which two are one person: --identity SOURCE:EXTERNAL-ID or --profile ID, two in all");
        }
    }

    @Override
    int run(MagpieClient client) throws IOException {
        ServerInfo server = client.serverInfo();
        List<Person> two = new ArrayList<>();
        identities.forEach(identity -> two.add(identity.person(server)));
        profiles.forEach(profile -> two.add(Person.profile(profile)));
        WriteReceipt receipt = client.link(two.get(0), two.get(1));
        if (json) {
            JsonOutput.print(out(), object -> JsonOutput.id(object, "profileId", receipt.profileId()));
        } else {
            out().println("linked, profile " + Long.toUnsignedString(receipt.profileId()));
        }
        return 0;
    }
}
