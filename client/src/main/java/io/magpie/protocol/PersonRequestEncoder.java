package io.magpie.protocol;

import io.netty.buffer.ByteBuf;

/** What requests share that name profiles; see {@link PersonRequestDecoder}. Not thread-safe. */
public abstract class PersonRequestEncoder extends MessageEncoder {
    private final int identitiesGroup;

    /**
     * @param identitiesGroup place of the group identities, which is the last
     */
    protected PersonRequestEncoder(int identitiesGroup) {
        this.identitiesGroup = identitiesGroup;
    }

    /** Starts the identities, as the last group: {@code count} calls of {@link #addIdentity} follow, places ascending. */
    public final void beginIdentities(int count) {
        beginGroup(identitiesGroup, IdentityEntries.LENGTH, count);
    }

    /**
     * Writes an entry.
     *
     * @param place      which place of the request it fills; 2^64-1 stands there
     * @param source     number of the source whose id it is
     * @param externalId 1..64 bytes
     * @throws IllegalArgumentException if the id is empty or longer
     */
    public final void addIdentity(int place, int source, byte[] externalId) {
        if (externalId.length < 1 || externalId.length > ProtocolLimits.MAX_EXTERNAL_ID_LENGTH) {
            throw new IllegalArgumentException("an external id has 1 to " + ProtocolLimits.MAX_EXTERNAL_ID_LENGTH
                    + " bytes: length=" + externalId.length);
        }
        ByteBuf out = buffer();
        out.writeIntLE(place);
        out.writeByte(source);
        out.writeByte(externalId.length);
        out.writeZero(2);
        out.writeBytes(externalId);
        out.writeZero(ProtocolLimits.MAX_EXTERNAL_ID_LENGTH - externalId.length);
    }
}
