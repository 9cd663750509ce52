package io.magpie.core.engine;

/** What an answer says of itself, never silently. Bits of an int, the same on the wire. */
public final class AnswerFlag {
    /** No such profile is held. */
    public static final int UNKNOWN_PROFILE = 1;

    /** Nothing known of the person could be used: items are ranked without them. */
    public static final int FALLBACK = 1 << 1;

    /** Fewer items than asked for, because a filter or an exclusion left no more. */
    public static final int FILTERED_SHORT = 1 << 2;

    /** The search stopped at its deadline; the answer carries a bound on what was not seen. */
    public static final int DEADLINE = 1 << 3;

    /** At least one source was left out for want of consent. */
    public static final int CONSENT_REMOVED_SOURCE = 1 << 4;

    /** At least one slot belongs to another space than the catalogue and was left out. */
    public static final int SLOT_OF_OTHER_SPACE = 1 << 5;

    /** Seen items were to be excluded, but the oldest of them are no longer known. */
    public static final int SEEN_TRUNCATED = 1 << 6;

    private AnswerFlag() {}
}
