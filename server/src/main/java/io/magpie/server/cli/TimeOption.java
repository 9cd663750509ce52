package io.magpie.server.cli;

import picocli.CommandLine.Option;

/** As of when something holds that is told of a person. */
final class TimeOption {
    @Option(
            names = "--time",
            paramLabel = "T",
            converter = OptionConverters.Time.class,
            description = "when: an instant or milliseconds since 1970 (default now)")
    private Long time;

    /** Returns the time given, or now, in milliseconds since 1970. */
    long orNow() {
        return time != null ? time : System.currentTimeMillis();
    }
}
