package io.magpie.protocol;

/**
 * Feature bits of hello. The client sends those it knows, the server answers with those that both know; a message or
 * field that a bit stands for is sent only when the bit was answered. None has a meaning in this release; the reserved
 * ones are named so that they are not used twice.
 */
public final class Feature {
    /** Room for: addressing by (source, external id), linking. */
    public static final long RESERVED_IDENTITIES = 1L;

    /** Room for: answers for groups of profiles and from items with strengths. */
    public static final long RESERVED_GROUPS = 1L << 1;

    /** Room for: audience verbs. */
    public static final long RESERVED_AUDIENCE = 1L << 2;

    /** Room for: score, similar, why, popular. */
    public static final long RESERVED_ANSWERS = 1L << 3;

    /** Room for: many requests in one frame. */
    public static final long RESERVED_BATCH = 1L << 4;

    /** Room for: snapshots and staged catalogues. */
    public static final long RESERVED_OPERATIONS = 1L << 5;

    /** What this code knows. */
    public static final long KNOWN = 0L;

    private Feature() {}
}
