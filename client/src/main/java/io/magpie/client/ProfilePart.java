package io.magpie.client;

import io.magpie.protocol.GetProfileRequestDecoder;

/** What a profile is asked for; the less, the shorter the answer. */
public enum ProfilePart {
    /** The slots, without their vectors. */
    SLOTS(GetProfileRequestDecoder.PART_SLOTS),
    /** The slots with their vectors. */
    VECTORS(GetProfileRequestDecoder.PART_SLOTS | GetProfileRequestDecoder.PART_VECTORS),
    /** Consents that are not unset. */
    CONSENTS(GetProfileRequestDecoder.PART_CONSENTS),
    /** Items seen and shown. */
    SEEN(GetProfileRequestDecoder.PART_SEEN);

    private final int bits;

    ProfilePart(int bits) {
        this.bits = bits;
    }

    int bits() {
        return bits;
    }
}
