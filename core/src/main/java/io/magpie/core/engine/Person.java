package io.magpie.core.engine;

import io.magpie.core.profile.IdentityHasher;
import io.magpie.core.profile.ProfileRecord;
import io.magpie.core.store.StateReader;

/**
 * Whom a verb is about: a profile, named by its id or by an identity, of which only the keyed hash is kept. Mutable and
 * meant to be reused: setting it allocates nothing. Not thread-safe.
 */
public final class Person {
    /** The id that stands for none. */
    public static final long NOBODY = Engine.RESERVED_ID;

    private boolean isIdentity;
    private long profileId = NOBODY;
    private int source;
    private long high;
    private long low;

    /** Returns a new one, named by the profile's id. */
    public static Person of(long profileId) {
        return new Person().profile(profileId);
    }

    /** Names it by the profile's id, unsigned 64-bit. */
    public Person profile(long id) {
        isIdentity = false;
        profileId = id;
        return this;
    }

    /**
     * Names it by an identity. What is said of {@link #profileId()} before is forgotten.
     *
     * @param hasher         made by {@link Engine#newIdentityHasher()} for this thread
     * @param identitySource the number of the source whose id it is
     * @param id             holds the id's bytes
     * @param offset         of the first
     * @param length         1..{@link IdentityHasher#MAX_ID_LENGTH}
     * @throws IllegalArgumentException if the length is out of range, or the source not 0..254
     */
    public Person identity(IdentityHasher hasher, int identitySource, byte[] id, int offset, int length) {
        if (length < 1 || length > IdentityHasher.MAX_ID_LENGTH || identitySource < 0 || identitySource > 254) {
            throw new IllegalArgumentException("out of range: source=" + identitySource + " most=254 idLength=" + length
                    + " most=" + IdentityHasher.MAX_ID_LENGTH);
        }
        hasher.identity(identitySource, id, offset, length);
        isIdentity = true;
        profileId = NOBODY;
        source = identitySource;
        high = hasher.high();
        low = hasher.low();
        return this;
    }

    /** Takes over whom another one names. */
    public Person set(Person other) {
        isIdentity = other.isIdentity;
        profileId = other.profileId;
        source = other.source;
        high = other.high;
        low = other.low;
        return this;
    }

    /** Returns whether both name a profile in the same way. */
    public boolean isSame(Person other) {
        return isIdentity == other.isIdentity
                && (isIdentity ? high == other.high && low == other.low : profileId == other.profileId);
    }

    /** Returns whether it is named by an identity. */
    public boolean isIdentity() {
        return isIdentity;
    }

    /**
     * Returns the profile's id: as it was set, and after a verb the id of the profile that it reached, which another one
     * may have been merged into; {@link #NOBODY} for an identity that leads nowhere.
     */
    public long profileId() {
        return profileId;
    }

    /**
     * Looks up the id under which the profile is stored, which may lead on to another one: that is what
     * {@link StateReader#readProfile} then reads.
     *
     * @return the id; {@link #NOBODY} for an identity that leads nowhere
     */
    public long find(StateReader reader) {
        return isIdentity ? reader.findIdentity(high, low) : profileId;
    }

    /**
     * Reads the profile, or the one that it was merged into, and notes its id; see {@link #profileId()}.
     *
     * @param into overwritten; undefined if there is no such profile
     * @return false if there is no such profile
     */
    public boolean read(StateReader reader, ProfileRecord into) {
        long id = find(reader);
        boolean known = id != NOBODY && reader.readProfile(id, into);
        if (known) {
            profileId = into.profileId();
        } else if (isIdentity) {
            profileId = NOBODY;
        }
        return known;
    }

    /** Says which profile a verb reached. */
    void reached(long id) {
        profileId = id;
    }

    int source() {
        return source;
    }

    long high() {
        return high;
    }

    long low() {
        return low;
    }
}
