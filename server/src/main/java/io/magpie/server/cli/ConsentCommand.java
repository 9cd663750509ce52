package io.magpie.server.cli;

import io.magpie.client.ConsentState;
import io.magpie.client.ConsentUpdate;
import io.magpie.client.MagpieClient;
import io.magpie.client.ServerInfo;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code magpie consent}: what may be used of a person. */
@Command(
        name = "consent",
        mixinStandardHelpOptions = true,
        description = {
            "Sets a person's consent for one source and one purpose.",
            "It holds from the very next answer. Of two statements the one with the later time holds."
        })
final class ConsentCommand extends ClientCommand {
    @ArgGroup(multiplicity = "1")
    private PersonOptions who;

    @Option(names = "--source", required = true, paramLabel = "NAME", description = "for which source")
    private String source;

    @Option(
            names = "--purpose",
            paramLabel = "NAME",
            defaultValue = "recommend",
            description = "for which purpose: recommend or audience (default recommend)")
    private String purpose;

    @Option(names = "--state", required = true, paramLabel = "STATE", description = "granted, denied or unset")
    private ConsentState state;

    @Mixin
    private TimeOption time;

    @Mixin
    private VersionCondition condition;

    @Override
    int run(MagpieClient client) {
        ServerInfo server = client.serverInfo();
        long timeMillis = time.orNow();
        ConsentUpdate consent = new ConsentUpdate(
                who.person(server), source(server, source), purpose(server, purpose), state, timeMillis);
        who.printDone(
                out(),
                condition.isGiven() ? client.setConsent(consent, condition.version()) : client.setConsent(consent));
        return 0;
    }
}
