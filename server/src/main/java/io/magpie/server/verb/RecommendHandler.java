package io.magpie.server.verb;

import io.magpie.core.Outcome;
import io.magpie.core.engine.Recommendation;
import io.magpie.core.engine.Recommender;
import io.magpie.core.index.ItemFilter;
import io.magpie.protocol.MessageType;
import io.magpie.protocol.ProtocolLimits;
import io.magpie.protocol.RecommendReplyEncoder;
import io.magpie.protocol.RecommendRequestDecoder;
import io.magpie.protocol.Status;

/**
 * Takes recommends into the batch of the event loop's turn, and answers the batch: when the turn ends, when it is full,
 * or before a write of a connection that has a recommend in it. Nothing waits for a batch to fill.
 */
final class RecommendHandler implements VerbHandler {
    private final VerbContext context;
    private final int most;
    private final Recommender recommender;
    private final RecommendRequestDecoder decoder = new RecommendRequestDecoder();
    private final RecommendReplyEncoder encoder = new RecommendReplyEncoder();
    private final FailureLog failures;
    private final long[] arrivals;
    private final long[] deadlines;
    private final long[] profileIds;

    RecommendHandler(VerbContext context, FailureLog failures) {
        this.context = context;
        this.failures = failures;
        most = context.configuration().loops().batch();
        recommender = context.engine().newRecommender();
        arrivals = new long[most];
        deadlines = new long[most];
        profileIds = new long[most];
    }

    @Override
    public void handle(Request request) {
        Status status = request.decode(decoder);
        if (status != Status.OK) {
            context.malformed(request, status);
            return;
        }
        if (isRefused(request)) {
            return;
        }
        int place = recommender.count();
        Recommendation recommendation = recommender.add();
        boolean filled = false;
        try {
            filled = fill(request, recommendation);
        } finally {
            if (!filled) {
                recommender.removeLast();
            }
        }
        if (filled) {
            arrivals[place] = request.arrivalNanos();
            deadlines[place] = request.deadlineNanos();
            profileIds[place] = decoder.profileId();
            request.exchange().taken();
            if (place + 1 == most) {
                answerAll();
            }
        }
    }

    /** Checks numbers and lengths; answers the request if one is out of its range. */
    private boolean isRefused(Request request) {
        int limit = decoder.limit();
        int top = context.configuration().limits().top();
        if (limit > top) {
            refuse(
                    request,
                    "more items are asked for than one answer holds: limit=" + limit + " most=" + top
                            + " (limits.top)");
            return true;
        }
        if (decoder.offset() != 0) {
            refuse(request, "paging is not there yet: offset=" + Integer.toUnsignedString(decoder.offset()));
            return true;
        }
        if (decoder.purpose() != 0) {
            context.errors()
                    .reply(
                            request,
                            Status.UNKNOWN_PURPOSE,
                            "recommend is for the purpose recommend: purpose=" + decoder.purpose());
            return true;
        }
        return !context.listFits(request, "excludedIds", decoder.excludedIdCount())
                || !context.listFits(request, "includedIds", decoder.includedIdCount());
    }

    private void refuse(Request request, String message) {
        context.errors().reply(request, Status.OUT_OF_RANGE, message);
    }

    /** Fills the recommendation; returns false if the request was answered with an error instead. */
    private boolean fill(Request request, Recommendation recommendation) {
        if (decoder.kind() == RecommendRequestDecoder.KIND_VECTOR) {
            if (!context.dimensionFits(request, decoder.dimension())) {
                return false;
            }
            recommendation.forVector(decoder.spaceId());
            if (!decoder.copyVector(0, recommendation.vector())) {
                context.errors().reply(request, Status.NOT_FINITE, "a vector's values are finite: kind=vector");
                return false;
            }
        } else if (decoder.profileId() == ProtocolLimits.RESERVED_ID) {
            context.errors().reply(request, Status.RESERVED_ID, "this id stands for no id: profileId=2^64-1");
            return false;
        } else {
            recommendation.forProfile(decoder.profileId());
        }
        for (int i = 0; i < decoder.sourceWeightCount(); i++) {
            Outcome outcome = recommendation.sourceWeight(decoder.sourceWeightSource(i), decoder.sourceWeightWeight(i));
            if (outcome != Outcome.OK) {
                context.errors()
                        .reply(
                                request,
                                ErrorReplies.status(outcome),
                                "a weight is of a configured source, finite and not negative: source="
                                        + decoder.sourceWeightSource(i) + " weight="
                                        + decoder.sourceWeightWeight(i));
                return false;
            }
        }
        fillFilter(recommendation.filter());
        recommendation.limit(decoder.limit());
        if (decoder.hasFlag(RecommendRequestDecoder.FLAG_EXCLUDE_SEEN)) {
            if (decoder.kind() == RecommendRequestDecoder.KIND_PROFILE) {
                recommendation.excludeSeen(true);
            } else if (decoder.profileId() != ProtocolLimits.RESERVED_ID) {
                recommendation.excludeSeenOf(decoder.profileId());
            }
        }
        recommendation.deadlineNanos(request.deadlineNanos());
        recommendation.attach(request.exchange(), request.correlationId());
        return true;
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

    /** Answers every request of the batch, in the order of their arrival. */
    void answerAll() {
        int count = recommender.count();
        if (count == 0) {
            return;
        }
        long startNanos = System.nanoTime();
        Throwable failure = null;
        try {
            recommender.execute();
        } catch (RuntimeException | Error e) {
            failure = e;
            failures.log("a batch of " + count + " recommends failed", e);
        }
        for (int i = 0; i < count; i++) {
            Recommendation answer = recommender.request(i);
            Exchange exchange = (Exchange) answer.attachment();
            if (exchange.isOpen()) {
                deliver(exchange, answer, i, startNanos, failure);
            }
            exchange.settled();
        }
        recommender.clear();
        context.metrics().batch(count);
    }

    private void deliver(Exchange exchange, Recommendation answer, int place, long startNanos, Throwable failure) {
        long correlationId = answer.attachmentId();
        Status status;
        if (failure != null) {
            status = fail(exchange, correlationId, Status.INTERNAL, "the server failed; its log says why");
        } else if (deadlines[place] <= startNanos) {
            status = fail(
                    exchange,
                    correlationId,
                    Status.DEADLINE_EXCEEDED,
                    "the budget ran out before the request was begun: waitedMicros="
                            + (startNanos - arrivals[place]) / 1_000);
        } else if (answer.outcome() != Outcome.OK) {
            status = fail(
                    exchange,
                    correlationId,
                    ErrorReplies.status(answer.outcome()),
                    "recommend was refused: profileId=" + Long.toUnsignedString(profileIds[place])
                            + " catalogueSpaceId="
                            + Integer.toUnsignedString(context.engine().spaceId()));
        } else {
            write(exchange, answer, place);
            status = Status.OK;
        }
        exchange.replied(MessageType.RECOMMEND, status, arrivals[place]);
    }

    private Status fail(Exchange exchange, long correlationId, Status status, String message) {
        context.errors().append(exchange.replyBuffer(), MessageType.RECOMMEND, correlationId, status, message);
        return status;
    }

    private void write(Exchange exchange, Recommendation answer, int place) {
        int count = answer.count();
        encoder.wrap(exchange.replyBuffer(), answer.attachmentId())
                .profileId(profileIds[place])
                .profileVersion(answer.profileVersion())
                .catalogueVersion(answer.catalogueVersion())
                .timeMillis(answer.timeMillis())
                .spaceId(answer.spaceId())
                .flags(answer.flags())
                .unseenBound(answer.unseenBound())
                .scannedItems(answer.scannedItems())
                .scoredItems(answer.scoredItems())
                .beginItems(count);
        for (int i = 0; i < count; i++) {
            encoder.addItem(answer.itemId(i), answer.score(i));
        }
        encoder.finish();
    }
}
