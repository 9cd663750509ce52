package io.magpie.protocol;

import static io.magpie.protocol.CatalogueReplyDescriptor.BLOCK_LENGTH;
import static io.magpie.protocol.CatalogueReplyDescriptor.CATALOGUE_VERSION_OFFSET;
import static io.magpie.protocol.CatalogueReplyDescriptor.EDITIONS_ENTRY_LENGTH;
import static io.magpie.protocol.CatalogueReplyDescriptor.EDITIONS_GROUP;
import static io.magpie.protocol.CatalogueReplyDescriptor.FREEING_ITEMS_OFFSET;
import static io.magpie.protocol.CatalogueReplyDescriptor.MAX_ITEMS_OFFSET;
import static io.magpie.protocol.CatalogueReplyDescriptor.SPACE_ID_OFFSET;
import static io.magpie.protocol.CatalogueReplyDescriptor.TIME_MILLIS_OFFSET;

import io.netty.buffer.ByteBuf;

/**
 * Writes {@code CatalogueReply}. Which catalogues there are: the live one first.
 *
 * <p>Call {@code wrap}, the fields of the block in any order (those left out are zero), the groups in the order of
 * {@link CatalogueReplyDescriptor} (those left out are empty), then {@link #finish()}. Reusable; not thread-safe; allocates
 * nothing.
 */
public final class CatalogueReplyEncoder extends MessageEncoder {
    /**
     * Starts an answer at the buffer's writer index. The buffer stays the caller's.
     *
     * @param messageType the request's
     */
    public CatalogueReplyEncoder wrap(ByteBuf buffer, int messageType, long correlationId) {
        beginReply(buffer, messageType, correlationId, Status.OK, BLOCK_LENGTH);
        return this;
    }

    /** Sets {@code catalogueVersion}, uint64: the live catalogue's version. */
    public CatalogueReplyEncoder catalogueVersion(long catalogueVersion) {
        buffer().setLongLE(blockOffset() + CATALOGUE_VERSION_OFFSET, catalogueVersion);
        return this;
    }

    /** Sets {@code timeMillis}, int64: the server's time of this answer, milliseconds since 1970. */
    public CatalogueReplyEncoder timeMillis(long timeMillis) {
        buffer().setLongLE(blockOffset() + TIME_MILLIS_OFFSET, timeMillis);
        return this;
    }

    /** Sets {@code freeingItems}, uint64: items of dropped catalogues that still take room. */
    public CatalogueReplyEncoder freeingItems(long freeingItems) {
        buffer().setLongLE(blockOffset() + FREEING_ITEMS_OFFSET, freeingItems);
        return this;
    }

    /** Sets {@code maxItems}, uint64: how many items there is room for, over all catalogues. */
    public CatalogueReplyEncoder maxItems(long maxItems) {
        buffer().setLongLE(blockOffset() + MAX_ITEMS_OFFSET, maxItems);
        return this;
    }

    /** Sets {@code spaceId}, uint32: the live catalogue's space. */
    public CatalogueReplyEncoder spaceId(int spaceId) {
        buffer().setIntLE(blockOffset() + SPACE_ID_OFFSET, spaceId);
        return this;
    }

    /** Starts the catalogues, the live one first: {@code count} calls of {@link #addEdition} follow. */
    public CatalogueReplyEncoder beginEditions(int count) {
        beginGroup(EDITIONS_GROUP, EDITIONS_ENTRY_LENGTH, count);
        return this;
    }

    /**
     * Writes an entry.
     *
     * @param version uint64: its version: the last change that its answers show
     * @param items uint64: how many items it holds
     * @param unsealedItems uint64: rows that its index has not coded yet
     * @param bytesPerItem float64: bytes of its index an item
     * @param number uint32: its number; never given again
     * @param spaceId uint32: the space of its vectors
     * @param role uint8: 0 live, 1 staged, 2 live before
     * @param flags uint8: 1 its index is being rebuilt
     */
    public CatalogueReplyEncoder addEdition(
            long version,
            long items,
            long unsealedItems,
            double bytesPerItem,
            int number,
            int spaceId,
            int role,
            int flags) {
        ByteBuf out = buffer();
        out.writeLongLE(version);
        out.writeLongLE(items);
        out.writeLongLE(unsealedItems);
        out.writeDoubleLE(bytesPerItem);
        out.writeIntLE(number);
        out.writeIntLE(spaceId);
        out.writeByte(role);
        out.writeByte(flags);
        out.writeZero(6);
        return this;
    }
}
