package io.magpie.server.cli;

import io.magpie.client.ErasureReceipt;
import io.magpie.client.MagpieClient;
import java.io.IOException;
import java.time.Instant;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code magpie erase}: removes a person and every trace. */
@Command(
        name = "erase",
        mixinStandardHelpOptions = true,
        description = {
            "Erases a person, with every trace in the server's files.",
            "There is no way back. Prints a receipt; ends with 1 if there is no such profile."
        })
final class EraseCommand extends ClientCommand {
    @ArgGroup(multiplicity = "1")
    private PersonOptions who;

    @Option(names = "--json", description = "print one JSON object")
    private boolean json;

    @Override
    int run(MagpieClient client) throws IOException {
        ErasureReceipt receipt = client.eraseProfile(who.person(client.serverInfo()));
        if (json) {
            JsonOutput.print(out(), object -> {
                JsonOutput.id(object, "profileId", receipt.profileId());
                object.writeNumberField("profiles", receipt.profiles());
                object.writeNumberField("slots", receipt.slots());
                object.writeNumberField("consents", receipt.consents());
                object.writeNumberField("seenItems", receipt.seenItems());
                object.writeNumberField("identities", receipt.identities());
                object.writeNumberField("logRecords", receipt.logRecords());
                JsonOutput.id(object, "sequence", receipt.sequence());
                object.writeNumberField("timeMillis", receipt.timeMillis());
            });
        } else if (receipt.profiles() > 0) {
            out().println("erased " + who.label(receipt.profileId()) + " at "
                    + Instant.ofEpochMilli(receipt.timeMillis()) + ": " + receipt.slots() + " slots, "
                    + receipt.consents() + " consents, " + receipt.seenItems() + " seen items, " + receipt.identities()
                    + " identities, " + receipt.logRecords() + " parts of log records overwritten (receipt "
                    + Long.toUnsignedString(receipt.sequence()) + ")");
        }
        if (receipt.profiles() == 0) {
            throw who.unknown();
        }
        return 0;
    }
}
