package io.magpie.load.scenario;

import io.magpie.load.generator.Exchange;
import io.magpie.protocol.AnswerFlag;
import io.magpie.protocol.RecommendReplyDecoder;
import io.magpie.protocol.RecommendRequestDecoder;
import io.magpie.protocol.RecommendRequestEncoder;
import io.magpie.protocol.Status;
import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.SplittableRandom;

/** Asks for recommendations for random people. Allocates only for the answers that it keeps. */
final class RecommendExchange implements Exchange {
    /** Marks a key whose answer is kept. */
    private static final long KEPT = 1L << 62;

    private static final int ALWAYS_KEPT = 50;

    private final int profileCount;
    private final int limit;
    private final SplittableRandom random;
    private final List<AnswerSample> kept;
    private final RecommendRequestEncoder request = new RecommendRequestEncoder();
    private final RecommendReplyDecoder reply = new RecommendReplyDecoder();
    private long asked;

    RecommendExchange(LoadData data, int limit, long seed, List<AnswerSample> kept) {
        this.profileCount = data.profileCount();
        this.limit = limit;
        this.random = new SplittableRandom(seed);
        this.kept = kept;
    }

    @Override
    public long write(ByteBuf out, long correlationId) {
        long profileId = 1 + random.nextInt(profileCount);
        return write(out, correlationId, profileId, isToBeKept(profileId));
    }

    /** A share of all, and the first ones whatever the share: so that a short run is checked too. */
    boolean isToBeKept(long profileId) {
        return profileId % LoadData.WRITTEN_TO != 0
                && (asked++ < ALWAYS_KEPT || random.nextDouble() < Scenario.SAMPLE_SHARE);
    }

    long write(ByteBuf out, long correlationId, long profileId, boolean keep) {
        request.wrap(out, correlationId, 0)
                .kind(RecommendRequestDecoder.KIND_PROFILE)
                .limit(limit)
                .profileId(profileId);
        request.finish();
        return keep ? profileId | KEPT : profileId;
    }

    @Override
    public boolean read(long key, ByteBuf frame, int offset, int length) {
        if (reply.wrap(frame, offset, length) != Status.OK
                || reply.profileId() != (key & ~KEPT)
                || reply.itemCount() > limit) {
            return false;
        }
        int count = reply.itemCount();
        for (int i = 1; i < count; i++) {
            if (!(reply.itemScore(i) <= reply.itemScore(i - 1))) {
                return false;
            }
        }
        // A fallback does not follow from the profile, so a scan cannot say what is right.
        if ((key & KEPT) != 0 && (reply.flags() & AnswerFlag.FALLBACK) == 0) {
            keep(key & ~KEPT, count);
        }
        return true;
    }

    private void keep(long profileId, int count) {
        long[] ids = new long[count];
        float[] scores = new float[count];
        for (int i = 0; i < count; i++) {
            ids[i] = reply.itemId(i);
            scores[i] = reply.itemScore(i);
        }
        kept.add(new AnswerSample(profileId, limit, false, reply.catalogueVersion(), reply.timeMillis(), ids, scores));
    }
}
