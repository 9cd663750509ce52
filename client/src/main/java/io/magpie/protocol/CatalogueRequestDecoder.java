package io.magpie.protocol;

import static io.magpie.protocol.CatalogueRequestDescriptor.BLOCK_LENGTH;
import static io.magpie.protocol.CatalogueRequestDescriptor.EDITION_OFFSET;
import static io.magpie.protocol.CatalogueRequestDescriptor.SPACE_ID_OFFSET;

/**
 * Reads {@code CatalogueRequest} in place. Stages, switches to, drops or rebuilds a catalogue, or asks which there are.
 *
 * <p>{@link #wrap} first, and read fields only if it says {@link Status#OK}. Valid as long as the buffer is; holds no
 * reference count. Reusable; not thread-safe; allocates nothing except where said.
 */
public final class CatalogueRequestDecoder extends MessageDecoder {

    /** Creates a decoder that is wrapped around nothing. */
    public CatalogueRequestDecoder() {
        super(BLOCK_LENGTH, 0);
    }

    /** Returns {@code edition}, uint32: which catalogue; 0 for the one beside the live one, in a rebuild for the live one. */
    public int edition() {
        return buffer().getIntLE(blockOffset() + EDITION_OFFSET);
    }

    /** Returns {@code spaceId}, uint32: the space of a staged catalogue's vectors; read by stage alone. */
    public int spaceId() {
        return buffer().getIntLE(blockOffset() + SPACE_ID_OFFSET);
    }
}
