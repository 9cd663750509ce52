package io.magpie.protocol;

import static io.magpie.protocol.SetConsentsRequestDescriptor.BLOCK_LENGTH;
import static io.magpie.protocol.SetConsentsRequestDescriptor.CONSENTS_ENTRY_LENGTH;
import static io.magpie.protocol.SetConsentsRequestDescriptor.CONSENTS_GROUP;
import static io.magpie.protocol.SetConsentsRequestDescriptor.IDENTITIES_GROUP;

import io.netty.buffer.ByteBuf;

/**
 * Writes {@code SetConsentsRequest}. Sets consent, each per source and purpose.
 *
 * <p>Call {@code wrap}, the fields of the block in any order (those left out are zero), the groups in the order of
 * {@link SetConsentsRequestDescriptor} (those left out are empty), then {@link #finish()}. Reusable; not thread-safe; allocates nothing.
 */
public final class SetConsentsRequestEncoder extends ConditionalRequestEncoder {
    /** Creates an encoder that writes nowhere yet. */
    public SetConsentsRequestEncoder() {
        super(IDENTITIES_GROUP);
    }

    /**
     * Starts a request at the buffer's writer index. The buffer stays the caller's.
     *
     * @param budgetMicros how long the answer is of use, in microseconds from when the server reads it; 0 for always
     */
    public SetConsentsRequestEncoder wrap(ByteBuf buffer, long correlationId, int budgetMicros) {
        beginRequest(buffer, MessageType.SET_CONSENTS, correlationId, budgetMicros, BLOCK_LENGTH);
        return this;
    }

    /** Starts the consents: {@code count} calls of {@link #addConsent} follow. */
    public SetConsentsRequestEncoder beginConsents(int count) {
        beginGroup(CONSENTS_GROUP, CONSENTS_ENTRY_LENGTH, count);
        return this;
    }

    /**
     * Writes an entry.
     *
     * @param profileId uint64: whose consent
     * @param timeMillis int64: when it was given or withdrawn, milliseconds since 1970
     * @param source uint8: number of the source
     * @param purpose uint8: number of the purpose
     * @param state uint8: 0 unset, 1 granted, 2 denied
     */
    public SetConsentsRequestEncoder addConsent(long profileId, long timeMillis, int source, int purpose, int state) {
        ByteBuf out = buffer();
        out.writeLongLE(profileId);
        out.writeLongLE(timeMillis);
        out.writeByte(source);
        out.writeByte(purpose);
        out.writeByte(state);
        out.writeZero(5);
        return this;
    }
}
