package io.magpie.client;

import io.magpie.protocol.AnswerFlag;
import java.util.EnumSet;

/** What is special about an answer. */
public enum RecommendationFlag {
    /** There is no such profile. */
    UNKNOWN_PROFILE(AnswerFlag.UNKNOWN_PROFILE),
    /** The items are a fallback: they do not follow from the profile. */
    FALLBACK(AnswerFlag.FALLBACK),
    /** Fewer items than asked for passed the filter. */
    FILTERED_SHORT(AnswerFlag.FILTERED_SHORT),
    /** The search stopped at its deadline; the answer's bound says what may have been missed. */
    DEADLINE(AnswerFlag.DEADLINE),
    /** A source was left out because consent for it is missing or denied. */
    CONSENT_REMOVED_SOURCE(AnswerFlag.CONSENT_REMOVED_SOURCE),
    /** A slot was left out because it belongs to another space. */
    SLOT_OF_OTHER_SPACE(AnswerFlag.SLOT_OF_OTHER_SPACE),
    /** The seen set is full: the oldest entries were dropped. */
    SEEN_TRUNCATED(AnswerFlag.SEEN_TRUNCATED);

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
