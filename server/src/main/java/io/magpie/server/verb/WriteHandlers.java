package io.magpie.server.verb;

import io.magpie.core.Outcome;
import io.magpie.core.engine.CatalogueSides;
import io.magpie.core.engine.Engine;
import io.magpie.core.engine.ErasureReceipt;
import io.magpie.core.engine.Person;
import io.magpie.core.engine.ProfileWriter;
import io.magpie.core.engine.SlotEntry;
import io.magpie.protocol.ConditionalRequestDecoder;
import io.magpie.protocol.EraseProfileReplyEncoder;
import io.magpie.protocol.EraseProfileRequestDecoder;
import io.magpie.protocol.LinkRequestDecoder;
import io.magpie.protocol.MarkItemsRequestDecoder;
import io.magpie.protocol.PutSlotsRequestDecoder;
import io.magpie.protocol.RecordEventsRequestDecoder;
import io.magpie.protocol.SetConsentsRequestDecoder;
import io.magpie.protocol.Status;
import io.magpie.protocol.UnlinkRequestDecoder;
import io.magpie.protocol.WriteReplyEncoder;
import java.util.Arrays;

/**
 * Answers the verbs that change profiles. The entries of a list are applied one by one, each a change of its own or, slots and
 * marks of one person that follow each other, part of one; one that is refused does not stop the rest, and the reply has a
 * status for each.
 */
final class WriteHandlers {
    private static final int KIND_SEEN = 0;
    private static final int KIND_SHOWN = 1;

    /** Marks of a person that become one change at most: they are one log record. */
    private static final int MOST_MARKS = 256;

    /** Slots of a person that become one change at most: more than that few people have. */
    private static final int MOST_SLOTS = 16;

    private final VerbContext context;
    private final Engine engine;
    private final SlotEntry[] slots = new SlotEntry[MOST_SLOTS];
    private final PutSlotsRequestDecoder putSlots = new PutSlotsRequestDecoder();
    private final RecordEventsRequestDecoder recordEvents = new RecordEventsRequestDecoder();
    private final SetConsentsRequestDecoder setConsents = new SetConsentsRequestDecoder();
    private final EraseProfileRequestDecoder eraseProfile = new EraseProfileRequestDecoder();
    private final MarkItemsRequestDecoder markItems = new MarkItemsRequestDecoder();
    private final long[] marked;
    private Person marking;
    private final PersonReader people;
    private final Person other = new Person();
    private final LinkRequestDecoder link = new LinkRequestDecoder();
    private final UnlinkRequestDecoder unlink = new UnlinkRequestDecoder();
    private final WriteReply reply;
    private final EraseProfileReplyEncoder receipt = new EraseProfileReplyEncoder();

    WriteHandlers(VerbContext context) {
        this.context = context;
        engine = context.engine();
        Arrays.setAll(slots, i -> new SlotEntry(context.configuration().state().dimension()));
        marked = new long
                [Math.min(MOST_MARKS, context.configuration().state().capacity().seen())];
        reply = new WriteReply(context);
        people = new PersonReader(engine);
    }

    void putSlots(Request request) {
        if (!context.decodes(request, putSlots)
                || !context.listFits(request, "slots", putSlots.slotCount())
                || (putSlots.slotCount() > 0 && !context.dimensionFits(request, putSlots.dimension()))) {
            return;
        }
        int count = putSlots.slotCount();
        reply.begin(request, count);
        for (int i = 0; i < count; ) {
            long named = putSlots.slotProfileId(i);
            int together = 0;
            do {
                readSlot(i++, slots[together++]);
                // 2^64-1 is an identity's entry, or no one's: each is a change of its own.
            } while (i < count
                    && together < MOST_SLOTS
                    && named != Person.NOBODY
                    && putSlots.slotProfileId(i) == named);
            Person who = people.read(putSlots, i - together, named);
            engine.profiles().putSlots(who, slots, together);
            for (int j = 0; j < together; j++) {
                reply.add(who, named, slots[j].outcome());
            }
        }
        reply.finish(request);
    }

    private void readSlot(int entry, SlotEntry into) {
        // Whether the vector is finite is told with all else that may be wrong.
        putSlots.copyVector(entry, into.vector());
        into.set(
                putSlots.slotSource(entry),
                putSlots.slotSpaceId(entry),
                putSlots.slotEvidence(entry),
                putSlots.slotTimeMillis(entry),
                expectedVersion(putSlots, entry));
    }

    private static long expectedVersion(ConditionalRequestDecoder changes, int entry) {
        int condition = changes.findCondition(entry);
        return condition < 0 ? ProfileWriter.ANY_VERSION : Integer.toUnsignedLong(changes.conditionVersion(condition));
    }

    void recordEvents(Request request) {
        if (!context.decodes(request, recordEvents)
                || !context.listFits(request, "events", recordEvents.eventCount())) {
            return;
        }
        int count = recordEvents.eventCount();
        reply.begin(request, count);
        for (int i = 0; i < count; i++) {
            long named = recordEvents.eventProfileId(i);
            Person who = people.read(recordEvents, i, named);
            reply.add(
                    who,
                    named,
                    engine.profiles()
                            .recordEvent(
                                    who,
                                    recordEvents.eventSource(i),
                                    recordEvents.eventItemId(i),
                                    recordEvents.eventStrength(i),
                                    recordEvents.eventTimeMillis(i),
                                    recordEvents.eventId(i),
                                    expectedVersion(recordEvents, i)));
        }
        reply.finish(request);
    }

    void setConsents(Request request) {
        if (!context.decodes(request, setConsents)
                || !context.listFits(request, "consents", setConsents.consentCount())) {
            return;
        }
        int count = setConsents.consentCount();
        reply.begin(request, count);
        for (int i = 0; i < count; i++) {
            long named = setConsents.consentProfileId(i);
            Person who = people.read(setConsents, i, named);
            reply.add(
                    who,
                    named,
                    engine.profiles()
                            .setConsent(
                                    who,
                                    setConsents.consentSource(i),
                                    setConsents.consentPurpose(i),
                                    setConsents.consentState(i),
                                    setConsents.consentTimeMillis(i),
                                    expectedVersion(setConsents, i)));
        }
        reply.finish(request);
    }

    void markItems(Request request) {
        if (!context.decodes(request, markItems) || !context.listFits(request, "marks", markItems.markCount())) {
            return;
        }
        int count = markItems.markCount();
        reply.begin(request, count);
        for (int i = 0; i < count; ) {
            int next = i + 1;
            while (next < count && next - i < marked.length && isSameMark(i, next)) {
                next++;
            }
            for (int j = i; j < next; j++) {
                marked[j - i] = markItems.markItemId(j);
            }
            Outcome together = mark(i, next - i);
            for (int j = i; j < next; j++) {
                // One that is refused takes the others of its change with it: then each is a change of its own.
                if (together != Outcome.OK && next - i > 1) {
                    marked[0] = markItems.markItemId(j);
                    reply.add(marking, markItems.markProfileId(j), mark(j, 1));
                } else {
                    reply.add(marking, markItems.markProfileId(j), together);
                }
            }
            i = next;
        }
        reply.finish(request);
    }

    private boolean isSameMark(int a, int b) {
        // 2^64-1 is an identity's entry, or no one's: each is a change of its own.
        return markItems.markProfileId(a) == markItems.markProfileId(b)
                && markItems.markProfileId(a) != Person.NOBODY
                && markItems.markTimeMillis(a) == markItems.markTimeMillis(b)
                && markItems.markSource(a) == markItems.markSource(b)
                && markItems.markKind(a) == markItems.markKind(b);
    }

    /** Marks the first of {@link #marked} by what the entry says beside the item. */
    private Outcome mark(int entry, int count) {
        marking = people.read(markItems, entry, markItems.markProfileId(entry));
        int source = markItems.markSource(entry);
        long timeMillis = markItems.markTimeMillis(entry);
        return switch (markItems.markKind(entry)) {
            case KIND_SEEN -> engine.profiles().markSeen(marking, source, marked, count, timeMillis);
            case KIND_SHOWN -> engine.profiles().markShown(marking, source, marked, count, timeMillis);
            default -> Outcome.OUT_OF_RANGE;
        };
    }

    void eraseProfile(Request request) {
        if (!context.decodes(request, eraseProfile)) {
            return;
        }
        ErasureReceipt erased = engine.profiles().erase(people.read(eraseProfile, 0, eraseProfile.profileId()));
        if (erased.outcome() != Outcome.OK && erased.outcome() != Outcome.UNKNOWN_PROFILE) {
            context.errors()
                    .reply(
                            request,
                            ErrorReplies.status(erased.outcome()),
                            "the profile was not erased: profileId=" + Long.toUnsignedString(erased.profileId()));
            return;
        }
        receipt.wrap(request.replyBuffer(), request.correlationId())
                .profileId(erased.profileId())
                .catalogueVersion(engine.catalogueVersion())
                .timeMillis(erased.timeMillis())
                .spaceId(engine.spaceId())
                .profiles(erased.outcome() == Outcome.OK ? 1 : 0)
                .slots(erased.slots())
                .consents(erased.consents())
                .seenItems(erased.seenItems())
                .identities(erased.identities())
                .redirects(erased.redirects())
                .logRecords(erased.logParts())
                .sequence(erased.sequence())
                .finish();
        request.replied(Status.OK);
    }

    void link(Request request) {
        if (!context.decodes(request, link) || !context.listFits(request, "links", link.linkCount())) {
            return;
        }
        reply.begin(request, link.linkCount());
        for (int i = 0; i < link.linkCount(); i++) {
            Person one = people.read(link, 2 * i, link.linkProfileId(i));
            people.read(link, 2 * i + 1, link.linkOtherProfileId(i), other);
            reply.add(
                    one,
                    link.linkProfileId(i),
                    engine.identities().link(one, other).outcome());
        }
        reply.finish(request);
    }

    void unlink(Request request) {
        if (!context.decodes(request, unlink) || !context.listFits(request, "unlinks", unlink.unlinkCount())) {
            return;
        }
        reply.begin(request, unlink.unlinkCount());
        for (int i = 0; i < unlink.unlinkCount(); i++) {
            Person who = people.read(unlink, i, unlink.unlinkProfileId(i));
            reply.add(
                    who,
                    unlink.unlinkProfileId(i),
                    engine.identities().unlink(who).outcome());
        }
        reply.finish(request);
    }

    /** The reply to a list of changes, written as they are made. One an event loop. */
    static final class WriteReply {
        private final VerbContext context;
        private final WriteReplyEncoder encoder = new WriteReplyEncoder();
        private long[] reached = new long[16];
        private boolean isElsewhere;
        private int added;
        private int applied;

        WriteReply(VerbContext context) {
            this.context = context;
        }

        void begin(Request request, int count) {
            applied = 0;
            added = 0;
            isElsewhere = false;
            if (reached.length < count) {
                reached = new long[count];
            }
            encoder.wrap(request.replyBuffer(), request.messageType(), request.correlationId());
            encoder.beginStatuses(count);
        }

        void add(Outcome outcome) {
            Status status = ErrorReplies.status(outcome);
            applied += status == Status.OK ? 1 : 0;
            encoder.addStatus(status.code());
        }

        /** Adds what came of a change of a person, and notes which profile it reached if that is not the one named. */
        void add(Person who, long named, Outcome outcome) {
            reached[added] = outcome == Outcome.OK ? who.profileId() : Person.NOBODY;
            isElsewhere |= outcome == Outcome.OK && reached[added] != named;
            added++;
            add(outcome);
        }

        void finish(Request request) {
            finish(request, CatalogueSides.UNSAID);
        }

        /** Ends the reply to a change of the items of an edition: it names that one's version and space. */
        void finish(Request request, int edition) {
            encoder.appliedCount(applied)
                    .catalogueVersion(context.engine().catalogues().version(edition))
                    .timeMillis(context.clock().millis())
                    .spaceId(context.engine().catalogues().spaceId(edition));
            encoder.beginProfileIds(isElsewhere ? added : 0);
            for (int i = 0; isElsewhere && i < added; i++) {
                encoder.addProfileId(reached[i]);
            }
            encoder.finish();
            request.replied(Status.OK);
        }
    }
}
