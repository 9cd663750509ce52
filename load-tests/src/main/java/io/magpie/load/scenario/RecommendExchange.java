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

    /**
     * A fallback does not follow from the profile, and an answer that was cut short at its deadline not from the whole
     * catalogue, so a scan cannot say what is right.
     */
    private static final int UNJUDGED = AnswerFlag.FALLBACK | AnswerFlag.DEADLINE;

    private final People people;
    private final int limit;
    private final int budgetMicros;
    private final double share;
    private final SplittableRandom random;
    private final List<AnswerSample> kept;
    private final RecommendRequestEncoder request = new RecommendRequestEncoder();
    private final RecommendReplyDecoder reply = new RecommendReplyDecoder();
    private long asked;

    /**
     * @param budgetMicros by when an answer must be begun to be of use; 0 says nothing of it
     * @param share of answers that are kept
     * @param kept  takes them
     */
    RecommendExchange(
            People people,
            int limit,
            int budgetMicros,
            double share,
            SplittableRandom random,
            List<AnswerSample> kept) {
        this.budgetMicros = budgetMicros;
        this.people = people;
        this.limit = limit;
        this.share = share;
        this.random = random;
        this.kept = kept;
    }

    @Override
    public long write(ByteBuf out, long correlationId) {
        long profileId = people.next();
        boolean keep = isToBeKept(profileId);
        request.wrap(out, correlationId, budgetMicros)
                .kind(RecommendRequestDecoder.KIND_PROFILE)
                .limit(limit)
                .profileId(profileId);
        request.finish();
        return keep ? profileId | KEPT : profileId;
    }

    /** A share of all, and the first ones whatever the share: so that a short run is checked too. */
    private boolean isToBeKept(long profileId) {
        return profileId % LoadData.WRITTEN_TO != 0 && (asked++ < ALWAYS_KEPT || random.nextDouble() < share);
    }

    @Override
    public Status read(long key, ByteBuf frame, int offset, int length) {
        if (reply.wrap(frame, offset, length) != Status.OK
                || reply.profileId() != (key & ~KEPT)
                || !isInOrder(reply, limit)) {
            return null;
        }
        if ((key & KEPT) != 0) {
            keep(reply, null);
        }
        return Status.OK;
    }

    /** Keeps some of the answers for a person whom the scenario has written to. */
    void keepSome(RecommendReplyDecoder answer, KnownProfile known) {
        if (random.nextDouble() < share) {
            keep(answer, known);
        }
    }

    /** Returns whether there are not too many items, best first. */
    static boolean isInOrder(RecommendReplyDecoder reply, int limit) {
        int count = reply.itemCount();
        for (int i = 1; i < count; i++) {
            if (!(reply.itemScore(i) <= reply.itemScore(i - 1))) {
                return false;
            }
        }
        return count <= limit;
    }

    private void keep(RecommendReplyDecoder answer, KnownProfile known) {
        if ((answer.flags() & UNJUDGED) != 0) {
            return;
        }
        int count = answer.itemCount();
        long[] ids = new long[count];
        float[] scores = new float[count];
        for (int i = 0; i < count; i++) {
            ids[i] = answer.itemId(i);
            scores[i] = answer.itemScore(i);
        }
        kept.add(new AnswerSample(
                answer.profileId(), known, limit, false, answer.catalogueVersion(), answer.timeMillis(), ids, scores));
    }
}
