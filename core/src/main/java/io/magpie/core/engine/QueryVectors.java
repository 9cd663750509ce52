package io.magpie.core.engine;

import io.magpie.core.Outcome;
import io.magpie.core.fusion.ConsentPolicy;
import io.magpie.core.fusion.Fusion;
import io.magpie.core.fusion.SlotUpdate;
import io.magpie.core.index.ItemFilter;
import io.magpie.core.index.ItemIndex;
import io.magpie.core.profile.ProfileRecord;
import io.magpie.core.profile.SeenSet;
import io.magpie.core.store.StateReader;
import java.util.Arrays;

/**
 * Makes the query vector u of a request, and leaves out what was seen. Sums are in double, in the order of the request, and
 * each component is rounded once to float32 at the end (and once more where context is added). Not thread-safe; allocates
 * nothing.
 *
 * <pre>
 *   profile   u = the fused vector
 *   vector    u = as given
 *   items     u = v / |v|, v = sum of strength x item
 *   group     u = sum over members of fused / |fused|
 *   similar   u = sum of item / |item|; the given items are left out
 *   popular   u = 0
 *   context   u' = u + w x |u| x c / |c|, c = sum of strength x item; c / |c| where u is zero
 * </pre>
 */
final class QueryVectors {
    private final StateReader reader;
    private final Fusion fusion;
    private final ProfileRecord profile;
    private final SeenSet seen;
    private final SeenFilter seenFilter;
    private final double[] sum;
    private final float[] one;

    private ItemIndex.Searcher searcher;

    QueryVectors(StateReader reader, Fusion fusion, ProfileRecord profile, SeenSet seen, SeenFilter seenFilter) {
        this.reader = reader;
        this.fusion = fusion;
        this.profile = profile;
        this.seen = seen;
        this.seenFilter = seenFilter;
        sum = new double[profile.dimension()];
        one = new float[profile.dimension()];
    }

    /**
     * Makes the vector, sets the answer's flags and counts anew, and leaves out what must be.
     *
     * @return whether anything is known of whom or what is asked about; if not, the vector is zero, or context alone
     */
    boolean compose(Recommendation request, Catalogue catalogue, ItemIndex.Searcher itemSearcher) {
        searcher = itemSearcher;
        request.outcome = Outcome.OK;
        request.flags = 0;
        request.unknownItems = 0;
        request.unknownMembers = 0;
        request.profileVersion = 0;
        float[] u = request.query.vector();
        boolean known = base(request, catalogue, u);
        if (request.outcome == Outcome.OK && request.question.context.count() > 0) {
            addContext(request, u);
        }
        if (request.outcome == Outcome.OK && !SlotUpdate.isFinite(u)) {
            request.outcome = Outcome.OUT_OF_RANGE;
        }
        request.flags |= known ? 0 : AnswerFlag.FALLBACK;
        request.flags |= request.unknownItems > 0 ? AnswerFlag.UNKNOWN_ITEM : 0;
        Question question = request.question;
        if (question.excludeSeenOfOther || question.capShownOfOther) {
            if (question.seenBy.read(reader, profile)) {
                leaveOut(request, profile.profileId(), question.excludeSeenOfOther, question.capShownOfOther);
            } else {
                request.flags |= AnswerFlag.UNKNOWN_PROFILE;
            }
        }
        return known;
    }

    private boolean base(Recommendation request, Catalogue catalogue, float[] u) {
        switch (request.question.kind) {
            case PROFILE:
                return fuseProfile(request, catalogue.spaceId(), u);
            case VECTOR:
                request.outcome = request.givenVector(u, catalogue.spaceId());
                return true;
            case ITEMS:
                return sumItems(request, request.question.items, false) ? normalize(u) : zero(u);
            case GROUP:
                return fuseGroup(request, catalogue.spaceId(), u);
            case SIMILAR:
                return sumSimilar(request, u);
            default:
                zero(u);
                return true;
        }
    }

    private boolean fuseProfile(Recommendation request, int spaceId, float[] u) {
        if (!request.question.person.read(reader, profile)) {
            request.flags |= AnswerFlag.UNKNOWN_PROFILE;
            return zero(u);
        }
        request.profileVersion = profile.version();
        boolean used = fuse(request, spaceId, u);
        leaveOut(request, profile.profileId(), request.question.excludeSeen, !request.question.capShownOfOther);
        return used;
    }

    private boolean fuseGroup(Recommendation request, int spaceId, float[] u) {
        Arrays.fill(sum, 0);
        boolean used = false;
        for (int i = 0; i < request.question.memberCount(); i++) {
            if (!request.question.member(i).read(reader, profile)) {
                request.unknownMembers++;
                request.flags |= AnswerFlag.UNKNOWN_PROFILE;
                continue;
            }
            if (isNamedBefore(request.question, i)) {
                continue;
            }
            double norm = fuse(request, spaceId, one) ? SlotUpdate.norm(one, 0, one.length) : 0;
            if (norm > 0) {
                addTo(sum, one, 1 / norm);
                used = true;
            } else {
                request.flags |= AnswerFlag.MEMBER_LEFT_OUT;
            }
            leaveOut(request, profile.profileId(), request.question.excludeSeen, !request.question.capShownOfOther);
        }
        round(u);
        return used;
    }

    /** Returns whether a member before leads to the same profile: an identity of it, or one that was merged into it. */
    private static boolean isNamedBefore(Question question, int index) {
        for (int i = 0; i < index; i++) {
            if (question.member(i).profileId() == question.member(index).profileId()) {
                return true;
            }
        }
        return false;
    }

    private boolean fuse(Recommendation request, int spaceId, float[] into) {
        int met = fusion.fuse(
                profile, request.weights, ConsentPolicy.PURPOSE_RECOMMEND, spaceId, request.timeMillis, into);
        request.flags |= ((met & Fusion.CONSENT_REMOVED) != 0 ? AnswerFlag.CONSENT_REMOVED_SOURCE : 0)
                | ((met & Fusion.OTHER_SPACE) != 0 ? AnswerFlag.SLOT_OF_OTHER_SPACE : 0);
        return (met & Fusion.USED) != 0;
    }

    private boolean sumSimilar(Recommendation request, float[] u) {
        WeightedItems items = request.question.items;
        boolean used = sumItems(request, items, true);
        if (request.unknownItems == items.count()) {
            request.outcome = Outcome.UNKNOWN_ITEM;
        }
        ItemFilter filter = request.query.filter();
        for (int i = 0; i < items.count(); i++) {
            filter.exclude(items.id(i));
        }
        round(u);
        return used;
    }

    /** Sums item vectors, or unit item vectors; returns whether the sum is not zero. */
    private boolean sumItems(Recommendation request, WeightedItems items, boolean unit) {
        Arrays.fill(sum, 0);
        for (int i = 0; i < items.count(); i++) {
            if (!searcher.vector(items.id(i), one)) {
                request.unknownItems++;
                continue;
            }
            double norm = unit ? SlotUpdate.norm(one, 0, one.length) : 1;
            if (norm > 0) {
                addTo(sum, one, items.strength(i) / norm);
            }
        }
        return sumNorm() > 0;
    }

    private boolean normalize(float[] u) {
        double norm = sumNorm();
        for (int i = 0; i < u.length; i++) {
            u[i] = (float) (sum[i] / norm);
        }
        return true;
    }

    private static boolean zero(float[] u) {
        Arrays.fill(u, 0);
        return false;
    }

    private void addContext(Recommendation request, float[] u) {
        if (!sumItems(request, request.question.context, false)) {
            return;
        }
        double contextNorm = sumNorm();
        double norm = SlotUpdate.norm(u, 0, u.length);
        double factor = norm > 0 ? request.question.contextWeight * norm / contextNorm : 1 / contextNorm;
        for (int i = 0; i < u.length; i++) {
            u[i] = (float) (u[i] + factor * sum[i]);
        }
    }

    private void leaveOut(Recommendation request, long profileId, boolean withSeen, boolean withShown) {
        int times = withShown ? request.question.shownTimes : 0;
        if ((withSeen || times > 0) && reader.readSeen(profileId, seen)) {
            request.flags |= seenFilter.leaveOut(seen, request, withSeen, times);
        }
    }

    private double sumNorm() {
        double square = 0;
        for (double each : sum) {
            square += each * each;
        }
        return Math.sqrt(square);
    }

    private void round(float[] u) {
        for (int i = 0; i < u.length; i++) {
            u[i] = (float) sum[i];
        }
    }

    private static void addTo(double[] sum, float[] vector, double factor) {
        for (int i = 0; i < sum.length; i++) {
            sum[i] += factor * vector[i];
        }
    }
}
