package io.magpie.server.verb;

import io.magpie.core.Outcome;
import io.magpie.core.engine.Engine;
import io.magpie.core.index.ItemAttributes;
import io.magpie.protocol.PatchItemsRequestDecoder;
import io.magpie.protocol.PutItemsRequestDecoder;
import io.magpie.protocol.RemoveItemsRequestDecoder;

/** Answers the verbs that change items. Lists as in {@link WriteHandlers}. */
final class ItemWriteHandlers {
    private static final int IN_STOCK = 1;
    private static final int HIDDEN = 2;

    private final VerbContext context;
    private final Engine engine;
    private final float[] vector;
    private final PutItemsRequestDecoder putItems = new PutItemsRequestDecoder();
    private final PatchItemsRequestDecoder patchItems = new PatchItemsRequestDecoder();
    private final RemoveItemsRequestDecoder removeItems = new RemoveItemsRequestDecoder();
    private final WriteHandlers.WriteReply reply;
    // The tags of one item, by how many there are: an item's tags are handed over in an array of their exact length.
    private final int[][] tags = new int[ItemAttributes.MAX_TAGS + 1][];

    ItemWriteHandlers(VerbContext context) {
        this.context = context;
        engine = context.engine();
        vector = new float[context.configuration().state().dimension()];
        reply = new WriteHandlers.WriteReply(context);
        for (int i = 0; i < tags.length; i++) {
            tags[i] = new int[i];
        }
    }

    void putItems(Request request) {
        if (!context.decodes(request, putItems)) {
            return;
        }
        int count = putItems.itemCount();
        if (!context.listFits(request, "items", count)
                || (count > 0 && !context.dimensionFits(request, putItems.dimension()))) {
            return;
        }
        reply.begin(request, count);
        int firstTag = 0;
        for (int i = 0; i < count; i++) {
            int[] own = tags[putItems.itemTagCount(i)];
            for (int j = 0; j < own.length; j++) {
                own[j] = putItems.tag(firstTag + j);
            }
            firstTag += own.length;
            reply.add(put(i, own));
        }
        reply.finish(request, putItems.edition());
    }

    private Outcome put(int entry, int[] own) {
        if (!putItems.copyVector(entry, vector)) {
            return Outcome.NOT_FINITE;
        }
        long priceMinor = putItems.itemPriceMinor(entry);
        if (priceMinor < 0) {
            return Outcome.OUT_OF_RANGE;
        }
        return engine.items()
                .put(
                        putItems.edition(),
                        putItems.itemId(entry),
                        putItems.spaceId(),
                        vector,
                        putItems.itemBias(entry),
                        attributes(putItems.itemCategory(entry), priceMinor, putItems.itemFlags(entry), own));
    }

    void patchItems(Request request) {
        if (!context.decodes(request, patchItems)) {
            return;
        }
        int count = patchItems.itemCount();
        if (!context.listFits(request, "items", count)) {
            return;
        }
        reply.begin(request, count);
        int firstTag = 0;
        for (int i = 0; i < count; i++) {
            int[] own = tags[patchItems.itemTagCount(i)];
            for (int j = 0; j < own.length; j++) {
                own[j] = patchItems.tag(firstTag + j);
            }
            firstTag += own.length;
            long priceMinor = patchItems.itemPriceMinor(i);
            reply.add(
                    priceMinor < 0
                            ? Outcome.OUT_OF_RANGE
                            : engine.items()
                                    .patch(
                                            patchItems.edition(),
                                            patchItems.itemId(i),
                                            attributes(
                                                    patchItems.itemCategory(i),
                                                    priceMinor,
                                                    patchItems.itemFlags(i),
                                                    own)));
        }
        reply.finish(request, patchItems.edition());
    }

    void removeItems(Request request) {
        if (!context.decodes(request, removeItems)) {
            return;
        }
        int count = removeItems.itemIdCount();
        if (!context.listFits(request, "itemIds", count)) {
            return;
        }
        reply.begin(request, count);
        for (int i = 0; i < count; i++) {
            reply.add(engine.items().remove(removeItems.edition(), removeItems.itemId(i)));
        }
        reply.finish(request, removeItems.edition());
    }

    private static ItemAttributes attributes(int category, long priceMinor, int flags, int[] own) {
        return new ItemAttributes(category, priceMinor, (flags & IN_STOCK) != 0, (flags & HIDDEN) != 0, own);
    }
}
