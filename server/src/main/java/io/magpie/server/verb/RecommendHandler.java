package io.magpie.server.verb;

import io.magpie.core.Outcome;
import io.magpie.core.engine.Recommendation;
import io.magpie.core.engine.Recommender;
import io.magpie.protocol.MessageType;
import io.magpie.protocol.RecommendReplyEncoder;
import io.magpie.protocol.Status;
import io.magpie.server.metrics.Stage;
import io.magpie.server.metrics.StageTimer;
import io.magpie.server.metrics.Verb;
import java.util.function.DoubleConsumer;
import java.util.function.LongSupplier;

/**
 * Takes recommends, and the questions that are answered like them, into the batch of the event loop's turn, and answers the batch: when the turn ends, when it is full,
 * or before a write of a connection that has a recommend in it. Nothing waits for a batch to fill.
 */
final class RecommendHandler implements VerbHandler {
    private final VerbContext context;
    private final int most;
    private final Recommender recommender;
    private final QuestionDecoder question;
    private final RecommendReplyEncoder encoder = new RecommendReplyEncoder();
    private final FailureLog failures;
    private final int[] messageTypes;
    private final long[] arrivals;
    private final long[] deadlines;
    private final long[] profileIds;
    private final long[] decodeNanos;
    private final StageTimer stages;
    private final Admission admission;
    private final LongSupplier nanoClock;
    private DoubleConsumer beforeBatch = predictedNanos -> {};
    private boolean hasEvents;

    RecommendHandler(VerbContext context, FailureLog failures, Admission admission, LongSupplier nanoClock) {
        this.context = context;
        this.admission = admission;
        this.nanoClock = nanoClock;
        this.failures = failures;
        most = context.configuration().loops().batch();
        recommender = context.engine().newRecommender();
        question = new QuestionDecoder(context);
        messageTypes = new int[most];
        arrivals = new long[most];
        deadlines = new long[most];
        profileIds = new long[most];
        decodeNanos = new long[most];
        stages = context.metrics().stages();
    }

    @Override
    public void handle(Request request) {
        if (!question.read(request)) {
            return;
        }
        Verb verb = Verb.of(request.messageType());
        long units = question.units();
        if (!admission.isTaken(
                verb,
                units,
                request.beginNanos(),
                request.deadlineNanos(),
                request.exchange().share())) {
            context.errors().overloaded(request, admission.predictedWaitNanos());
            return;
        }
        if (hasEvents && question.isCapped()) {
            answerAll(); // what is recorded as shown there counts here
        }
        Recommendation recommendation = add(request);
        if (recommendation != null && hasEvents && followsShown(request, recommendation)) {
            recommender.removeLast();
            answerAll();
            recommendation = add(request);
        }
        if (recommendation != null) {
            int place = recommender.count() - 1;
            admission.batched(verb, units);
            messageTypes[place] = request.messageType();
            arrivals[place] = request.arrivalNanos();
            deadlines[place] = request.deadlineNanos();
            profileIds[place] = question.profileId();
            hasEvents |= recommendation.eventCount() > 0 || recommendation.recordsShown();
            decodeNanos[place] = stages.leave();
            request.exchange().taken();
            if (place + 1 == most) {
                answerAll();
            }
        }
    }

    /** Takes a request into the batch; returns null if it was answered with an error. */
    private Recommendation add(Request request) {
        Recommendation recommendation = recommender.add();
        boolean filled = false;
        try {
            filled = question.fill(request, recommendation);
        } finally {
            if (!filled) {
                recommender.removeLast();
            }
        }
        return filled ? recommendation : null;
    }

    /** Returns whether the connection asked before to record what it is shown, for somebody whom the last request concerns. */
    private boolean followsShown(Request request, Recommendation last) {
        for (int i = 0; i < recommender.count() - 1; i++) {
            Recommendation before = recommender.request(i);
            if (before.recordsShown()
                    && ((Exchange) before.attachment()).session()
                            == request.exchange().session()
                    && last.mayConcern(before)) {
                return true;
            }
        }
        return false;
    }

    /** See {@link VerbDispatcher#beforeBatch}. */
    void beforeBatch(DoubleConsumer whom) {
        beforeBatch = whom;
    }

    /** Returns whether the batch will change profiles, which what comes after it must see. */
    boolean hasEvents() {
        return hasEvents;
    }

    /** Answers every request of the batch, in the order of their arrival. */
    void answerAll() {
        int count = recommender.count();
        if (count == 0) {
            return;
        }
        beforeBatch.accept(admission.batchNanos());
        long startNanos = nanoClock.getAsLong();
        Throwable failure = null;
        for (int i = 0; i < count; i++) {
            if (deadlines[i] <= startNanos) {
                recommender.request(i).drop(); // it will be told that nothing was done
            }
        }
        hasEvents = false;
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
        admission.batchAnswered(nanoClock.getAsLong() - startNanos);
    }

    private void deliver(Exchange exchange, Recommendation answer, int place, long startNanos, Throwable failure) {
        int messageType = messageTypes[place];
        long encodeFrom = decodeNanos[place] < 0 ? 0 : System.nanoTime();
        Status status = Status.OK;
        String message = null;
        if (failure != null) {
            status = Status.INTERNAL;
            message = "the server failed; its log says why";
        } else if (deadlines[place] <= startNanos) {
            status = Status.DEADLINE_EXCEEDED;
            message = "the budget ran out before the request was begun: waitedMicros="
                    + (startNanos - arrivals[place]) / 1_000;
        } else if (answer.outcome() != Outcome.OK) {
            status = ErrorReplies.status(answer.outcome());
            message = MessageType.name(messageType) + " was refused: profileId="
                    + Long.toUnsignedString(profileIds[place]) + " timeMillis=" + answer.timeMillis()
                    + " unknownItems=" + answer.unknownItems() + " catalogueSpaceId="
                    + Integer.toUnsignedString(context.engine().spaceId());
        }
        if (status == Status.OK) {
            write(exchange, answer, place);
        } else {
            context.errors().append(exchange.replyBuffer(), messageType, answer.attachmentId(), status, message);
        }
        if (decodeNanos[place] >= 0 && failure == null) {
            recordStages(place, answer.eventCount() > 0, encodeFrom);
        }
        exchange.replied(messageType, status, arrivals[place]);
    }

    /** What the batch did together counts by equal shares; what is left of the time since arrival was waiting. */
    private void recordStages(int place, boolean applied, long encodeFrom) {
        Verb verb = Verb.of(messageTypes[place]);
        int count = recommender.count();
        long now = System.nanoTime();
        long encode = now - encodeFrom;
        long lookup = recommender.lookupNanos() / count;
        long scan = recommender.scanNanos() / count;
        long own = decodeNanos[place] + lookup + scan + encode;
        if (applied) {
            // Only those of the batch that record events bear what recording takes.
            long apply = recommender.recordNanos() / Math.max(1, recommender.recordedCount());
            stages.record(verb, Stage.APPLY, apply);
            own += apply;
        }
        stages.record(verb, Stage.QUEUE, now - arrivals[place] - own);
        stages.record(verb, Stage.DECODE, decodeNanos[place]);
        stages.record(verb, Stage.LOOKUP, lookup);
        stages.record(verb, Stage.SCAN, scan);
        stages.record(verb, Stage.ENCODE, encode);
    }

    private void write(Exchange exchange, Recommendation answer, int place) {
        int messageType = messageTypes[place];
        int count = answer.count();
        int events = answer.eventCount();
        if (messageType == MessageType.RECOMMEND && answer.unknownItems() + answer.unknownMembers() == 0) {
            encoder.wrap(exchange.replyBuffer(), answer.attachmentId());
        } else {
            encoder.wrap(exchange.replyBuffer(), messageType, answer.attachmentId())
                    .unknownItems(answer.unknownItems())
                    .unknownMembers(answer.unknownMembers());
        }
        encoder.profileId(answer.isForPerson() ? answer.profileId() : profileIds[place])
                .catalogueVersion(answer.catalogueVersion())
                .timeMillis(answer.timeMillis())
                .spaceId(answer.spaceId())
                .flags(answer.flags())
                .unseenBound(answer.unseenBound())
                .profileVersion(answer.profileVersion())
                .scannedItems(answer.scannedItems())
                .scoredItems(answer.scoredItems())
                .beginItems(count);
        for (int i = 0; i < count; i++) {
            encoder.addItem(answer.itemId(i), answer.score(i));
        }
        encoder.beginEventStatuses(events);
        for (int i = 0; i < events; i++) {
            encoder.addEventStatus(ErrorReplies.status(answer.eventOutcome(i)).code());
        }
        if (answer.recordsShown()) {
            encoder.beginShownStatuses(1)
                    .addShownStatus(ErrorReplies.status(answer.shownOutcome()).code());
        }
        encoder.finish();
    }
}
