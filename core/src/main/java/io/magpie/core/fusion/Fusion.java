package io.magpie.core.fusion;

import io.magpie.core.profile.ProfileRecord;
import java.util.List;

/**
 * Makes one vector of a profile's slots: {@code u = sum of weight x confidence x slot / norm(slot)} over the slots that
 * may be used, sources in their configured order, in double, each component rounded once to float32. Not thread-safe;
 * one per thread. Allocates nothing.
 */
public final class Fusion {
    /** What {@link #fuse} says of the slots it met; bits of its result. */
    public static final int USED = 1;

    /** A slot was left out because its source may not be used for this purpose. */
    public static final int CONSENT_REMOVED = 2;

    /** A slot was left out because it belongs to another space. */
    public static final int OTHER_SPACE = 4;

    private final double[] weights;
    private final long[] halfLivesMillis;
    private final ConsentPolicy policy;
    private final double[] sum;

    /**
     * @param sources   in their configured order
     * @param policy    what unset consent means
     * @param dimension length of every vector
     */
    public Fusion(List<Source> sources, ConsentPolicy policy, int dimension) {
        weights = sources.stream().mapToDouble(Source::weight).toArray();
        halfLivesMillis = sources.stream().mapToLong(Source::halfLifeMillis).toArray();
        this.policy = policy;
        sum = new double[dimension];
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
        java.util.Arrays.fill(sum, 0);
        int met = 0;
        for (int source = 0; source < weights.length; source++) {
            int slot = profile.findSlot(source, spaceId);
            if (slot < 0 || profile.slotNorm(slot) == 0) {
                continue;
            }
            if (!policy.allows(profile, source, purpose)) {
                met |= CONSENT_REMOVED;
                continue;
            }
            double weight = Double.isNaN(overrides[source]) ? weights[source] : overrides[source];
            double share = weight * confidence(profile, source, slot, nowMillis);
            if (share != 0) {
                met |= USED;
                add(share / profile.slotNorm(slot), profile.vectors(), slot * sum.length);
            }
        }
        for (int slot = 0; slot < profile.slotCount(); slot++) {
            if (profile.slotSpace(slot) != spaceId) {
                met |= OTHER_SPACE;
            }
        }
        for (int i = 0; i < into.length; i++) {
            into[i] = (float) sum[i];
        }
        return met;
    }

    private double confidence(ProfileRecord profile, int source, int slot, long nowMillis) {
        double evidence = profile.slotEvidence(slot)
                * Decay.factor(nowMillis - profile.slotTimeMillis(slot), halfLivesMillis[source]);
        return evidence > 0 ? 1 : 0;
    }

    private void add(double factor, float[] vectors, int at) {
        for (int i = 0; i < sum.length; i++) {
            sum[i] += factor * vectors[at + i];
        }
    }
}
