package io.magpie.server.verb;

import io.magpie.core.Outcome;
import io.magpie.core.engine.Explanation;
import io.magpie.core.engine.Person;
import io.magpie.core.engine.SourceUse;
import io.magpie.protocol.ProtocolLimits;
import io.magpie.protocol.Status;
import io.magpie.protocol.WhyReplyDecoder;
import io.magpie.protocol.WhyReplyEncoder;
import io.magpie.protocol.WhyRequestDecoder;
import io.magpie.server.metrics.Stage;

/** Answers why an item suits a profile. Allocates nothing but for errors. */
final class WhyHandler implements VerbHandler {
    private final VerbContext context;
    private final Explanation explanation;
    private final PersonReader people;
    private final int sourceCount;
    private final WhyRequestDecoder decoder = new WhyRequestDecoder();
    private final WhyReplyEncoder encoder = new WhyReplyEncoder();

    WhyHandler(VerbContext context) {
        this.context = context;
        explanation = context.engine().newExplanation();
        people = new PersonReader(context.engine());
        sourceCount = context.configuration().state().sources().size();
    }

    @Override
    public void handle(Request request) {
        if (!context.decodes(request, decoder)) {
            return;
        }
        if (isRefused(request)) {
            return;
        }
        context.metrics().stages().mark(Stage.DECODE);
        Person who = people.read(decoder, 0, decoder.profileId());
        Outcome outcome = explanation.explain(who, decoder.itemId(), decoder.seenLimit());
        if (outcome != Outcome.OK) {
            context.errors()
                    .reply(
                            request,
                            ErrorReplies.status(outcome),
                            "this cannot be explained: profileId=" + Long.toUnsignedString(decoder.profileId())
                                    + " itemId=" + Long.toUnsignedString(decoder.itemId()) + " timeMillis="
                                    + explanation.timeMillis());
            return;
        }
        context.metrics().stages().mark(Stage.LOOKUP);
        write(request, who.profileId());
    }

    /** Checks and takes over what was asked; answers the request if something of it cannot be. */
    private boolean isRefused(Request request) {
        if (decoder.purpose() != 0) {
            context.errors()
                    .reply(
                            request,
                            Status.UNKNOWN_PURPOSE,
                            "why is for the purpose recommend: purpose=" + decoder.purpose());
            return true;
        }
        if (decoder.profileId() == ProtocolLimits.RESERVED_ID && decoder.identityCount() == 0
                || decoder.itemId() == ProtocolLimits.RESERVED_ID) {
            context.errors()
                    .reply(
                            request,
                            Status.RESERVED_ID,
                            "this id stands for no id: profileId=" + Long.toUnsignedString(decoder.profileId())
                                    + " itemId=" + Long.toUnsignedString(decoder.itemId()));
            return true;
        }
        if (!context.listFits(request, "seenItems", decoder.seenLimit())) {
            return true;
        }
        explanation.clear();
        explanation.asOfMillis(decoder.asOfMillis());
        for (int i = 0; i < decoder.sourceWeightCount(); i++) {
            Outcome outcome = explanation.sourceWeight(decoder.sourceWeightSource(i), decoder.sourceWeightWeight(i));
            if (outcome != Outcome.OK) {
                context.errors()
                        .reply(
                                request,
                                ErrorReplies.status(outcome),
                                "a weight is of a configured source, finite and not negative: source="
                                        + decoder.sourceWeightSource(i) + " weight="
                                        + decoder.sourceWeightWeight(i));
                return true;
            }
        }
        return false;
    }

    private void write(Request request, long profileId) {
        int seenItems = explanation.seenItemCount();
        encoder.wrap(request.replyBuffer(), request.correlationId())
                .profileId(profileId)
                .itemId(decoder.itemId())
                .catalogueVersion(context.engine().catalogueVersion())
                .timeMillis(explanation.timeMillis())
                .spaceId(context.engine().spaceId())
                .flags(explanation.flags())
                .score(explanation.score())
                .bias(explanation.bias())
                .profileVersion(explanation.profileVersion())
                .goneItems(explanation.goneItems())
                .beginShares(sourceCount);
        for (int source = 0; source < sourceCount; source++) {
            encoder.addShare(explanation.share(source), source, code(explanation.use(source)));
        }
        encoder.beginSeenItems(seenItems);
        for (int i = 0; i < seenItems; i++) {
            encoder.addSeenItem(explanation.seenItemId(i), explanation.seenItemProduct(i));
        }
        encoder.finish();
        context.metrics().stages().mark(Stage.ENCODE);
        request.replied(Status.OK);
    }

    private static int code(SourceUse use) {
        return switch (use) {
            case USED -> WhyReplyDecoder.USE_USED;
            case NOTHING_HELD -> WhyReplyDecoder.USE_NOTHING_HELD;
            case OTHER_SPACE -> WhyReplyDecoder.USE_OTHER_SPACE;
            case ZERO_VECTOR -> WhyReplyDecoder.USE_ZERO_VECTOR;
            case NO_CONSENT -> WhyReplyDecoder.USE_NO_CONSENT;
            case NO_WEIGHT -> WhyReplyDecoder.USE_NO_WEIGHT;
            case NO_CONFIDENCE -> WhyReplyDecoder.USE_NO_CONFIDENCE;
        };
    }
}
