package io.magpie.core.fusion;

/**
 * How much a source counts, by what stands behind it. Plain double arithmetic: the same bits on every JVM, no allocation.
 * Stateless, thread-safe.
 *
 * <p>What a person did speaks for itself. What friends, tags or segments suggest fills in while little is known: half a
 * share each at first, as good as nothing after twenty items. Old evidence decays, so a person who stayed away is guessed
 * at from the others again.
 *
 * <pre>
 *   e_s  evidence of the source's slot, decayed to now
 *   N    sum of e_s over the person's usable {@linkplain SourceKind#OWN own} slots
 *   k    items in the person's seen set
 *   D    derived sources that may be used and have a weight, whether the person has a slot of them or not
 *   q  = k &gt; 0 ? k * min(N, k) : N * N
 *
 *   own:      e_s / N * min(1, N)
 *   derived:  min(1, e_s) / max(2, D) / (1 + (q / 36)^2)
 * </pre>
 *
 * <p>The square root of q is the number n of items known: the geometric mean of what the seen set and the evidence say, as
 * one may lack what the other has, and no more than k, so that evidence in other units (visits, pounds) cannot inflate it.
 * A derived source with two of its kind has the share 0.50 at n = 0 and 1, 0.47 at 3, 0.34 at 5, 0.057 at 10, 0.004 at 20,
 * against 1 for own. Slots without evidence (0 or decayed to nothing) have no share, whatever their vector.
 *
 * <p>Where it comes from: share, exponent and scale were searched on the tune half of a set of Debian projects met with 0 to
 * 10 of their items known; the best region is flat (NDCG@10 0.2475 to 0.2489 for exponents of n from 1.5 to 4, scales from
 * 4 to 8). Within it exponent 4 and scale 6 were taken on simulated shoppers with up to 80 items: there it is nowhere below
 * the best single source beyond noise, for people with long histories least of all. Gentler exponents, the usual
 * {@code n / (n + n0)} a source among them, lose there. Figures: docs/BENCHMARKS.md.
 */
public final class Confidence {
    /** The square of the six items at which a derived source has half of what it began with. */
    private static final double HALF_AT = 36;

    private Confidence() {}

    /**
     * Returns the confidence of an own source.
     *
     * @param evidence    what stands behind its slot, not negative
     * @param ownEvidence the sum of that over all usable own slots, finite
     */
    public static double own(double evidence, double ownEvidence) {
        return ownEvidence > 1 ? evidence / ownEvidence : evidence;
    }

    /**
     * Returns the confidence of a derived source.
     *
     * @param evidence what stands behind its slot, not negative
     * @param share    of {@link #derivedShare}
     */
    public static double derived(double evidence, double share) {
        return Math.min(1, evidence) * share;
    }

    /**
     * Returns what a derived source with evidence counts for this person.
     *
     * @param ownEvidence    the sum of evidence over all usable own slots, not negative, may be infinite
     * @param seenItems      how many items the person has seen, 0 if that is not known
     * @param derivedSources how many sources are derived
     */
    public static double derivedShare(double ownEvidence, double seenItems, int derivedSources) {
        double known = seenItems > 0 ? seenItems * Math.min(ownEvidence, seenItems) : ownEvidence * ownEvidence;
        double fade = known / HALF_AT;
        return 1.0 / Math.max(2, derivedSources) / (1 + fade * fade);
    }
}
