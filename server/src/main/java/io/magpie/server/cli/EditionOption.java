package io.magpie.server.cli;

import io.magpie.client.Catalogues;
import io.magpie.client.MagpieClient;
import picocli.CommandLine.Option;

/** Which catalogue items are put into or read from. */
final class EditionOption {
    @Option(names = "--staged", description = "the catalogue beside the live one, see `magpie catalogue`")
    private boolean staged;

    private Catalogues.Edition edition;

    /** Returns the client for the catalogue that was named. */
    MagpieClient of(MagpieClient client) {
        if (!staged) {
            return client;
        }
        edition = client.catalogues().beside();
        if (edition == null) {
            throw CommandException.failed(
                    "no catalogue is beside the live one: begin one with `magpie catalogue stage`", null);
        }
        return client.ofEdition(edition.number());
    }

    /** Returns the space given, or that of the catalogue named; after {@link #of}. */
    int spaceOr(SpaceOption space, MagpieClient client) {
        return edition == null ? space.orLive(client.serverInfo()) : space.or(edition.spaceId());
    }
}
