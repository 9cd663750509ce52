package io.magpie.client;

import io.magpie.protocol.ProtocolLimits;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Whom a request is about: a profile by its id, or by an identity, a source's own name for a person, such as a customer number.
 * Immutable.
 *
 * <p>A change by an identity that is not known makes a profile for it; a read says that it is unknown. The server
 * keeps a keyed hash of an identity, and {@link #toString} does not tell it either.
 *
 * <pre>{@code
 * Person buyer = Person.identity(commerce, "customer-4711");
 * client.recordEvent(new Event(buyer, commerce, itemId, 1.0, System.currentTimeMillis()));
 * Recommendations best = client.recommend(RecommendRequest.forPerson(buyer).limit(10));
 * }</pre>
 */
public final class Person {
    static final Person NOBODY = profile(ProtocolLimits.RESERVED_ID);

    private static final int MOST_SOURCE = 0xFF;

    private final long profileId;
    private final int source;
    private final byte[] externalId;

    private Person(long profileId, int source, byte[] externalId) {
        this.profileId = profileId;
        this.source = source;
        this.externalId = externalId;
    }

    /**
     * Names a profile.
     *
     * @param profileId unsigned 64-bit
     */
    public static Person profile(long profileId) {
        return new Person(profileId, 0, null);
    }

    /**
     * Names an identity.
     *
     * @param source     number of the source whose id it is, 0..255; one that is not configured is refused with UNKNOWN_SOURCE
     * @param externalId 1..64 bytes; copied
     * @throws IllegalArgumentException if it is empty or longer
     */
    public static Person identity(int source, byte[] externalId) {
        if (externalId.length < 1 || externalId.length > ProtocolLimits.MAX_EXTERNAL_ID_LENGTH) {
            throw new IllegalArgumentException("an external id has 1 to " + ProtocolLimits.MAX_EXTERNAL_ID_LENGTH
                    + " bytes: length=" + externalId.length + "; give a hash of a longer one");
        }
        if (source < 0 || source > MOST_SOURCE) {
            throw new IllegalArgumentException("sources have numbers from 0 to 255: source=" + source);
        }
        return new Person(ProtocolLimits.RESERVED_ID, source, externalId.clone());
    }

    /** Names an identity whose id is a text: its bytes are those of UTF-8; see {@link #identity(int, byte[])}. */
    public static Person identity(int source, String externalId) {
        return identity(source, externalId.getBytes(StandardCharsets.UTF_8));
    }

    /** Returns whether this is an identity, not a profile's id. */
    public boolean isIdentity() {
        return externalId != null;
    }

    /** Returns the profile's id, unsigned 64-bit; 2^64-1 for an identity. */
    public long profileId() {
        return profileId;
    }

    int source() {
        return source;
    }

    byte[] externalId() {
        return externalId;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Person that
                && profileId == that.profileId
                && source == that.source
                && Arrays.equals(externalId, that.externalId);
    }

    @Override
    public int hashCode() {
        return (Long.hashCode(profileId) * 31 + source) * 31 + Arrays.hashCode(externalId);
    }

    @Override
    public String toString() {
        return isIdentity() ? "identity of source " + source : "profile " + Long.toUnsignedString(profileId);
    }
}
