package io.magpie.server.model;

import io.magpie.client.Explanation;
import io.magpie.client.Person;
import io.magpie.client.RecommendationFlag;
import io.magpie.client.Recommendations.ScoredItem;
import io.magpie.core.oracle.ScoreOracle;
import io.magpie.protocol.Status;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the questions should be answered with: from the model's lists alone, changing nothing. */
final class Answers {
    private static final long MOST_PAGE_AGE_MILLIS = 3_600_000;

    /** An answer; {@code isExact} says that its scores are the same bits; {@code ranked} are all items of the ranking. */
    record Answer(
            Status status,
            List<ScoredItem> items,
            Set<RecommendationFlag> flags,
            int profileVersion,
            int unknownItems,
            int unknownMembers,
            long timeMillis,
            boolean isExact,
            Map<Long, ScoredItem> ranked) {
        static Answer refused(Status status) {
            return new Answer(status, List.of(), Set.of(), 0, 0, 0, 0, true, Map.of());
        }
    }

    private final Model model;
    private final Question question;
    private final long time;
    private final Set<RecommendationFlag> flags = EnumSet.noneOf(RecommendationFlag.class);
    private final Set<Long> leftOut = new HashSet<>();
    private float[] u;
    private boolean known = true;
    private int profileVersion;
    private int unknownItems;
    private int unknownMembers;

    private Answers(Model model, Question question) {
        this.model = model;
        this.question = question;
        time = question.asOf == 0 ? model.now : question.asOf;
        u = new float[model.dimension];
    }

    /** @param scored items to be scored; null to rank */
    static Answer of(Model model, Question question, List<Long> scored) {
        return new Answers(model, question).answer(scored);
    }

    private Answer answer(List<Long> scored) {
        List<Person> named = question.kind == Question.Kind.PROFILE ? List.of(question.who) : question.members;
        for (Person each : named) {
            if (Directory.isReserved(each) || each.equals(Directory.STRANGER)) {
                return Answer.refused(each.isIdentity() ? Status.UNKNOWN_SOURCE : Status.RESERVED_ID);
            }
        }
        if (time > model.now) {
            return Answer.refused(Status.TIME_IN_FUTURE);
        }
        if (time < model.now - MOST_PAGE_AGE_MILLIS) {
            return Answer.refused(Status.TIME_OUT_OF_RANGE);
        }
        Status status = base(scored == null);
        if (status != Status.OK) {
            return Answer.refused(status);
        }
        addContext();
        flag(!known, RecommendationFlag.FALLBACK);
        if (scored == null && question.seenBy != null) {
            Held other = model.people.find(question.seenBy);
            flag(
                    other == null && (question.excludeSeen || question.shownTimes > 0),
                    RecommendationFlag.UNKNOWN_PROFILE);
            leaveOut(other, question.excludeSeen);
        }
        boolean asked = question.kind == Question.Kind.POPULAR || question.kind == Question.Kind.TRENDING;
        boolean fallback = !asked && !known && Arithmetic.isZero(u);
        List<ScoredItem> items;
        Map<Long, ScoredItem> ranked = Map.of();
        if (scored != null) {
            items = scores(scored);
        } else {
            Map<Long, Double> popularity = new HashMap<>();
            if (asked || fallback) {
                model.live.goods.forEach((id, good) -> {
                    if (good.counts().seconds() != 0) {
                        popularity.put(id, good.counts().at(question.kind == Question.Kind.TRENDING, time));
                    }
                });
            }
            Page page = new Page(model.live, question, u, leftOut, popularity, asked, time);
            flag(page.isShort, RecommendationFlag.FILTERED_SHORT);
            flag(page.pinDropped, RecommendationFlag.PIN_DROPPED);
            items = page.items;
            ranked = page.scored;
            flag(
                    question.recordShown && !items.isEmpty() && model.people.isUnknownAllotted(question.shownTo()),
                    RecommendationFlag.SHOWN_NOT_RECORDED);
        }
        flag(unknownItems > 0, RecommendationFlag.UNKNOWN_ITEM);
        boolean exact = question.isExact() && (!fallback || scored != null);
        return new Answer(Status.OK, items, flags, profileVersion, unknownItems, unknownMembers, time, exact, ranked);
    }

    private Status base(boolean ranks) {
        double[] sum = new double[model.dimension];
        switch (question.kind) {
            case PROFILE -> {
                Held person = model.people.find(question.who);
                flag(person == null, RecommendationFlag.UNKNOWN_PROFILE);
                known = person != null && fuse(person);
                profileVersion = person == null ? 0 : person.version;
                if (ranks && person != null) {
                    leaveOut(person, question.excludeSeen);
                }
            }
            case VECTOR -> {
                if (question.spaceId != model.live.spaceId) {
                    return Status.WRONG_SPACE;
                }
                u = question.vector.clone();
            }
            case ITEMS -> {
                sum(question.items, false, sum);
                double norm = Arithmetic.norm(sum);
                known = norm > 0;
                for (int i = 0; known && i < sum.length; i++) {
                    u[i] = (float) (sum[i] / norm);
                }
            }
            case GROUP -> {
                known = false;
                Set<Held> added = new HashSet<>();
                for (Person member : new LinkedHashSet<>(question.members)) {
                    Held person = model.people.find(member);
                    if (person != null && !added.add(person)) {
                        continue;
                    }
                    addMember(person, sum);
                    if (ranks && person != null && question.seenBy == null) {
                        leaveOut(person, question.excludeSeen);
                    }
                }
                u = Arithmetic.rounded(sum);
            }
            case SIMILAR -> {
                sum(question.items, true, sum);
                if (unknownItems == question.items.size()) {
                    return Status.UNKNOWN_ITEM;
                }
                question.items.forEach(each -> leftOut.add(each.itemId()));
                known = Arithmetic.norm(sum) > 0;
                u = Arithmetic.rounded(sum);
            }
            default -> known = true;
        }
        return Status.OK;
    }

    private void addMember(Held person, double[] sum) {
        flag(person == null, RecommendationFlag.UNKNOWN_PROFILE);
        if (person == null) {
            unknownMembers++;
            return;
        }
        boolean used = fuse(person);
        double norm = used ? Arithmetic.norm(u) : 0;
        if (norm > 0) {
            Arithmetic.add(sum, u, 1 / norm);
            known = true;
        } else {
            flag(true, RecommendationFlag.MEMBER_LEFT_OUT);
        }
    }

    private boolean fuse(Held person) {
        Fused fused = new Fused(model, person, weights(model, question), model.live.spaceId, time);
        flag(fused.consentRemoved, RecommendationFlag.CONSENT_REMOVED_SOURCE);
        flag(fused.otherSpace, RecommendationFlag.SLOT_OF_OTHER_SPACE);
        u = fused.u;
        return fused.used;
    }

    private static double[] weights(Model model, Question question) {
        double[] weights = new double[model.sources.size()];
        for (int s = 0; s < weights.length; s++) {
            weights[s] = question.weights.getOrDefault(s, model.sources.get(s).weight());
        }
        return weights;
    }

    private void sum(List<Question.Strong> items, boolean unit, double[] sum) {
        for (Question.Strong each : items) {
            Shop.Good good = model.live.goods.get(each.itemId());
            if (good == null) {
                unknownItems++;
                continue;
            }
            double norm = unit ? Arithmetic.norm(good.vector()) : 1;
            if (norm > 0) {
                Arithmetic.add(sum, good.vector(), (unit ? 1 : each.strength()) / norm);
            }
        }
    }

    private void addContext() {
        double[] sum = new double[model.dimension];
        sum(question.context, false, sum);
        double contextNorm = Arithmetic.norm(sum);
        if (contextNorm > 0) {
            double norm = Arithmetic.norm(u);
            double factor = norm > 0 ? question.contextWeight * norm / contextNorm : 1 / contextNorm;
            float[] moved = new float[u.length];
            for (int i = 0; i < u.length; i++) {
                moved[i] = (float) (u[i] + factor * sum[i]);
            }
            u = moved;
        }
    }

    /** Leaves out what was seen lately and shown too often. */
    private void leaveOut(Held person, boolean withSeen) {
        if (person == null) {
            return;
        }
        long nowSeconds = time / 1000;
        long length = question.seenSeconds == 0 ? model.seenExpirySeconds : question.seenSeconds;
        long seenFrom = length == 0 ? 0 : nowSeconds - length + 1;
        long shownFrom = question.shownSeconds == 0 ? 0 : nowSeconds - question.shownSeconds + 1;
        long shownTo = question.asOf == 0 ? Long.MAX_VALUE : nowSeconds - 1;
        Map<Long, Integer> showings = new HashMap<>();
        for (Held.Seen each : person.seen) {
            if (!each.shown() && withSeen && each.timeSeconds() >= seenFrom) {
                leftOut.add(each.itemId());
            }
            if (each.shown()
                    && question.shownTimes > 0
                    && each.timeSeconds() >= shownFrom
                    && each.timeSeconds() <= shownTo
                    && showings.merge(each.itemId(), 1, Integer::sum) >= question.shownTimes) {
                leftOut.add(each.itemId());
            }
        }
        flag(withSeen && person.seenTruncated, RecommendationFlag.SEEN_TRUNCATED);
        flag(question.shownTimes > 0 && person.shownTruncated, RecommendationFlag.SHOWN_TRUNCATED);
    }

    private List<ScoredItem> scores(List<Long> scored) {
        List<ScoredItem> items = new ArrayList<>();
        for (long id : scored) {
            Shop.Good good = model.live.goods.get(id);
            unknownItems += good == null ? 1 : 0;
            items.add(
                    new ScoredItem(id, good == null ? Float.NaN : ScoreOracle.score(u, good.vector(), 0, good.bias())));
        }
        return items;
    }

    private void flag(boolean set, RecommendationFlag flag) {
        if (set) {
            flags.add(flag);
        }
    }

    /** Why an item suits a profile; the status of a refusal, or an explanation to compare with. */
    static Object why(Model model, Question question, long itemId, int most) {
        long time = question.asOf == 0 ? model.now : question.asOf;
        Held person = model.people.find(question.who);
        if (Directory.isReserved(question.who) || itemId == -1) {
            return Status.RESERVED_ID;
        }
        if (time > model.now) {
            return Status.TIME_IN_FUTURE;
        }
        if (time < model.now - MOST_PAGE_AGE_MILLIS) {
            return Status.TIME_OUT_OF_RANGE;
        }
        if (person == null) {
            return Status.UNKNOWN_PROFILE;
        }
        Shop.Good good = model.live.goods.get(itemId);
        if (good == null) {
            return Status.UNKNOWN_ITEM;
        }
        double[] weights = weights(model, question);
        Fused fused = new Fused(model, person, weights, model.live.spaceId, time);
        Answers flagged = new Answers(model, question);
        flagged.flag(!fused.used, RecommendationFlag.FALLBACK);
        flagged.flag(fused.consentRemoved, RecommendationFlag.CONSENT_REMOVED_SOURCE);
        flagged.flag(fused.otherSpace, RecommendationFlag.SLOT_OF_OTHER_SPACE);
        flagged.flag(person.seenTruncated, RecommendationFlag.SEEN_TRUNCATED);
        List<Explanation.Share> shares = new ArrayList<>();
        for (int s = 0; s < weights.length; s++) {
            double amount =
                    fused.slots[s] == null ? 0 : fused.factors[s] * Page.dot(good.vector(), fused.slots[s].vector());
            shares.add(new Explanation.Share(s, amount, fused.uses[s]));
        }
        int gone = 0;
        List<ScoredItem> alike = new ArrayList<>();
        for (Held.Seen each : person.seen) {
            if (!each.shown() && model.allows(person, each.source(), 0) && weights[each.source()] != 0) {
                Shop.Good other = model.live.goods.get(each.itemId());
                gone += other == null ? 1 : 0;
                if (other != null) {
                    alike.add(new ScoredItem(each.itemId(), ScoreOracle.score(good.vector(), other.vector(), 0, 0)));
                }
            }
        }
        alike.sort(Comparator.<ScoredItem>comparingDouble(each -> -each.score())
                .thenComparing(ScoredItem::itemId, Long::compareUnsigned));
        return new Explanation(
                model.people.id(question.who),
                itemId,
                ScoreOracle.score(fused.u, good.vector(), 0, good.bias()),
                good.bias(),
                shares,
                alike.subList(0, Math.min(most, alike.size())),
                gone,
                flagged.flags,
                model.live.version,
                model.live.spaceId,
                time,
                person.version);
    }
}
