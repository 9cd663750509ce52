package io.magpie.server.verb;

import io.magpie.core.Outcome;
import io.magpie.core.engine.Recommendation;
import io.magpie.core.index.ItemFilter;
import io.magpie.core.ranking.RankingRules;
import io.magpie.protocol.MessageType;
import io.magpie.protocol.ProtocolLimits;
import io.magpie.protocol.RecommendRequestDecoder;
import io.magpie.protocol.Status;
import io.magpie.server.security.Scope;

/**
 * Checks a question where it lies in the frame and hands it over to a recommendation, field by field. What cannot be asked is
 * answered with an error that names it. One an event loop; allocates nothing but for errors.
 */
final class QuestionDecoder {
    private static final int RANKED_A_UNIT = 256;
    private static final int NAMED_A_UNIT = 64;
    private static final long DIVERSITY_WEIGHT = 16;

    private final VerbContext context;
    private final PersonReader people;
    private final int sourceCount;
    private final RecommendRequestDecoder decoder = new RecommendRequestDecoder();

    QuestionDecoder(VerbContext context) {
        this.context = context;
        people = new PersonReader(context.engine());
        sourceCount = context.configuration().state().sources().size();
    }

    /** Lays it over a request and checks numbers and lengths; if one is out of its range, answers and returns false. */
    boolean read(Request request) {
        if (!context.decodes(request, decoder)) {
            return false;
        }
        int limit = decoder.limit();
        int top = context.configuration().limits().top();
        if (limit > top && decoder.messageType() != MessageType.SCORE) {
            return refuse(
                    request,
                    Status.OUT_OF_RANGE,
                    "more items are asked for than one answer holds: limit=" + limit + " most=" + top
                            + " (limits.top)");
        }
        if (decoder.purpose() != 0) {
            return refuse(
                    request,
                    Status.UNKNOWN_PURPOSE,
                    "recommend is for the purpose recommend: purpose=" + decoder.purpose());
        }
        if (decoder.asOfMillis() != 0 && decoder.messageType() == MessageType.RECORD_AND_RECOMMEND) {
            return refuse(
                    request, Status.OUT_OF_RANGE, "an answer to events is of now: asOfMillis=" + decoder.asOfMillis());
        }
        return context.listFits(request, "excludedIds", decoder.excludedIdCount())
                && context.listFits(request, "includedIds", decoder.includedIdCount())
                && context.listFits(request, "scoredIds", decoder.scoredIdCount())
                && context.listFits(request, "boosts", decoder.boostCount());
    }

    /**
     * Returns how much work it is, 1 for a plain recommend. Rough: what a unit costs is measured, so this need only set apart
     * what is asked with a hundred times the depth from what is not.
     */
    long units() {
        long ranked = (long) decoder.limit() + decoder.offset();
        if (decoder.hasFlag(RecommendRequestDecoder.FLAG_DIVERSITY)) {
            ranked += DIVERSITY_WEIGHT * Math.max(decoder.limit(), decoder.diversityPool());
        }
        return 1
                + Math.max(0, ranked) / RANKED_A_UNIT
                + decoder.memberCount()
                + (decoder.itemCount() + decoder.contextItemCount() + decoder.scoredIdCount()) / NAMED_A_UNIT
                + decoder.eventCount();
    }

    /** Returns the profile that was asked for, or whose seen items count, as it was sent. */
    long profileId() {
        return decoder.profileId();
    }

    /** Fills the recommendation with what was {@link #read}; returns false if the request was answered with an error. */
    boolean fill(Request request, Recommendation into) {
        if (!fillSubject(request, into) || !fillLists(request, into) || !fillRules(request, into)) {
            return false;
        }
        for (int i = 0; i < decoder.sourceWeightCount(); i++) {
            Outcome outcome = into.sourceWeight(decoder.sourceWeightSource(i), decoder.sourceWeightWeight(i));
            if (outcome != Outcome.OK) {
                return refuse(
                        request,
                        ErrorReplies.status(outcome),
                        "a weight is of a configured source, finite and not negative: source="
                                + decoder.sourceWeightSource(i) + " weight=" + decoder.sourceWeightWeight(i));
            }
        }
        fillFilter(into.filter());
        if (decoder.messageType() != MessageType.SCORE && !fillSeen(request, into)) {
            return false;
        }
        into.deadlineNanos(request.deadlineNanos());
        into.attach(request.exchange(), request.correlationId());
        return true;
    }

    private boolean fillSubject(Request request, Recommendation into) {
        switch (decoder.kind()) {
            case RecommendRequestDecoder.KIND_VECTOR:
                if (!context.dimensionFits(request, decoder.dimension())) {
                    return false;
                }
                into.forVector(decoder.spaceId());
                return decoder.copyVector(0, into.vector())
                        || refuse(request, Status.NOT_FINITE, "a vector's values are finite: kind=vector");
            case RecommendRequestDecoder.KIND_ITEMS:
                into.forItems();
                return fillItems(request, into, false);
            case RecommendRequestDecoder.KIND_GROUP:
                into.forGroup();
                return fillMembers(request, into);
            case RecommendRequestDecoder.KIND_SIMILAR:
                into.similarTo();
                return fillItems(request, into, true);
            case RecommendRequestDecoder.KIND_POPULAR:
                into.popular(false);
                return true;
            case RecommendRequestDecoder.KIND_TRENDING:
                into.popular(true);
                return true;
            default:
                int identity = decoder.findIdentity(0);
                if (identity >= 0) {
                    return fillPerson(request, into, identity);
                }
                if (decoder.profileId() == ProtocolLimits.RESERVED_ID) {
                    return refuse(request, Status.RESERVED_ID, "this id stands for no id: profileId=2^64-1");
                }
                into.forProfile(decoder.profileId());
                return true;
        }
    }

    private boolean fillPerson(Request request, Recommendation into, int identity) {
        if (!isSourceKnown(request, identity)) {
            return false;
        }
        into.forIdentity(
                decoder.identitySource(identity),
                people.externalId(decoder, identity),
                0,
                decoder.identityIdLength(identity));
        return true;
    }

    private boolean isSourceKnown(Request request, int identity) {
        int source = decoder.identitySource(identity);
        return source < sourceCount
                || refuse(request, Status.UNKNOWN_SOURCE, "an identity is of a configured source: source=" + source);
    }

    private boolean fillItems(Request request, Recommendation into, boolean alike) {
        for (int i = 0; i < decoder.itemCount(); i++) {
            Outcome outcome = into.item(decoder.itemId(i), alike ? 1 : decoder.itemStrength(i));
            if (outcome != Outcome.OK) {
                return refuse(request, "items", i, outcome);
            }
        }
        return true;
    }

    private boolean fillMembers(Request request, Recommendation into) {
        for (int i = 0; i < decoder.memberCount(); i++) {
            int identity = decoder.findIdentity(1 + i);
            if (identity >= 0 && !isSourceKnown(request, identity)) {
                return false;
            }
            Outcome outcome = identity < 0
                    ? into.member(decoder.member(i))
                    : into.memberIdentity(
                            decoder.identitySource(identity),
                            people.externalId(decoder, identity),
                            0,
                            decoder.identityIdLength(identity));
            if (outcome != Outcome.OK) {
                return refuse(request, "members", i, outcome);
            }
        }
        return true;
    }

    /** Hands over context, what is to be scored, and events. */
    private boolean fillLists(Request request, Recommendation into) {
        for (int i = 0; i < decoder.contextItemCount(); i++) {
            Outcome outcome = into.contextItem(decoder.contextItemId(i), decoder.contextItemStrength(i));
            if (outcome != Outcome.OK) {
                return refuse(request, "contextItems", i, outcome);
            }
        }
        if (decoder.hasFlag(RecommendRequestDecoder.FLAG_CONTEXT_WEIGHT)) {
            Outcome outcome = into.contextWeight(decoder.contextWeight());
            if (outcome != Outcome.OK) {
                return refuse(
                        request,
                        ErrorReplies.status(outcome),
                        "a weight is finite, at most " + Recommendation.LARGEST_STRENGTH + " in size: contextWeight="
                                + decoder.contextWeight());
            }
        }
        if (decoder.messageType() == MessageType.SCORE) {
            for (int i = 0; i < decoder.scoredIdCount(); i++) {
                Outcome outcome = into.scoreItem(decoder.scoredId(i));
                if (outcome != Outcome.OK) {
                    return refuse(request, "scoredIds", i, outcome);
                }
            }
        }
        if (decoder.messageType() == MessageType.RECORD_AND_RECOMMEND) {
            for (int i = 0; i < decoder.eventCount(); i++) {
                Outcome outcome = into.event(
                        decoder.eventSource(i),
                        decoder.eventItemId(i),
                        decoder.eventStrength(i),
                        decoder.eventTimeMillis(i),
                        decoder.eventId(i));
                if (outcome != Outcome.OK) {
                    return refuse(request, "events", i, outcome);
                }
            }
        }
        return true;
    }

    private boolean fillRules(Request request, Recommendation into) {
        into.limit(decoder.limit());
        into.asOfMillis(decoder.asOfMillis());
        RankingRules rules = into.rules();
        boolean fits = rules.offset(decoder.offset()) == Outcome.OK
                && rules.capPerCategory(decoder.capPerCategory()) == Outcome.OK;
        if (!fits || !rules.isDepthInRange()) {
            return refuse(
                    request,
                    Status.OUT_OF_RANGE,
                    "offset and limit together are at most " + RankingRules.MOST_DEPTH
                            + ", and none is negative: offset=" + decoder.offset() + " limit=" + decoder.limit()
                            + " capPerCategory=" + decoder.capPerCategory());
        }
        if (decoder.hasFlag(RecommendRequestDecoder.FLAG_DIVERSITY)) {
            Outcome outcome = rules.diversity(decoder.relevance(), decoder.diversityPool());
            if (outcome != Outcome.OK) {
                return refuse(
                        request,
                        ErrorReplies.status(outcome),
                        "relevance is 0 to 1, and a pool at most " + RankingRules.MOST_POOL + ": relevance="
                                + decoder.relevance() + " diversityPool=" + decoder.diversityPool());
            }
        }
        for (int i = 0; i < decoder.boostCount(); i++) {
            Outcome outcome = rules.boost(
                    decoder.boostId(i),
                    decoder.boostAmount(i),
                    decoder.boostFromMillis(i),
                    decoder.boostUntilMillis(i));
            if (outcome != Outcome.OK) {
                return refuse(request, "boosts", i, outcome);
            }
        }
        for (int i = 0; i < decoder.pinCount(); i++) {
            Outcome outcome = rules.pin(
                    decoder.pinId(i), decoder.pinPosition(i), decoder.pinFromMillis(i), decoder.pinUntilMillis(i));
            if (outcome != Outcome.OK) {
                return refuse(request, "pins", i, outcome);
            }
        }
        return true;
    }

    /** Hands over what was seen and shown: of whom is asked about, or of the profile that is named beside. */
    private boolean fillSeen(Request request, Recommendation into) {
        int identity = decoder.findIdentity(0);
        boolean isNamed = decoder.profileId() != ProtocolLimits.RESERVED_ID || identity >= 0;
        int kind = decoder.kind();
        boolean isOwn =
                kind == RecommendRequestDecoder.KIND_PROFILE || kind == RecommendRequestDecoder.KIND_GROUP && !isNamed;
        boolean isRecorded = decoder.hasFlag(RecommendRequestDecoder.FLAG_RECORD_SHOWN);
        if (isRecorded && !request.exchange().session().holds(Scope.WRITE.bit())) {
            return refuse(request, Status.FORBIDDEN, "the token does not allow to record what is shown: asks=write");
        }
        if (isRecorded && !isNamed || isCapped() && !isNamed && !isOwn) {
            return refuse(
                    request,
                    Status.RESERVED_ID,
                    "what is shown is shown to a profile, which must be named: profileId=2^64-1");
        }
        if (decoder.exposureCount() > 0) {
            into.seenSeconds(Integer.toUnsignedLong(decoder.exposureSeenSeconds(0)));
        }
        if (isCapped()) {
            int times = decoder.exposureShownTimes(0);
            Outcome outcome = into.capShown(times, Integer.toUnsignedLong(decoder.exposureShownSeconds(0)));
            if (outcome != Outcome.OK) {
                return refuse(
                        request, ErrorReplies.status(outcome), "a cap counts 1 to 8 showings: shownTimes=" + times);
            }
            if (!isOwn) {
                into.capShownOf(decoder.profileId());
            }
        }
        if (decoder.hasFlag(RecommendRequestDecoder.FLAG_EXCLUDE_SEEN)) {
            if (isOwn) {
                into.excludeSeen(true);
            } else if (isNamed) {
                into.excludeSeenOf(decoder.profileId());
            }
        }
        if (isRecorded) {
            into.recordShownTo(decoder.profileId());
        }
        if (identity < 0) {
            return true;
        }
        if (!isSourceKnown(request, identity)) {
            return false;
        }
        into.seenByIdentity(
                decoder.identitySource(identity),
                people.externalId(decoder, identity),
                0,
                decoder.identityIdLength(identity));
        return true;
    }

    /** Returns whether what was shown before is to be counted. */
    boolean isCapped() {
        return decoder.exposureCount() > 0 && decoder.exposureShownTimes(0) > 0;
    }

    private void fillFilter(ItemFilter filter) {
        for (int i = 0; i < decoder.excludedIdCount(); i++) {
            filter.exclude(decoder.excludedId(i));
        }
        for (int i = 0; i < decoder.categoryCount(); i++) {
            filter.addCategory(decoder.category(i));
        }
        for (int i = 0; i < decoder.tagAllCount(); i++) {
            filter.addTagAll(decoder.tagAll(i));
        }
        for (int i = 0; i < decoder.tagAnyCount(); i++) {
            filter.addTagAny(decoder.tagAny(i));
        }
        for (int i = 0; i < decoder.tagNoneCount(); i++) {
            filter.addTagNone(decoder.tagNone(i));
        }
        if (decoder.hasFlag(RecommendRequestDecoder.FLAG_PRICE_RANGE)) {
            filter.priceMinorRange(decoder.priceMinorFrom(), decoder.priceMinorTo());
        }
        filter.inStockOnly(decoder.hasFlag(RecommendRequestDecoder.FLAG_IN_STOCK_ONLY));
        filter.hiddenToo(decoder.hasFlag(RecommendRequestDecoder.FLAG_HIDDEN_TOO));
        if (decoder.hasFlag(RecommendRequestDecoder.FLAG_INCLUDED_ONLY)) {
            filter.includeOnly();
            for (int i = 0; i < decoder.includedIdCount(); i++) {
                filter.include(decoder.includedId(i));
            }
        }
    }

    private boolean refuse(Request request, String list, int index, Outcome outcome) {
        return refuse(
                request,
                ErrorReplies.status(outcome),
                "an entry of a list cannot be used: list=" + list + " index=" + index + " reason=" + outcome);
    }

    private boolean refuse(Request request, Status status, String message) {
        context.errors().reply(request, status, message);
        return false;
    }
}
