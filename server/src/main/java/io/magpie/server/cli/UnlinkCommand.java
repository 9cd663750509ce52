package io.magpie.server.cli;

import io.magpie.client.MagpieClient;
import io.magpie.client.WriteReceipt;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code magpie unlink}: takes an identity away from its profile. */
@Command(
        name = "unlink",
        mixinStandardHelpOptions = true,
        description = {
            "Takes an identity away from its profile: it leads to a new, empty one from then on.",
            "What came by it stays in the old profile: nothing is known any more of what came by which."
        })
final class UnlinkCommand extends ClientCommand {
    @Option(
            names = "--identity",
            required = true,
            paramLabel = "SOURCE:EXTERNAL-ID",
            converter = PersonOptions.IdentityName.Converter.class,
            description = "a source's own id of 1 to 64 bytes")
    private PersonOptions.IdentityName identity;

    @Option(names = "--json", description = "print one JSON object")
    private boolean json;

    @Override
    int run(MagpieClient client) throws IOException {
        WriteReceipt receipt = client.unlink(identity.person(client.serverInfo()));
        if (json) {
            JsonOutput.print(out(), object -> JsonOutput.id(object, "profileId", receipt.profileId()));
        } else {
            out().println("unlinked, profile " + Long.toUnsignedString(receipt.profileId()));
        }
        return 0;
    }
}
