package io.magpie.protocol;

import static io.magpie.protocol.CatalogueRequestDescriptor.BLOCK_LENGTH;
import static io.magpie.protocol.CatalogueRequestDescriptor.EDITION_OFFSET;
import static io.magpie.protocol.CatalogueRequestDescriptor.SPACE_ID_OFFSET;

import io.netty.buffer.ByteBuf;

/**
 * Writes {@code CatalogueRequest}. Stages, switches to, drops or rebuilds a catalogue, or asks which there are.
 *
 * <p>Call {@code wrap}, the fields of the block in any order (those left out are zero), then {@link #finish()}. Reusable; not
 * thread-safe; allocates nothing.
 */
public final class CatalogueRequestEncoder extends MessageEncoder {
    /**
     * Starts a request at the buffer's writer index. The buffer stays the caller's.
     *
     * @param messageType  the verb
     * @param budgetMicros how long the answer is of use, in microseconds from when the server reads it; 0 for always
     */
    public CatalogueRequestEncoder wrap(ByteBuf buffer, int messageType, long correlationId, int budgetMicros) {
        beginRequest(buffer, messageType, correlationId, budgetMicros, BLOCK_LENGTH);
        return this;
    }

    /** Sets {@code edition}, uint32: which catalogue; 0 for the one beside the live one, in a rebuild for the live one. */
    public CatalogueRequestEncoder edition(int edition) {
        buffer().setIntLE(blockOffset() + EDITION_OFFSET, edition);
        return this;
    }

    /** Sets {@code spaceId}, uint32: the space of a staged catalogue's vectors; read by stage alone. */
    public CatalogueRequestEncoder spaceId(int spaceId) {
        buffer().setIntLE(blockOffset() + SPACE_ID_OFFSET, spaceId);
        return this;
    }
}
