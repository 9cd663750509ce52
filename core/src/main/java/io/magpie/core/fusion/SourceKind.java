package io.magpie.core.fusion;

/** How a source comes to know a person; {@link Confidence} weighs the two kinds differently. */
public enum SourceKind {
    /** Its slot is made of items that the person touched: bought, read, used. */
    OWN,
    /** Its slot is a guess from others: friends, tags, a segment. */
    DERIVED,
    /** Not said: a slot that events built is own, one that was put is derived. */
    UNSAID
}
