package io.magpie.core.engine;

import io.magpie.core.Outcome;

/**
 * A slot of a person that is to be put, and what became of it; see {@link ProfileWriter#putSlots}. Mutable and meant to be
 * reused: setting it allocates nothing. Not thread-safe.
 */
public final class SlotEntry {
    int source;
    int spaceId;
    double evidence;
    long timeMillis;
    long expectedVersion;
    Outcome outcome;
    final float[] vector;

    /** Makes one for vectors of this length. */
    public SlotEntry(int dimension) {
        vector = new float[dimension];
    }

    /** Sets all but the vector; see {@link ProfileWriter#putSlot(Person, int, int, float[], double, long, long)}. */
    public void set(int newSource, int newSpaceId, double newEvidence, long newTimeMillis, long newExpectedVersion) {
        source = newSource;
        spaceId = newSpaceId;
        evidence = newEvidence;
        timeMillis = newTimeMillis;
        expectedVersion = newExpectedVersion;
        outcome = null;
    }

    /** Returns {@code float32[dimension]}, to be filled. Not a copy. */
    public float[] vector() {
        return vector;
    }

    /** Returns what became of it, once it was put. */
    public Outcome outcome() {
        return outcome;
    }
}
