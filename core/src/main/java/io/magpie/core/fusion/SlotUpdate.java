package io.magpie.core.fusion;

import io.magpie.core.profile.ProfileRecord;

/**
 * How a slot moves. With t the event's time, T the later of t and the slot's last time, and d(x) what is left after x:
 * {@code slot = slot * d(T - last) + strength * d(T - t) * item} and {@code evidence = evidence * d(T - last) + d(T - t)}.
 * A late event therefore counts as if it had come in time. Stateless.
 */
public final class SlotUpdate {
    private SlotUpdate() {}

    /**
     * Moves a slot by an event. On a false return the record must be thrown away: it is half changed.
     *
     * @param profile        the record that holds the slot; changed
     * @param slot           the slot's index in it
     * @param item           {@code float32[dimension]}, the item's vector
     * @param strength       how much the event counts; finite, may be negative
     * @param timeMillis     when it happened
     * @param halfLifeMillis the source's half-life, or {@link Decay#NEVER}
     * @return false if a component has left the range of float32
     */
    public static boolean apply(
            ProfileRecord profile, int slot, float[] item, double strength, long timeMillis, long halfLifeMillis) {
        long last = profile.slotTimeMillis(slot);
        long now = Math.max(last, timeMillis);
        // A slot that is new holds nothing to decay; one that was put without evidence still has its vector.
        boolean isEmpty = profile.slotEvidence(slot) == 0 && profile.slotNorm(slot) == 0;
        double kept = isEmpty ? 0 : Decay.factor(now - last, halfLifeMillis);
        double fresh = Decay.factor(now - timeMillis, halfLifeMillis);
        double step = strength * fresh;
        float[] vectors = profile.vectors();
        int at = profile.vectorOffset(slot);
        boolean finite = true;
        for (int i = 0; i < item.length; i++) {
            float moved = (float) (vectors[at + i] * kept + item[i] * step);
            vectors[at + i] = moved;
            finite &= Float.isFinite(moved);
        }
        profile.slotEvidence(slot, profile.slotEvidence(slot) * kept + fresh);
        profile.slotTimeMillis(slot, now);
        profile.slotNorm(slot, norm(vectors, at, item.length));
        return finite;
    }

    /**
     * Adds another profile's slot of the same source and space: both decayed to the later of their times, vectors and
     * evidence added. The slot was put if one of them was. On a false return the record must be thrown away.
     *
     * @param profile        the record that holds the slot; changed
     * @param slot           the slot's index in it
     * @param other          the other profile
     * @param otherSlot      the slot's index in that
     * @param halfLifeMillis the source's half-life, or {@link Decay#NEVER}
     * @return false if a component has left the range of float32
     */
    public static boolean merge(
            ProfileRecord profile, int slot, ProfileRecord other, int otherSlot, long halfLifeMillis) {
        long last = profile.slotTimeMillis(slot);
        long otherLast = other.slotTimeMillis(otherSlot);
        long now = Math.max(last, otherLast);
        double kept = Decay.factor(now - last, halfLifeMillis);
        double otherKept = Decay.factor(now - otherLast, halfLifeMillis);
        int dimension = profile.dimension();
        float[] vectors = profile.vectors();
        float[] otherVectors = other.vectors();
        int at = profile.vectorOffset(slot);
        int otherAt = other.vectorOffset(otherSlot);
        boolean finite = true;
        for (int i = 0; i < dimension; i++) {
            float sum = (float) (vectors[at + i] * kept + otherVectors[otherAt + i] * otherKept);
            vectors[at + i] = sum;
            finite &= Float.isFinite(sum);
        }
        double evidence = profile.slotEvidence(slot) * kept + other.slotEvidence(otherSlot) * otherKept;
        profile.slotEvidence(slot, evidence);
        profile.slotTimeMillis(slot, now);
        profile.slotNorm(slot, norm(vectors, at, dimension));
        if (other.isSlotPut(otherSlot)) {
            profile.markSlotPut(slot);
        }
        return finite && Double.isFinite(evidence);
    }

    /** Returns the Euclidean length of {@code length} floats from {@code offset}, summed in double, in order. */
    public static double norm(float[] values, int offset, int length) {
        double sum = 0;
        for (int i = offset; i < offset + length; i++) {
            sum += (double) values[i] * values[i];
        }
        return Math.sqrt(sum);
    }

    /** Returns whether no value is NaN or infinite. */
    public static boolean isFinite(float[] values) {
        // A sum of products with zero is zero unless one of them is not finite: no branch an element.
        float sum = 0;
        for (float value : values) {
            sum += value * 0f;
        }
        return sum == 0;
    }
}
