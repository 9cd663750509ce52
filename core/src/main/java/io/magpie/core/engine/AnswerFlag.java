package io.magpie.core.engine;

/** What an answer says of itself, never silently. Bits of an int, the same on the wire. */
public final class AnswerFlag {
    /** No such profile is held; of a group: not all are. */
    public static final int UNKNOWN_PROFILE = 1;

    /** Nothing known of whom or what was asked about could be used: popular items, or the context alone, decide. */
    public static final int FALLBACK = 1 << 1;

    /** Fewer items than asked for, because a filter, an exclusion or a cap left no more. */
    public static final int FILTERED_SHORT = 1 << 2;

    /** The search stopped at its deadline; the answer carries a bound on what was not seen. */
    public static final int DEADLINE = 1 << 3;

    /** At least one source was left out for want of consent. */
    public static final int CONSENT_REMOVED_SOURCE = 1 << 4;

    /** At least one slot belongs to another space than the catalogue and was left out. */
    public static final int SLOT_OF_OTHER_SPACE = 1 << 5;

    /** Seen items were to be excluded, but the oldest of them are no longer known. */
    public static final int SEEN_TRUNCATED = 1 << 6;

    /** At least one item that the request listed is not in the catalogue and was left out. */
    public static final int UNKNOWN_ITEM = 1 << 7;

    /** At least one pin is not in the ranking: its item is unknown or does not pass the filter. */
    public static final int PIN_DROPPED = 1 << 8;

    /** Of at least one known member of the group nothing could be used. */
    public static final int MEMBER_LEFT_OUT = 1 << 9;

    /** The catalogue kept changing under the request: categories or vectors may be newer than the version it names. */
    public static final int CATALOGUE_MOVED = 1 << 10;

    /** Showings were to be capped, but the oldest of them are no longer known. */
    public static final int SHOWN_TRUNCATED = 1 << 11;

    /** The list was to be recorded as shown, and was not: the answer says why. */
    public static final int SHOWN_NOT_RECORDED = 1 << 12;

    private AnswerFlag() {}
}
