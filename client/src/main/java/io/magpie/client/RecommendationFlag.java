package io.magpie.client;

import io.magpie.protocol.AnswerFlag;
import java.util.EnumSet;

/** What is special about an answer. */
public enum RecommendationFlag {
    /** There is no such profile; of a group: not every member is known. */
    UNKNOWN_PROFILE(AnswerFlag.UNKNOWN_PROFILE),
    /** Nothing known of whom or what was asked about could be used: popular items, or the context alone, decide. */
    FALLBACK(AnswerFlag.FALLBACK),
    /** Fewer items than asked for: a filter, an exclusion or a cap left no more. */
    FILTERED_SHORT(AnswerFlag.FILTERED_SHORT),
    /** The search stopped at its deadline; the answer's bound says what may have been missed. */
    DEADLINE(AnswerFlag.DEADLINE),
    /** A source was left out because consent for it is missing or denied. */
    CONSENT_REMOVED_SOURCE(AnswerFlag.CONSENT_REMOVED_SOURCE),
    /** A slot was left out because it belongs to another space. */
    SLOT_OF_OTHER_SPACE(AnswerFlag.SLOT_OF_OTHER_SPACE),
    /** The seen set is full: the oldest entries were dropped. */
    SEEN_TRUNCATED(AnswerFlag.SEEN_TRUNCATED),
    /** An item that the request lists is not in the catalogue and was left out. */
    UNKNOWN_ITEM(AnswerFlag.UNKNOWN_ITEM),
    /** A pin is not in the ranking: its item is unknown or does not pass the filter. */
    PIN_DROPPED(AnswerFlag.PIN_DROPPED),
    /** Of a known member of the group nothing could be used. */
    MEMBER_LEFT_OUT(AnswerFlag.MEMBER_LEFT_OUT),
    /** The catalogue kept changing under the request: the answer may hold newer items than the version it names. */
    CATALOGUE_MOVED(AnswerFlag.CATALOGUE_MOVED),
    /** Showings were to be capped, but the oldest of them are no longer known. */
    SHOWN_TRUNCATED(AnswerFlag.SHOWN_TRUNCATED),
    /** The answer was to be recorded as shown, and was not. */
    SHOWN_NOT_RECORDED(AnswerFlag.SHOWN_NOT_RECORDED);

    private static final RecommendationFlag[] ALL = values();

    private final int bit;

    RecommendationFlag(int bit) {
        this.bit = bit;
    }

    /** Returns the flags of the bits; bits of a newer server that this client does not know are left out. */
    static EnumSet<RecommendationFlag> of(int bits) {
        EnumSet<RecommendationFlag> flags = EnumSet.noneOf(RecommendationFlag.class);
        for (RecommendationFlag flag : ALL) {
            if ((bits & flag.bit) != 0) {
                flags.add(flag);
            }
        }
        return flags;
    }
}
