package io.magpie.protocol;

import static io.magpie.protocol.SetConsentsRequestDescriptor.BLOCK_LENGTH;
import static io.magpie.protocol.SetConsentsRequestDescriptor.CONSENTS_ENTRY_LENGTH;
import static io.magpie.protocol.SetConsentsRequestDescriptor.CONSENTS_GROUP;
import static io.magpie.protocol.SetConsentsRequestDescriptor.CONSENT_PROFILE_ID_OFFSET;
import static io.magpie.protocol.SetConsentsRequestDescriptor.CONSENT_PURPOSE_OFFSET;
import static io.magpie.protocol.SetConsentsRequestDescriptor.CONSENT_SOURCE_OFFSET;
import static io.magpie.protocol.SetConsentsRequestDescriptor.CONSENT_STATE_OFFSET;
import static io.magpie.protocol.SetConsentsRequestDescriptor.CONSENT_TIME_MILLIS_OFFSET;

/**
 * Reads {@code SetConsentsRequest} in place. Sets consent, each per source and purpose.
 *
 * <p>{@link #wrap} first, and read fields only if it says {@link Status#OK}. Valid as long as the buffer is; holds no
 * reference count. Reusable; not thread-safe; allocates nothing except where said.
 */
public final class SetConsentsRequestDecoder extends ConditionalRequestDecoder {

    /** Creates a decoder that is wrapped around nothing. */
    public SetConsentsRequestDecoder() {
        super(BLOCK_LENGTH, 3);
        declare(CONSENTS_GROUP, CONSENTS_ENTRY_LENGTH, ProtocolLimits.MAX_LIST_LENGTH);
    }

    /** Returns how many entries there are: the consents. */
    public int consentCount() {
        return count(CONSENTS_GROUP);
    }

    /** Returns {@code profileId}, uint64: whose consent. */
    public long consentProfileId(int index) {
        return buffer().getLongLE(entry(CONSENTS_GROUP, index) + CONSENT_PROFILE_ID_OFFSET);
    }

    /** Returns {@code timeMillis}, int64: when it was given or withdrawn, milliseconds since 1970. */
    public long consentTimeMillis(int index) {
        return buffer().getLongLE(entry(CONSENTS_GROUP, index) + CONSENT_TIME_MILLIS_OFFSET);
    }

    /** Returns {@code source}, uint8: number of the source. */
    public int consentSource(int index) {
        return buffer().getUnsignedByte(entry(CONSENTS_GROUP, index) + CONSENT_SOURCE_OFFSET);
    }

    /** Returns {@code purpose}, uint8: number of the purpose. */
    public int consentPurpose(int index) {
        return buffer().getUnsignedByte(entry(CONSENTS_GROUP, index) + CONSENT_PURPOSE_OFFSET);
    }

    /** Returns {@code state}, uint8: 0 unset, 1 granted, 2 denied. */
    public int consentState(int index) {
        return buffer().getUnsignedByte(entry(CONSENTS_GROUP, index) + CONSENT_STATE_OFFSET);
    }

    @Override
    protected int placeCount() {
        return consentCount();
    }

    @Override
    protected long profileIdAt(int place) {
        return consentProfileId(place);
    }
}
