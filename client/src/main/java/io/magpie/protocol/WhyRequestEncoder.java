package io.magpie.protocol;

import static io.magpie.protocol.WhyRequestDescriptor.AS_OF_MILLIS_OFFSET;
import static io.magpie.protocol.WhyRequestDescriptor.BLOCK_LENGTH;
import static io.magpie.protocol.WhyRequestDescriptor.IDENTITIES_GROUP;
import static io.magpie.protocol.WhyRequestDescriptor.ITEM_ID_OFFSET;
import static io.magpie.protocol.WhyRequestDescriptor.PROFILE_ID_OFFSET;
import static io.magpie.protocol.WhyRequestDescriptor.PURPOSE_OFFSET;
import static io.magpie.protocol.WhyRequestDescriptor.SEEN_LIMIT_OFFSET;
import static io.magpie.protocol.WhyRequestDescriptor.SOURCE_WEIGHTS_ENTRY_LENGTH;
import static io.magpie.protocol.WhyRequestDescriptor.SOURCE_WEIGHTS_GROUP;

import io.netty.buffer.ByteBuf;

/**
 * Writes {@code WhyRequest}. Asks why an item suits a profile: what each source adds to its score, and which seen items are most like it.
 *
 * <p>Call {@code wrap}, the fields of the block in any order (those left out are zero), the groups in the order of
 * {@link WhyRequestDescriptor} (those left out are empty), then {@link #finish()}. Reusable; not thread-safe; allocates nothing.
 */
public final class WhyRequestEncoder extends PersonRequestEncoder {
    /** Creates an encoder that writes nowhere yet. */
    public WhyRequestEncoder() {
        super(IDENTITIES_GROUP);
    }

    /**
     * Starts a request at the buffer's writer index. The buffer stays the caller's.
     *
     * @param budgetMicros how long the answer is of use, in microseconds from when the server reads it; 0 for always
     */
    public WhyRequestEncoder wrap(ByteBuf buffer, long correlationId, int budgetMicros) {
        beginRequest(buffer, MessageType.WHY, correlationId, budgetMicros, BLOCK_LENGTH);
        return this;
    }

    /** Sets {@code profileId}, uint64: whose. */
    public WhyRequestEncoder profileId(long profileId) {
        buffer().setLongLE(blockOffset() + PROFILE_ID_OFFSET, profileId);
        return this;
    }

    /** Sets {@code itemId}, uint64: which item. */
    public WhyRequestEncoder itemId(long itemId) {
        buffer().setLongLE(blockOffset() + ITEM_ID_OFFSET, itemId);
        return this;
    }

    /** Sets {@code asOfMillis}, int64: timeMillis of the answer to be explained; 0 for now. */
    public WhyRequestEncoder asOfMillis(long asOfMillis) {
        buffer().setLongLE(blockOffset() + AS_OF_MILLIS_OFFSET, asOfMillis);
        return this;
    }

    /** Sets {@code seenLimit}, uint32: how many seen items to name, from 0. */
    public WhyRequestEncoder seenLimit(int seenLimit) {
        buffer().setIntLE(blockOffset() + SEEN_LIMIT_OFFSET, seenLimit);
        return this;
    }

    /** Sets {@code purpose}, uint8: the purpose that consent must cover; 0 recommend. */
    public WhyRequestEncoder purpose(int purpose) {
        buffer().setByte(blockOffset() + PURPOSE_OFFSET, purpose);
        return this;
    }

    /** Starts weights of the request to be explained; sources not named keep theirs: {@code count} calls of {@link #addSourceWeight} follow. */
    public WhyRequestEncoder beginSourceWeights(int count) {
        beginGroup(SOURCE_WEIGHTS_GROUP, SOURCE_WEIGHTS_ENTRY_LENGTH, count);
        return this;
    }

    /**
     * Writes an entry.
     *
     * @param weight float64: takes the place of the configured weight
     * @param source uint8: number of the source
     */
    public WhyRequestEncoder addSourceWeight(double weight, int source) {
        ByteBuf out = buffer();
        out.writeDoubleLE(weight);
        out.writeByte(source);
        out.writeZero(7);
        return this;
    }
}
