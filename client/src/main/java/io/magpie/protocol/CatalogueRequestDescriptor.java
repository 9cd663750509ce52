package io.magpie.protocol;

/**
 * Layout of {@code CatalogueRequest}. Stages, switches to, drops or rebuilds a catalogue, or asks which there are.
 *
 * <pre>
 * fixed block
 * +------+---------+--------+
 * |    0 | edition | uint32 |
 * |    4 | spaceId | uint32 |
 * +------+---------+--------+
 * </pre>
 */
public final class CatalogueRequestDescriptor {
    /** uint32: which catalogue; 0 for the one beside the live one, in a rebuild for the live one; not read by stage. */
    public static final int EDITION_OFFSET = 0;

    /** uint32: the space of a staged catalogue's vectors; read by stage alone. */
    public static final int SPACE_ID_OFFSET = EDITION_OFFSET + Integer.BYTES;

    /** Bytes of the fixed block. */
    public static final int BLOCK_LENGTH = SPACE_ID_OFFSET + Integer.BYTES;

    private CatalogueRequestDescriptor() {}
}
