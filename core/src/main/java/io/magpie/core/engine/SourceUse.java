package io.magpie.core.engine;

/** What became of a source in a fused vector. */
public enum SourceUse {
    /** It has a share. */
    USED,
    /** Nothing is held from it. */
    NOTHING_HELD,
    /** What is held from it belongs to another space than the catalogue. */
    OTHER_SPACE,
    /** Its vector is zero. */
    ZERO_VECTOR,
    /** Its consent does not allow it. */
    NO_CONSENT,
    /** Its weight is 0, as configured or for this request. */
    NO_WEIGHT,
    /** No evidence is left of it, or others are so well known that it fades to nothing. */
    NO_CONFIDENCE
}
