package io.magpie.core.store;

/** The single numbers of the state, logged and kept like everything else. Numbers of registers are never given anew. */
public enum Register {
    /** The newest version of a catalogue: one more for every change of an item. */
    CATALOGUE_VERSION(0),
    /** The space of the live catalogue. */
    LIVE_SPACE(1),
    /** The next profile id that the server gives out itself. */
    NEXT_PROFILE_ID(2),
    /** The edition of the live catalogue; 0 stands for the first one. */
    LIVE_EDITION(3),
    /** The edition beside the live one; 0 for none. */
    OTHER_EDITION(4),
    /** The space of the edition beside the live one. */
    OTHER_SPACE(5),
    /** 1 if the edition beside the live one was live before, 0 if it never was. */
    OTHER_WAS_LIVE(6),
    /** The highest edition that was ever begun; 0 stands for the first one. */
    NEWEST_EDITION(7),
    /** The edition that the newest version is of; 0 where none was noted. */
    CHANGED_EDITION(8),
    /** The version of the edition beside the one that the newest version is of. */
    STILL_VERSION(9);

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
