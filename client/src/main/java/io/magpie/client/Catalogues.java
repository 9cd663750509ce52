package io.magpie.client;

import io.magpie.protocol.CatalogueReplyDecoder;
import io.netty.buffer.ByteBuf;

/**
 * Which catalogues a server has. Immutable.
 *
 * @param live         the one that answers
 * @param beside       the one beside it: staged before a switch, the previous one after it; null if there is none
 * @param freeingItems items of dropped catalogues that still take room
 * @param maxItems     how many items there is room for, over all catalogues
 * @param timeMillis   the server's time, milliseconds since 1970
 */
public record Catalogues(Edition live, Edition beside, long freeingItems, long maxItems, long timeMillis) {
    /**
     * One catalogue.
     *
     * @param number        its number; never given again
     * @param spaceId       the space of its vectors, unsigned 32-bit
     * @param version       its version: the last change that its answers show, unsigned 64-bit
     * @param items         how many items it holds
     * @param unsealedItems rows that its index has not coded yet: searched one by one
     * @param bytesPerItem  bytes of its index an item
     * @param wasLive       whether it is live or was before
     * @param rebuilding    whether its index is being rebuilt
     */
    public record Edition(
            int number,
            int spaceId,
            long version,
            long items,
            long unsealedItems,
            double bytesPerItem,
            boolean wasLive,
            boolean rebuilding) {}

    static Catalogues read(ReplyDecoders decoders, ByteBuf buffer, int offset, int length) {
        CatalogueReplyDecoder in = Replies.wrapped(decoders.catalogues, buffer, offset, length);
        if (in.editionCount() == 0) {
            throw new MagpieProtocolException("the server's answer cannot be read: it names no catalogue", false);
        }
        return new Catalogues(
                edition(in, 0),
                in.editionCount() > 1 ? edition(in, 1) : null,
                in.freeingItems(),
                in.maxItems(),
                in.timeMillis());
    }

    private static Edition edition(CatalogueReplyDecoder in, int index) {
        return new Edition(
                in.editionNumber(index),
                in.editionSpaceId(index),
                in.editionVersion(index),
                in.editionItems(index),
                in.editionUnsealedItems(index),
                in.editionBytesPerItem(index),
                in.editionRole(index) != CatalogueReplyDecoder.ROLE_STAGED,
                (in.editionFlags(index) & CatalogueReplyDecoder.FLAG_REBUILDING) != 0);
    }
}
