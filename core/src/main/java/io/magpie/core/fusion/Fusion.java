package io.magpie.core.fusion;

import io.magpie.core.profile.ProfileRecord;
import io.magpie.core.vector.Kernels;
import java.util.List;

/**
 * Makes one vector of a profile's slots: {@code u = sum of weight x confidence x slot / norm(slot)} over the slots that
 * may be used, sources in their configured order, in double, each component rounded once to float32; {@link Confidence}
 * says how much a slot counts. Not thread-safe; one per thread. Allocates nothing.
 *
 * <p>A source whose consent does not allow the purpose, or whose weight is 0, is as if the person had nothing from it:
 * neither its slot nor the items it told of have any say, nor does it count among the derived sources.
 */
public final class Fusion {
    /** What {@link #fuse} says of the slots it met; bits of its result. */
    public static final int USED = 1;

    /** A slot was left out because its source may not be used for this purpose. */
    public static final int CONSENT_REMOVED = 2;

    /** A slot was left out because it belongs to another space, and its source has none of the space asked for. */
    public static final int OTHER_SPACE = 4;

    private final Kernels kernels = Kernels.best();
    private final double[] weights;
    private final long[] halfLivesMillis;
    private final SourceKind[] kinds;
    private final ConsentPolicy policy;
    private final int dimension;

    // Scratch of one call, by source: its slot or -1, and what stands behind that.
    private final int[] held;
    private final double[] decayed;
    // The slots that may be used, in the order of their sources.
    private final int[] slots;
    private final boolean[] derived;
    private final double[] evidences;
    private final double[] factors;
    private final int[] offsets;
    private int used;

    /**
     * @param sources   in their configured order
     * @param policy    what unset consent means
     * @param dimension length of every vector
     */
    public Fusion(List<Source> sources, ConsentPolicy policy, int dimension) {
        weights = sources.stream().mapToDouble(Source::weight).toArray();
        halfLivesMillis = sources.stream().mapToLong(Source::halfLifeMillis).toArray();
        kinds = sources.stream().map(Source::kind).toArray(SourceKind[]::new);
        this.policy = policy;
        this.dimension = dimension;
        held = new int[weights.length];
        decayed = new double[weights.length];
        slots = new int[weights.length];
        derived = new boolean[weights.length];
        evidences = new double[weights.length];
        factors = new double[weights.length];
        offsets = new int[weights.length];
    }

    /** Returns how many sources are configured. */
    public int sourceCount() {
        return weights.length;
    }

    /**
     * Fuses a profile.
     *
     * @param profile     read; not changed
     * @param overrides   a weight a source that replaces the configured one where it is not NaN; {@code double[sources]}
     * @param purpose     what the vector is for
     * @param spaceId     the space to fuse in
     * @param nowMillis   to which evidence is decayed
     * @param into        {@code float32[dimension]}, overwritten; zeros if nothing may be used
     * @return {@link #USED}, {@link #CONSENT_REMOVED}, {@link #OTHER_SPACE}, or'ed
     */
    public int fuse(ProfileRecord profile, double[] overrides, int purpose, int spaceId, long nowMillis, float[] into) {
        int met = findHeld(profile, spaceId, nowMillis) ? otherSpace(profile, spaceId) : 0;
        int usable = 0;
        int derivedSources = 0;
        double ownEvidence = 0;
        long seenItems = 0;
        for (int source = 0; source < weights.length; source++) {
            int slot = held[source];
            if (!policy.allows(profile, source, purpose)) {
                met |= slot >= 0 ? CONSENT_REMOVED : 0;
                continue;
            }
            double weight = weight(overrides, source);
            if (weight == 0) {
                continue;
            }
            seenItems += profile.seenCount(source);
            derivedSources += kinds[source] == SourceKind.DERIVED ? 1 : 0;
            if (slot >= 0) {
                double evidence = decayed[source];
                boolean guessed = kinds[source] == SourceKind.DERIVED
                        || kinds[source] == SourceKind.UNSAID && profile.isSlotPut(slot);
                ownEvidence += guessed ? 0 : evidence;
                derivedSources += guessed && kinds[source] == SourceKind.UNSAID ? 1 : 0;
                slots[usable] = slot;
                derived[usable] = guessed;
                evidences[usable] = evidence;
                factors[usable++] = weight;
            }
        }
        // Evidence may be anything finite; the sum of what own sources claim stays so. Not by Math.min, which all that
        // follows would wait for.
        if (ownEvidence > Double.MAX_VALUE) {
            ownEvidence = Double.MAX_VALUE;
        }
        double derivedShare = Confidence.derivedShare(ownEvidence, seenItems, derivedSources);
        met |= weigh(profile, usable, ownEvidence, derivedShare) ? USED : 0;
        used = usable;
        kernels.weightedSum(factors, offsets, usable, profile.vectors(), into, dimension);
        return met;
    }

    /**
     * Finds the slots of a space that hold something. Their decays come first, in a loop of their own: all else waits for
     * them, and so they run beside each other.
     *
     * @return whether there is a slot of another space
     */
    private boolean findHeld(ProfileRecord profile, int spaceId, long nowMillis) {
        for (int source = 0; source < weights.length; source++) {
            held[source] = -1;
        }
        boolean others = false;
        int count = profile.slotCount();
        for (int slot = 0; slot < count; slot++) {
            int source = profile.slotSource(slot);
            if (profile.slotSpace(slot) != spaceId) {
                others = true;
            } else if (source < weights.length && profile.slotNorm(slot) != 0) {
                held[source] = slot;
                decayed[source] = profile.slotEvidence(slot)
                        * Decay.factor(nowMillis - profile.slotTimeMillis(slot), halfLivesMillis[source]);
            }
        }
        return others;
    }

    /** Returns how many slots the last {@link #fuse} could use, those of factor 0 included. */
    public int usableCount() {
        return used;
    }

    /** Returns the number in its profile of a slot that the last {@link #fuse} could use; sources in order. */
    public int usableSlot(int index) {
        return slots[index];
    }

    /** Returns what that slot's vector was multiplied by: weight x confidence / norm. */
    public double usableFactor(int index) {
        return factors[index];
    }

    private double weight(double[] overrides, int source) {
        return Double.isNaN(overrides[source]) ? weights[source] : overrides[source];
    }

    /** Turns weights into factors of the vectors as they lie; returns whether any is not zero. */
    private boolean weigh(ProfileRecord profile, int usable, double ownEvidence, double derivedShare) {
        boolean used = false;
        for (int i = 0; i < usable; i++) {
            double confidence = derived[i]
                    ? Confidence.derived(evidences[i], derivedShare)
                    : Confidence.own(evidences[i], ownEvidence);
            factors[i] = factors[i] * confidence / profile.slotNorm(slots[i]);
            offsets[i] = profile.vectorOffset(slots[i]);
            used |= factors[i] != 0;
        }
        return used;
    }

    private static int otherSpace(ProfileRecord profile, int spaceId) {
        for (int slot = 0; slot < profile.slotCount(); slot++) {
            boolean isOther = profile.slotSpace(slot) != spaceId;
            if (isOther && profile.findSlot(profile.slotSource(slot), spaceId) < 0) {
                return OTHER_SPACE;
            }
        }
        return 0;
    }
}
