package io.magpie.protocol;

import static io.magpie.protocol.CatalogueReplyDescriptor.BLOCK_LENGTH;
import static io.magpie.protocol.CatalogueReplyDescriptor.CATALOGUE_VERSION_OFFSET;
import static io.magpie.protocol.CatalogueReplyDescriptor.EDITIONS_ENTRY_LENGTH;
import static io.magpie.protocol.CatalogueReplyDescriptor.EDITIONS_GROUP;
import static io.magpie.protocol.CatalogueReplyDescriptor.EDITION_BYTES_PER_ITEM_OFFSET;
import static io.magpie.protocol.CatalogueReplyDescriptor.EDITION_FLAGS_OFFSET;
import static io.magpie.protocol.CatalogueReplyDescriptor.EDITION_ITEMS_OFFSET;
import static io.magpie.protocol.CatalogueReplyDescriptor.EDITION_NUMBER_OFFSET;
import static io.magpie.protocol.CatalogueReplyDescriptor.EDITION_ROLE_OFFSET;
import static io.magpie.protocol.CatalogueReplyDescriptor.EDITION_SPACE_ID_OFFSET;
import static io.magpie.protocol.CatalogueReplyDescriptor.EDITION_UNSEALED_ITEMS_OFFSET;
import static io.magpie.protocol.CatalogueReplyDescriptor.EDITION_VERSION_OFFSET;
import static io.magpie.protocol.CatalogueReplyDescriptor.FREEING_ITEMS_OFFSET;
import static io.magpie.protocol.CatalogueReplyDescriptor.MAX_ITEMS_OFFSET;
import static io.magpie.protocol.CatalogueReplyDescriptor.SPACE_ID_OFFSET;
import static io.magpie.protocol.CatalogueReplyDescriptor.TIME_MILLIS_OFFSET;

/**
 * Reads {@code CatalogueReply} in place. Which catalogues there are: the live one first.
 *
 * <p>{@link #wrap} first, and read fields only if it says {@link Status#OK}. Valid as long as the buffer is; holds no
 * reference count. Reusable; not thread-safe; allocates nothing except where said.
 */
public final class CatalogueReplyDecoder extends MessageDecoder {
    /** A catalogue's role: it answers. */
    public static final int ROLE_LIVE = 0;

    /** A catalogue's role: it stands beside the live one and was never live. */
    public static final int ROLE_STAGED = 1;

    /** A catalogue's role: it stands beside the live one and was live before. */
    public static final int ROLE_PREVIOUS = 2;

    /** A catalogue's flag: its index is being rebuilt. */
    public static final int FLAG_REBUILDING = 1;

    /** Creates a decoder that is wrapped around nothing. */
    public CatalogueReplyDecoder() {
        super(BLOCK_LENGTH, 1);
        declare(EDITIONS_GROUP, EDITIONS_ENTRY_LENGTH, ProtocolLimits.MAX_EDITIONS);
    }

    /** Returns {@code catalogueVersion}, uint64: the live catalogue's version. */
    public long catalogueVersion() {
        return buffer().getLongLE(blockOffset() + CATALOGUE_VERSION_OFFSET);
    }

    /** Returns {@code timeMillis}, int64: the server's time of this answer, milliseconds since 1970. */
    public long timeMillis() {
        return buffer().getLongLE(blockOffset() + TIME_MILLIS_OFFSET);
    }

    /** Returns {@code freeingItems}, uint64: items of dropped catalogues that still take room. */
    public long freeingItems() {
        return buffer().getLongLE(blockOffset() + FREEING_ITEMS_OFFSET);
    }

    /** Returns {@code maxItems}, uint64: how many items there is room for, over all catalogues. */
    public long maxItems() {
        return buffer().getLongLE(blockOffset() + MAX_ITEMS_OFFSET);
    }

    /** Returns {@code spaceId}, uint32: the live catalogue's space. */
    public int spaceId() {
        return buffer().getIntLE(blockOffset() + SPACE_ID_OFFSET);
    }

    /** Returns how many entries there are: the catalogues, the live one first. */
    public int editionCount() {
        return count(EDITIONS_GROUP);
    }

    /** Returns {@code version}, uint64: its version: the last change that its answers show. */
    public long editionVersion(int index) {
        return buffer().getLongLE(entry(EDITIONS_GROUP, index) + EDITION_VERSION_OFFSET);
    }

    /** Returns {@code items}, uint64: how many items it holds. */
    public long editionItems(int index) {
        return buffer().getLongLE(entry(EDITIONS_GROUP, index) + EDITION_ITEMS_OFFSET);
    }

    /** Returns {@code unsealedItems}, uint64: rows that its index has not coded yet. */
    public long editionUnsealedItems(int index) {
        return buffer().getLongLE(entry(EDITIONS_GROUP, index) + EDITION_UNSEALED_ITEMS_OFFSET);
    }

    /** Returns {@code bytesPerItem}, float64: bytes of its index an item. */
    public double editionBytesPerItem(int index) {
        return buffer().getDoubleLE(entry(EDITIONS_GROUP, index) + EDITION_BYTES_PER_ITEM_OFFSET);
    }

    /** Returns {@code number}, uint32: its number; never given again. */
    public int editionNumber(int index) {
        return buffer().getIntLE(entry(EDITIONS_GROUP, index) + EDITION_NUMBER_OFFSET);
    }

    /** Returns {@code spaceId}, uint32: the space of its vectors. */
    public int editionSpaceId(int index) {
        return buffer().getIntLE(entry(EDITIONS_GROUP, index) + EDITION_SPACE_ID_OFFSET);
    }

    /** Returns {@code role}, uint8: 0 live, 1 staged, 2 live before. */
    public int editionRole(int index) {
        return buffer().getUnsignedByte(entry(EDITIONS_GROUP, index) + EDITION_ROLE_OFFSET);
    }

    /** Returns {@code flags}, uint8: 1 its index is being rebuilt. */
    public int editionFlags(int index) {
        return buffer().getUnsignedByte(entry(EDITIONS_GROUP, index) + EDITION_FLAGS_OFFSET);
    }
}
