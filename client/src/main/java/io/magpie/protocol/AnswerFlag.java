package io.magpie.protocol;

/** Bits that say what is special about an answer; several may be set. A reader ignores bits that it does not know. */
public final class AnswerFlag {
    /** There is no such profile. */
    public static final int UNKNOWN_PROFILE = 1;

    /** The items are a fallback: they do not follow from the profile. */
    public static final int FALLBACK = 1 << 1;

    /** Fewer items than asked for passed the filter. */
    public static final int FILTERED_SHORT = 1 << 2;

    /** The search stopped at its deadline; the answer's bound says what may have been missed. */
    public static final int DEADLINE = 1 << 3;

    /** A source was left out because consent for it is missing or denied. */
    public static final int CONSENT_REMOVED_SOURCE = 1 << 4;

    /** A slot was left out because it belongs to another space. */
    public static final int SLOT_OF_OTHER_SPACE = 1 << 5;

    /** The seen set is full: the oldest entries were dropped. */
    public static final int SEEN_TRUNCATED = 1 << 6;

    private AnswerFlag() {}
}
