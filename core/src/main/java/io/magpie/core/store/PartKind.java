package io.magpie.core.store;

/**
 * What the parts of the log's records mean. Numbers are never given anew; a kind that is not known here comes from a newer
 * Magpie, and then the log is not replayed. Exposures and the switch of catalogues get numbers of
 * their own.
 */
final class PartKind {
    /** The only type of record so far: a change, all of whose parts happen or none. */
    static final int CHANGE = 1;

    /** A profile's image; key: profile id. */
    static final int PROFILE_PUT = 1;
    /** No payload; key: profile id. */
    static final int PROFILE_REMOVE = 2;
    /** Image of one chunk of a seen set; key: profile id, chunk. */
    static final int SEEN_PUT = 3;
    /** The chunks from the key's on, and before the number in the payload (u32); key: profile id, first chunk. */
    static final int SEEN_REMOVE = 4;
    /** An item's image; key: item id, its edition less one. */
    static final int ITEM_PUT = 5;
    /** No payload; key: item id, its edition less one. */
    static final int ITEM_REMOVE = 6;
    /** A number (u64); key: its register. */
    static final int REGISTER = 7;
    /** How many profiles, chunks, items and identities there are after the change (4 x u64): recovery compares. */
    static final int COUNTS = 8;
    /** An identity's hash (2 x u64); key: the id of the profile that it leads to. */
    static final int IDENTITY_PUT = 9;
    /** An identity's hash (2 x u64); key: the id of the profile that it led to. */
    static final int IDENTITY_REMOVE = 10;
    /** A keyed hash and a time for the list of erasures (3 x u64); no key. */
    static final int ERASURE = 11;

    /** The highest number in use. */
    static final int LAST = ERASURE;

    private PartKind() {}

    /** Returns whether a part holds what a person must be able to have erased. */
    static boolean isPersonal(int kind) {
        return kind == PROFILE_PUT || kind == SEEN_PUT || kind == IDENTITY_PUT || kind == IDENTITY_REMOVE;
    }
}
