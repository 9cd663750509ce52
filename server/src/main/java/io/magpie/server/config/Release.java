package io.magpie.server.config;

/** Which release this is. */
public final class Release {
    /** The release, as in the build's version. */
    public static final String VERSION = "0.1.0";

    private Release() {}
}
