package io.magpie.server.cli;

import io.magpie.client.MagpieClient;
import io.magpie.client.ServerInfo;
import io.magpie.server.cli.bulk.BulkStoppedException;
import io.magpie.server.cli.bulk.FolderRows;
import io.magpie.server.data.DataException;
import io.magpie.server.data.FactorFolder;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code magpie import folder}. */
@Command(
        name = "folder",
        mixinStandardHelpOptions = true,
        description =
                "Loads a factor folder: items.fvecs, and each user_SOURCE.fvecs with its evidence from groups.tsv. Ids are row"
                        + " numbers, from 0: of items.txt for items, of users.txt for people.",
        footer = {
            "",
            "The folder's sources must be the server's, in any order (serve --sources consumption:1:never,...).",
            "seen.tsv is told by the first of the sources, since a folder does not say by which. A folder knows no consent: --grant-consent"
                    + " grants each source for recommending; without it and without unset-consent=granted at the server,"
                    + " nothing can be recommended to these people."
        })
final class ImportFolderCommand extends BulkCommand {
    @Parameters(paramLabel = "DIR", description = "the folder")
    private Path folder;

    @Option(names = "--grant-consent", description = "grant every source for recommending, for everyone")
    private boolean grantConsent;

    private FactorFolder factors;

    @Override
    void check() throws IOException {
        factors = FactorFolder.read(folder);
    }

    @Override
    void load(MagpieClient client) throws IOException, BulkStoppedException {
        ServerInfo server = client.serverInfo();
        if (factors.items().dimension() != server.dimension()) {
            throw new DataException(folder + ": dimension=" + factors.items().dimension() + ", but the server's is "
                    + server.dimension() + ": a server for this folder is started with --dimension "
                    + factors.items().dimension());
        }
        int[] numbers = new int[factors.sources().size()];
        for (int s = 0; s < numbers.length; s++) {
            numbers[s] = source(server, factors.sources().get(s));
        }
        int spaceId = server.spaceId();
        int dimension = server.dimension();
        long timeMillis = System.currentTimeMillis();
        load("items", FolderRows.items(factors), list -> client.async().putItems(spaceId, list), server, dimension);
        load(
                "slots",
                FolderRows.slots(factors, numbers, spaceId, timeMillis),
                client.async()::putSlots,
                server,
                dimension);
        if (factors.seenCount() > 0) {
            // A folder does not say which source saw what: the first stands for all.
            load("seen", FolderRows.seen(factors, numbers[0], timeMillis), client.async()::markItems, server, 0);
        }
        if (grantConsent) {
            int purpose = purpose(server, "recommend");
            for (int s = 0; s < numbers.length; s++) {
                load(
                        "consent to " + factors.sources().get(s),
                        FolderRows.grants(factors, numbers[s], purpose, timeMillis),
                        client.async()::setConsents,
                        server,
                        0);
            }
        }
    }
}
