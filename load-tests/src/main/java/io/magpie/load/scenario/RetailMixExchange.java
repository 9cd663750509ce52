package io.magpie.load.scenario;

import io.magpie.load.generator.Exchange;
import io.magpie.protocol.PatchItemsRequestEncoder;
import io.magpie.protocol.RecordEventsRequestEncoder;
import io.magpie.protocol.Status;
import io.magpie.protocol.WriteReplyDecoder;
import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.SplittableRandom;

/**
 * What a shop asks over a day, in a hundred: 80 recommendations, 10 events each followed by a recommendation for the
 * same person, 8 events, 2 patches that hide a good or show it again.
 *
 * <p>Events go to every fourth person; answers for those are not kept, as what the server holds for them depends on the
 * order in which events arrived. One patch is on its way at a time, so that the version it made is known for sure.
 */
final class RetailMixExchange implements Exchange {
    private static final long EVENT = 1L << 60;
    private static final long PATCH = 1L << 61;
    private static final int COMMERCE = 2;
    private static final int IN_STOCK = 1;
    private static final int HIDDEN = 2;

    private final LoadData data;
    private final KnownCatalogue catalogue;
    private final RecommendExchange recommend;
    private final SplittableRandom random;
    private final boolean patches;
    private final boolean[] hidden;
    private final RecordEventsRequestEncoder event = new RecordEventsRequestEncoder();
    private final PatchItemsRequestEncoder patch = new PatchItemsRequestEncoder();
    private final WriteReplyDecoder reply = new WriteReplyDecoder();
    private long askedNext;
    private boolean patchOnItsWay;

    RetailMixExchange(LoadData data, int limit, long seed, List<AnswerSample> kept, boolean patches) {
        this.data = data;
        this.catalogue = data.catalogue();
        this.recommend = new RecommendExchange(data, limit, seed, kept);
        this.random = new SplittableRandom(seed + 1);
        this.patches = patches;
        this.hidden = new boolean[catalogue.size()];
    }

    @Override
    public long write(ByteBuf out, long correlationId) {
        if (askedNext != 0) {
            long profileId = askedNext;
            askedNext = 0;
            return recommend.write(out, correlationId, profileId, false);
        }
        int percent = random.nextInt(100);
        if (percent >= 98 && patches && !patchOnItsWay) {
            return writePatch(out, correlationId);
        }
        if (percent >= 80 && percent < 98 && data.profileCount() >= LoadData.WRITTEN_TO) {
            return writeEvent(out, correlationId, percent < 90);
        }
        long profileId = 1 + random.nextInt(data.profileCount());
        return recommend.write(out, correlationId, profileId, recommend.isToBeKept(profileId));
    }

    private long writeEvent(ByteBuf out, long correlationId, boolean askNext) {
        long profileId = LoadData.WRITTEN_TO * (1L + random.nextInt(data.profileCount() / LoadData.WRITTEN_TO));
        if (askNext) {
            askedNext = profileId;
        }
        long itemId = catalogue.id(random.nextInt(catalogue.size()));
        event.wrap(out, correlationId, 0)
                .beginEvents(1)
                .addEvent(profileId, itemId, System.currentTimeMillis(), 0, 1.0, COMMERCE);
        event.finish();
        return EVENT;
    }

    private long writePatch(ByteBuf out, long correlationId) {
        int row = random.nextInt(catalogue.size());
        hidden[row] = !hidden[row];
        patchOnItsWay = true;
        patch.wrap(out, correlationId, 0)
                .beginItems(1)
                .addItem(catalogue.id(row), 100, catalogue.bias(row), 1, 0, hidden[row] ? IN_STOCK | HIDDEN : IN_STOCK);
        patch.finish();
        return PATCH | row;
    }

    @Override
    public boolean read(long key, ByteBuf frame, int offset, int length) {
        if ((key & (EVENT | PATCH)) == 0) {
            return recommend.read(key, frame, offset, length);
        }
        if (reply.wrap(frame, offset, length) != Status.OK || reply.appliedCount() != 1) {
            return false;
        }
        if ((key & PATCH) != 0) {
            int row = (int) (key & Integer.MAX_VALUE);
            catalogue.changed(row, reply.catalogueVersion(), hidden[row]);
            patchOnItsWay = false;
        }
        return true;
    }

    @Override
    public void refused(long key) {
        if ((key & PATCH) != 0) {
            hidden[(int) (key & Integer.MAX_VALUE)] ^= true;
            patchOnItsWay = false;
        }
    }
}
