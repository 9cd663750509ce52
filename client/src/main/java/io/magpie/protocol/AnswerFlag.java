package io.magpie.protocol;

/** Bits that say what is special about an answer; several may be set. A reader ignores bits that it does not know. */
public final class AnswerFlag {
    /** There is no such profile; of a group: not every member is known. */
    public static final int UNKNOWN_PROFILE = 1;

    /** Nothing known of whom or what was asked about could be used: popular items, or the context alone, decide. */
    public static final int FALLBACK = 1 << 1;

    /** Fewer items than asked for: a filter, an exclusion or a cap left no more. */
    public static final int FILTERED_SHORT = 1 << 2;

    /** The search stopped at its deadline; the answer's bound says what may have been missed. */
    public static final int DEADLINE = 1 << 3;

    /** A source was left out because consent for it is missing or denied. */
    public static final int CONSENT_REMOVED_SOURCE = 1 << 4;

    /** A slot was left out because it belongs to another space. */
    public static final int SLOT_OF_OTHER_SPACE = 1 << 5;

    /** The seen set is full: the oldest entries were dropped. */
    public static final int SEEN_TRUNCATED = 1 << 6;

    /** An item that the request lists is not in the catalogue and was left out. */
    public static final int UNKNOWN_ITEM = 1 << 7;

    /** A pin is not in the ranking: its item is unknown or does not pass the filter. */
    public static final int PIN_DROPPED = 1 << 8;

    /** Of a known member of the group nothing could be used. */
    public static final int MEMBER_LEFT_OUT = 1 << 9;

    /** The catalogue kept changing under the request: the answer may hold newer items than the version it names. */
    public static final int CATALOGUE_MOVED = 1 << 10;

    /** Showings were to be capped, but the oldest of them are no longer known. */
    public static final int SHOWN_TRUNCATED = 1 << 11;

    /** The list was to be recorded as shown, and was not: the answer says why. */
    public static final int SHOWN_NOT_RECORDED = 1 << 12;

    private AnswerFlag() {}
}
