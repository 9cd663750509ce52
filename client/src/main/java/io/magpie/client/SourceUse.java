package io.magpie.client;

import io.magpie.protocol.WhyReplyDecoder;

/** What became of a source in an answer. */
public enum SourceUse {
    /** It has a share. */
    USED(WhyReplyDecoder.USE_USED),
    /** Nothing is held from it. */
    NOTHING_HELD(WhyReplyDecoder.USE_NOTHING_HELD),
    /** What is held from it belongs to another space than the catalogue. */
    OTHER_SPACE(WhyReplyDecoder.USE_OTHER_SPACE),
    /** Its vector is zero. */
    ZERO_VECTOR(WhyReplyDecoder.USE_ZERO_VECTOR),
    /** Its consent does not allow it. */
    NO_CONSENT(WhyReplyDecoder.USE_NO_CONSENT),
    /** Its weight is 0, as configured or for the request. */
    NO_WEIGHT(WhyReplyDecoder.USE_NO_WEIGHT),
    /** No evidence is left of it, or others are so well known that it fades to nothing. */
    NO_CONFIDENCE(WhyReplyDecoder.USE_NO_CONFIDENCE),
    /** Left out for a reason that this client does not know: the server is newer. */
    UNRECOGNISED(-1);

    private static final SourceUse[] ALL = values();

    private final int code;

    SourceUse(int code) {
        this.code = code;
    }

    static SourceUse of(int code) {
        for (SourceUse use : ALL) {
            if (use.code == code) {
                return use;
            }
        }
        return UNRECOGNISED;
    }
}
