package io.magpie.protocol;

/**
 * What requests share that name profiles: in the place of a profile's id 2^64-1 may stand, and then the group
 * {@code identities} says by which identity the profile is known. Not thread-safe.
 */
public abstract class PersonRequestDecoder extends MessageDecoder {
    private final int identitiesGroup;

    /**
     * @param minBlockLength bytes of the block in version 1
     * @param groupCount     how many groups the message has, identities included, which is the last
     */
    protected PersonRequestDecoder(int minBlockLength, int groupCount) {
        super(minBlockLength, groupCount);
        identitiesGroup = groupCount - 1;
        declare(identitiesGroup, IdentityEntries.LENGTH, ProtocolLimits.MAX_IDENTITIES);
    }

    /** Returns how many places of the request are named by an identity. */
    public final int identityCount() {
        return count(identitiesGroup);
    }

    /** Returns the place of an entry; places ascend. */
    public final int identityPlace(int index) {
        return buffer().getIntLE(entry(identitiesGroup, index) + IdentityEntries.PLACE_OFFSET);
    }

    /** Returns the number of the source whose id it is. */
    public final int identitySource(int index) {
        return buffer().getUnsignedByte(entry(identitiesGroup, index) + IdentityEntries.SOURCE_OFFSET);
    }

    /** Returns how many bytes the id has, 1..64. */
    public final int identityIdLength(int index) {
        return buffer().getUnsignedByte(entry(identitiesGroup, index) + IdentityEntries.ID_LENGTH_OFFSET);
    }

    /** Copies the id's bytes to the start of an array of 64. */
    public final void copyExternalId(int index, byte[] into) {
        buffer().getBytes(
                        entry(identitiesGroup, index) + IdentityEntries.EXTERNAL_ID_OFFSET,
                        into,
                        0,
                        identityIdLength(index));
    }

    /** Returns the entry for a place, or -1 if a profile's id stands there. */
    public final int findIdentity(int place) {
        return find(identitiesGroup, IdentityEntries.PLACE_OFFSET, place);
    }

    /** Checks the group: called by {@link #check()} of each message, after its own lists were found good. */
    protected final Status checkIdentities() {
        if (identityCount() == 0) {
            return Status.OK;
        }
        if (!isAscending(identitiesGroup, IdentityEntries.PLACE_OFFSET, placeCount())) {
            return Status.MALFORMED;
        }
        for (int i = 0; i < identityCount(); i++) {
            int length = identityIdLength(i);
            if (length < 1 || length > ProtocolLimits.MAX_EXTERNAL_ID_LENGTH) {
                return Status.OUT_OF_RANGE;
            }
            if (profileIdAt(identityPlace(i)) != ProtocolLimits.RESERVED_ID) {
                return Status.MALFORMED;
            }
        }
        return Status.OK;
    }

    @Override
    protected Status check() {
        return checkIdentities();
    }

    /** Returns how many places for profile ids the request has. */
    protected abstract int placeCount();

    /** Returns the profile id that stands at a place. */
    protected abstract long profileIdAt(int place);
}
