package io.magpie.protocol;

import static io.magpie.protocol.WhyRequestDescriptor.AS_OF_MILLIS_OFFSET;
import static io.magpie.protocol.WhyRequestDescriptor.BLOCK_LENGTH;
import static io.magpie.protocol.WhyRequestDescriptor.ITEM_ID_OFFSET;
import static io.magpie.protocol.WhyRequestDescriptor.PROFILE_ID_OFFSET;
import static io.magpie.protocol.WhyRequestDescriptor.PURPOSE_OFFSET;
import static io.magpie.protocol.WhyRequestDescriptor.SEEN_LIMIT_OFFSET;
import static io.magpie.protocol.WhyRequestDescriptor.SOURCE_WEIGHTS_ENTRY_LENGTH;
import static io.magpie.protocol.WhyRequestDescriptor.SOURCE_WEIGHTS_GROUP;
import static io.magpie.protocol.WhyRequestDescriptor.SOURCE_WEIGHT_SOURCE_OFFSET;
import static io.magpie.protocol.WhyRequestDescriptor.SOURCE_WEIGHT_WEIGHT_OFFSET;

/**
 * Reads {@code WhyRequest} in place. Asks why an item suits a profile: what each source adds to its score, and which seen items are most like it.
 *
 * <p>{@link #wrap} first, and read fields only if it says {@link Status#OK}. Valid as long as the buffer is; holds no
 * reference count. Reusable; not thread-safe; allocates nothing except where said.
 */
public final class WhyRequestDecoder extends PersonRequestDecoder {

    /** Creates a decoder that is wrapped around nothing. */
    public WhyRequestDecoder() {
        super(BLOCK_LENGTH, 2);
        declare(SOURCE_WEIGHTS_GROUP, SOURCE_WEIGHTS_ENTRY_LENGTH, ProtocolLimits.MAX_SOURCES);
    }

    @Override
    protected Status check() {
        return seenLimit() < 0 ? Status.OUT_OF_RANGE : checkIdentities();
    }

    /** Returns {@code profileId}, uint64: whose. */
    public long profileId() {
        return buffer().getLongLE(blockOffset() + PROFILE_ID_OFFSET);
    }

    /** Returns {@code itemId}, uint64: which item. */
    public long itemId() {
        return buffer().getLongLE(blockOffset() + ITEM_ID_OFFSET);
    }

    /** Returns {@code asOfMillis}, int64: timeMillis of the answer to be explained; 0 for now. */
    public long asOfMillis() {
        return buffer().getLongLE(blockOffset() + AS_OF_MILLIS_OFFSET);
    }

    /** Returns {@code seenLimit}, uint32: how many seen items to name, from 0. */
    public int seenLimit() {
        return buffer().getIntLE(blockOffset() + SEEN_LIMIT_OFFSET);
    }

    /** Returns {@code purpose}, uint8: the purpose that consent must cover; 0 recommend. */
    public int purpose() {
        return buffer().getUnsignedByte(blockOffset() + PURPOSE_OFFSET);
    }

    /** Returns how many entries there are: weights of the request to be explained; sources not named keep theirs. */
    public int sourceWeightCount() {
        return count(SOURCE_WEIGHTS_GROUP);
    }

    /** Returns {@code weight}, float64: takes the place of the configured weight. */
    public double sourceWeightWeight(int index) {
        return buffer().getDoubleLE(entry(SOURCE_WEIGHTS_GROUP, index) + SOURCE_WEIGHT_WEIGHT_OFFSET);
    }

    /** Returns {@code source}, uint8: number of the source. */
    public int sourceWeightSource(int index) {
        return buffer().getUnsignedByte(entry(SOURCE_WEIGHTS_GROUP, index) + SOURCE_WEIGHT_SOURCE_OFFSET);
    }

    @Override
    protected int placeCount() {
        return 1;
    }

    @Override
    protected long profileIdAt(int place) {
        return profileId();
    }
}
