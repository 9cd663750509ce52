package io.magpie.protocol;

/**
 * Feature bits of hello. The client sends those it knows, the server answers with those that both know; a message or
 * field that a bit stands for is sent only when the bit was answered. The reserved ones are named so that they are not
 * used twice.
 */
public final class Feature {
    /** Identities in the place of profile ids; the verbs link and unlink. */
    public static final long IDENTITIES = 1L;

    /** Recommend: groups, items with strengths, context, caps, boosts, pins, diversity, pages. */
    public static final long QUESTIONS = 1L << 1;

    /** Room for: audience verbs. */
    public static final long RESERVED_AUDIENCE = 1L << 2;

    /** The verbs score, similar, why, popular, and record and recommend. */
    public static final long ANSWERS = 1L << 3;

    /** Many requests in one frame. */
    public static final long BATCH = 1L << 4;

    /** Catalogues beside the live one: their verbs, and {@code edition} in the verbs of items. */
    public static final long CATALOGUES = 1L << 5;

    /** The verb mark items; in recommend, how long what was seen and shown is kept out, and recording the answer as shown. */
    public static final long EXPOSURE = 1L << 6;

    /** The verb export profile; reading a profile for a purpose; changes that name the version they are for. */
    public static final long CONDITIONS = 1L << 7;

    /** The verb snapshot. */
    public static final long SNAPSHOTS = 1L << 8;

    /** What this code knows. */
    public static final long KNOWN =
            IDENTITIES | QUESTIONS | ANSWERS | BATCH | CATALOGUES | EXPOSURE | CONDITIONS | SNAPSHOTS;

    private Feature() {}
}
