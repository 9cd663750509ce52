package io.magpie.server.cli;

import io.magpie.client.Item;
import io.magpie.client.MagpieClient;
import io.magpie.client.Profile;
import io.magpie.client.ProfilePart;
import io.magpie.client.ServerInfo;
import java.io.IOException;
import java.util.EnumSet;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code magpie get}: what is held for a person or an item. */
@Command(
        name = "get",
        mixinStandardHelpOptions = true,
        description = {
            "Prints what is held for a person (--profile, --identity) or of an item (--item).",
            "Ends with 1 if there is none."
        },
        footer = {"", "--json prints everything but vectors as one object; --vectors adds these."})
final class GetCommand extends ClientCommand {
    @ArgGroup
    private PersonOptions who;

    @Option(names = "--item", paramLabel = "ID", converter = OptionConverters.Id.class, description = "which item")
    private Long item;

    @Option(
            names = "--purpose",
            paramLabel = "NAME",
            description =
                    "only what consent allows for this purpose: recommend or audience (default: all that is held)")
    private String purpose;

    @Mixin
    private EditionOption edition;

    @Option(names = "--vectors", description = "print vectors too")
    private boolean vectors;

    @Option(names = "--json", description = "print one JSON object")
    private boolean json;

    @Override
    void check() {
        if ((who == null) == (item == null)) {
            throw CommandException.badUsage(
                    "say what to get: --profile ID, --identity SOURCE:EXTERNAL-ID or --item ID, one of these");
        }
    }

    @Override
    int run(MagpieClient client) throws IOException {
        if (item != null) {
            Item found = edition.of(client)
                    .getItem(item)
                    .orElseThrow(
                            () -> CommandException.failed("no such item: item=" + Long.toUnsignedString(item), null));
            if (json) {
                JsonOutput.print(out(), object -> HeldOutput.write(object, found, vectors));
            } else {
                HeldOutput.print(out(), found, vectors);
            }
            return 0;
        }
        ServerInfo server = client.serverInfo();
        EnumSet<ProfilePart> parts = EnumSet.of(ProfilePart.SLOTS, ProfilePart.CONSENTS, ProfilePart.SEEN);
        if (vectors) {
            parts.add(ProfilePart.VECTORS);
        }
        Profile found = client.getProfile(who.person(server), parts, purpose == null ? -1 : purpose(server, purpose))
                .orElseThrow(who::unknown);
        if (json) {
            JsonOutput.print(out(), object -> HeldOutput.write(object, server, found, vectors));
        } else {
            HeldOutput.print(out(), server, found, vectors);
        }
        return 0;
    }
}
