package io.magpie.client;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * What is held for one person, as far as it was asked for. Immutable but for the vectors, which belong to the receiver.
 *
 * @param profileId        unsigned 64-bit
 * @param version          +1 with every change, unsigned 32-bit
 * @param slots            the slots
 * @param consents         consents that are not unset
 * @param seen             items seen or shown
 * @param seenTruncated    whether the seen set is full, so that the oldest entries were dropped
 * @param consentRemoved   whether slots or seen items were left out because consent does not allow the purpose
 * @param catalogueVersion the live catalogue's version
 * @param spaceId          the live catalogue's space
 * @param timeMillis       the server's time of the answer, milliseconds since 1970
 */
public record Profile(
        long profileId,
        int version,
        List<Slot> slots,
        List<Consent> consents,
        List<Seen> seen,
        boolean seenTruncated,
        boolean consentRemoved,
        long catalogueVersion,
        int spaceId,
        long timeMillis) {

    /** Copies the lists. */
    public Profile {
        slots = List.copyOf(slots);
        consents = List.copyOf(consents);
        seen = List.copyOf(seen);
    }

    /**
     * A source's interest vector.
     *
     * @param source     number of the source
     * @param spaceId    space of the vector
     * @param evidence   what stands behind it, as of {@code timeMillis}
     * @param timeMillis time of its last event, milliseconds since 1970
     * @param norm       Euclidean norm of the vector
     * @param vector     {@code float32[dimension]}; empty if vectors were not asked for
     */
    public record Slot(int source, int spaceId, double evidence, long timeMillis, double norm, float[] vector) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Slot that
                    && source == that.source
                    && spaceId == that.spaceId
                    && Double.compare(evidence, that.evidence) == 0
                    && timeMillis == that.timeMillis
                    && Double.compare(norm, that.norm) == 0
                    && Arrays.equals(vector, that.vector);
        }

        @Override
        public int hashCode() {
            return Objects.hash(source, spaceId, evidence, timeMillis, norm, Arrays.hashCode(vector));
        }

        @Override
        public String toString() {
            return "Slot[source=" + source + ", spaceId=" + spaceId + ", evidence=" + evidence + ", timeMillis="
                    + timeMillis + ", norm=" + norm + ", vector=float[" + vector.length + "]]";
        }
    }

    /**
     * Consent for a source and a purpose.
     *
     * @param source     number of the source
     * @param purpose    number of the purpose
     * @param state      granted or denied
     * @param timeMillis when, milliseconds since 1970
     */
    public record Consent(int source, int purpose, ConsentState state, long timeMillis) {}

    /**
     * An item that the person has seen, or was shown.
     *
     * @param itemId      unsigned 64-bit
     * @param timeSeconds last time, seconds since 1970
     * @param source      number of the source
     * @param shown       true if it was shown in an answer, false if it was seen in an event
     * @param count       how often, up to 65,535
     */
    public record Seen(long itemId, long timeSeconds, int source, boolean shown, int count) {}
}
