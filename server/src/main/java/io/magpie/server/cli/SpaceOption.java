package io.magpie.server.cli;

import io.magpie.client.ServerInfo;
import picocli.CommandLine.Option;

/** The space that vectors live in. */
final class SpaceOption {
    @Option(
            names = "--space",
            paramLabel = "ID",
            converter = OptionConverters.Unsigned32.class,
            description = "the vectors' space (default: the catalogue's)")
    private Integer space;

    /** Returns the space given, or the live catalogue's. */
    int orLive(ServerInfo server) {
        return or(server.spaceId());
    }

    /** Returns the space given, or this one. */
    int or(int otherwise) {
        return space != null ? space : otherwise;
    }
}
