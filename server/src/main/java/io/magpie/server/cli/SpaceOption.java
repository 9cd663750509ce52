package io.magpie.server.cli;

import io.magpie.client.ServerInfo;
import picocli.CommandLine.Option;

/** The space that vectors live in. */
final class SpaceOption {
    @Option(
            names = "--space",
            paramLabel = "ID",
            converter = OptionConverters.Unsigned32.class,
            description = "the vectors' space (default: the live catalogue's)")
    private Integer space;

    /** Returns the space given, or the live catalogue's. */
    int orLive(ServerInfo server) {
        return space != null ? space : server.spaceId();
    }
}
