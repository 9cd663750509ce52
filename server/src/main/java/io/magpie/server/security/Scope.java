package io.magpie.server.security;

import java.util.Locale;

/** What a token allows. */
public enum Scope {
    /** Ask and read. */
    READ,
    /** Change profiles and items. */
    WRITE,
    /** Erase people. */
    ERASE,
    /** Administer: catalogues, snapshots, everything held on a person. */
    ADMIN;

    /** All of them. */
    public static final int ALL = (1 << values().length) - 1;

    /** Returns its bit in a set of scopes. */
    public int bit() {
        return 1 << ordinal();
    }

    /** Returns its name on the command line and in the file of tokens. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns the names of a set of scopes, separated by commas. */
    public static String labels(int scopes) {
        StringBuilder labels = new StringBuilder();
        for (Scope scope : values()) {
            if ((scopes & scope.bit()) != 0) {
                labels.append(labels.isEmpty() ? "" : ",").append(scope.label());
            }
        }
        return labels.toString();
    }

    /**
     * Reads names separated by commas.
     *
     * @throws IllegalArgumentException if one is not the name of a scope, or there is none
     */
    public static int parse(String labels) {
        int scopes = 0;
        for (String label : labels.split(",", -1)) {
            int before = scopes;
            for (Scope scope : values()) {
                if (scope.label().equals(label.trim())) {
                    scopes |= scope.bit();
                }
            }
            if (scopes == before) {
                throw new IllegalArgumentException(
                        "scopes are some of " + labels(ALL) + ", each once: scopes=" + labels);
            }
        }
        return scopes;
    }
}
