package io.magpie.load.process;

import java.nio.file.Path;
import java.util.Optional;

/** Where Magpie is built: the launcher says it to what it starts. */
public final class Home {
    private static final String VARIABLE = "MAGPIE_HOME";

    private Home() {}

    /** Returns the folder, if this was started by the launcher. */
    public static Optional<Path> find() {
        return Optional.ofNullable(System.getenv(VARIABLE)).map(Path::of);
    }

    /**
     * Returns the folder.
     *
     * @throws IllegalStateException if this was not started by the launcher; says to do so
     */
    public static Path required() {
        return find().orElseThrow(() ->
                new IllegalStateException(VARIABLE + " is not set: start this by ./magpie, which sets it"));
    }
}
