package io.magpie.core.store;

/** The single numbers of the state, logged and kept like everything else. Numbers of registers are never given anew. */
public enum Register {
    /** The catalogue's version: one more for every change of an item. */
    CATALOGUE_VERSION(0),
    /** The space of the live catalogue. */
    LIVE_SPACE(1),
    /** The next profile id that the server gives out itself. */
    NEXT_PROFILE_ID(2);

    /** How many registers there is room for. */
    static final int CAPACITY = 64;

    private final int number;

    Register(int number) {
        this.number = number;
    }

    /** Returns the register's number in the log and the manifest. */
    int number() {
        return number;
    }
}
