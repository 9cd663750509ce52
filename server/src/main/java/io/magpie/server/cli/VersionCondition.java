package io.magpie.server.cli;

import picocli.CommandLine.Option;

/** The version that a profile must be of for a change to be made. */
final class VersionCondition {
    @Option(
            names = "--if-version",
            paramLabel = "N",
            converter = OptionConverters.Unsigned32.class,
            description =
                    "only if the profile is of this version, as `magpie get` prints it; 0: only if it is not there")
    private Integer version;

    /** Returns whether there is a condition. */
    boolean isGiven() {
        return version != null;
    }

    /** Returns the version, unsigned, if there is a condition. */
    int version() {
        return version;
    }
}
