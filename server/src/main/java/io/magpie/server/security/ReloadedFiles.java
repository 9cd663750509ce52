package io.magpie.server.security;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;

/** Something that was read from files and follows their changes. */
public interface ReloadedFiles {
    /** Looks at the files, and takes over what has changed and is usable; returns whether it did. One thread. */
    boolean reload();

    /** Returns a text that changes with the content of the file, also to and from one that can be read; times alone may lie. */
    static String fingerprint(Path file) {
        try {
            return HexFormat.of().formatHex(Token.hash(Files.readAllBytes(file)));
        } catch (IOException e) {
            return "unreadable";
        }
    }
}
