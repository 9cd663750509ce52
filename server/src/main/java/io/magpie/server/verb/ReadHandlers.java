package io.magpie.server.verb;

import io.magpie.core.engine.AnswerFlag;
import io.magpie.core.engine.CatalogueSides;
import io.magpie.core.engine.Person;
import io.magpie.core.fusion.ConsentPolicy;
import io.magpie.core.profile.ItemRecord;
import io.magpie.core.profile.ProfileDescriptor;
import io.magpie.core.profile.ProfileRecord;
import io.magpie.core.profile.SeenSet;
import io.magpie.core.store.StateReader;
import io.magpie.protocol.GetItemReplyEncoder;
import io.magpie.protocol.GetItemRequestDecoder;
import io.magpie.protocol.GetProfileReplyEncoder;
import io.magpie.protocol.GetProfileRequestDecoder;
import io.magpie.protocol.ProtocolLimits;
import io.magpie.protocol.Status;
import io.magpie.server.metrics.Stage;
import io.magpie.server.metrics.StageTimer;

/** Answers get profile and get item. Allocates nothing when what is asked for is there. */
final class ReadHandlers {
    private static final int ITEM_IN_STOCK = 1;
    private static final int ITEM_HIDDEN = 2;

    private final VerbContext context;
    private final StageTimer stages;
    private final StateReader reader;
    private final PersonReader people;
    private final int dimension;
    private final ConsentPolicy policy;
    private int mask;
    private final GetProfileRequestDecoder getProfile = new GetProfileRequestDecoder();
    private final GetProfileReplyEncoder profileReply = new GetProfileReplyEncoder();
    private final GetItemRequestDecoder getItem = new GetItemRequestDecoder();
    private final GetItemReplyEncoder itemReply = new GetItemReplyEncoder();
    private final ProfileRecord profile;
    private final SeenSet seen;
    private final ItemRecord item;

    ReadHandlers(VerbContext context) {
        this.context = context;
        stages = context.metrics().stages();
        reader = context.engine().newReader();
        people = new PersonReader(context.engine());
        dimension = context.configuration().state().dimension();
        policy = context.engine().configuration().consentPolicy();
        profile = context.engine().newProfileRecord();
        seen = context.engine().newSeenSet();
        item = context.engine().newItemRecord();
    }

    void getProfile(Request request) {
        if (!context.decodes(request, getProfile)) {
            return;
        }
        stages.mark(Stage.DECODE);
        Person who = people.read(getProfile, 0, getProfile.profileId());
        if (!context.namesSomebody(request, who)) {
            return;
        }
        if (!who.read(reader, profile)) {
            context.errors()
                    .reply(
                            request,
                            Status.UNKNOWN_PROFILE,
                            who.isIdentity()
                                    ? "no profile is known by this identity"
                                    : "no such profile: profileId=" + Long.toUnsignedString(who.profileId()));
            return;
        }
        long profileId = profile.profileId();
        mask = getProfile.mask() - 1;
        if (mask >= ProfileDescriptor.PURPOSES) {
            context.errors()
                    .reply(request, Status.UNKNOWN_PURPOSE, "there are eight purposes at most: purpose=" + mask);
            return;
        }
        int parts = getProfile.parts();
        boolean withSeen = (parts & GetProfileRequestDecoder.PART_SEEN) != 0 && reader.readSeen(profileId, seen);
        int slots = allowedSlots();
        int seenItems = withSeen ? allowedSeen() : 0;
        boolean isWhole = slots == profile.slotCount() && (!withSeen || seenItems == seen.count());
        stages.mark(Stage.LOOKUP);
        profileReply
                .wrap(request.replyBuffer(), request.correlationId())
                .profileId(profileId)
                .catalogueVersion(context.engine().catalogueVersion())
                .timeMillis(context.clock().millis())
                .spaceId(context.engine().spaceId())
                .version(profile.version())
                .flags(flags(withSeen, isWhole));
        if ((parts & GetProfileRequestDecoder.PART_SLOTS) != 0) {
            writeSlots(slots, (parts & GetProfileRequestDecoder.PART_VECTORS) != 0);
        }
        if ((parts & GetProfileRequestDecoder.PART_CONSENTS) != 0) {
            writeConsents();
        }
        if (withSeen) {
            writeSeen(seenItems);
        }
        profileReply.finish();
        stages.mark(Stage.ENCODE);
        request.replied(Status.OK);
    }

    private int flags(boolean withSeen, boolean isWhole) {
        int flags = withSeen && seen.truncated() ? AnswerFlag.SEEN_TRUNCATED : 0;
        flags |= withSeen && seen.shownTruncated() ? AnswerFlag.SHOWN_TRUNCATED : 0;
        return isWhole ? flags : flags | AnswerFlag.CONSENT_REMOVED_SOURCE;
    }

    /** Returns whether what a source holds may be read for the purpose that was asked for, if one was. */
    private boolean isAllowed(int source) {
        return mask < 0 || source >= profile.sourceCapacity() || policy.allows(profile, source, mask);
    }

    private int allowedSlots() {
        int allowed = 0;
        for (int i = 0; i < profile.slotCount(); i++) {
            allowed += isAllowed(profile.slotSource(i)) ? 1 : 0;
        }
        return allowed;
    }

    private int allowedSeen() {
        int allowed = 0;
        for (int i = 0; i < seen.count(); i++) {
            allowed += isAllowed(seen.source(i)) ? 1 : 0;
        }
        return allowed;
    }

    private void writeSlots(int allowed, boolean withVectors) {
        int slots = profile.slotCount();
        profileReply.beginSlots(allowed);
        for (int i = 0; i < slots; i++) {
            if (!isAllowed(profile.slotSource(i))) {
                continue;
            }
            profileReply.addSlot(
                    profile.slotEvidence(i),
                    profile.slotTimeMillis(i),
                    profile.slotNorm(i),
                    profile.slotSpace(i),
                    profile.slotSource(i));
        }
        if (withVectors) {
            profileReply.beginVectors(allowed, dimension);
            for (int i = 0; i < slots; i++) {
                if (isAllowed(profile.slotSource(i))) {
                    profileReply.addVector(profile.vectors(), profile.vectorOffset(i), dimension);
                }
            }
        }
    }

    private void writeConsents() {
        int count = 0;
        for (int source = 0; source < profile.sourceCapacity(); source++) {
            for (int purpose = 0; purpose < ProfileDescriptor.PURPOSES; purpose++) {
                count += profile.consentState(source, purpose) == ProfileDescriptor.CONSENT_UNSET ? 0 : 1;
            }
        }
        profileReply.beginConsents(count);
        for (int source = 0; source < profile.sourceCapacity(); source++) {
            for (int purpose = 0; purpose < ProfileDescriptor.PURPOSES; purpose++) {
                int state = profile.consentState(source, purpose);
                if (state != ProfileDescriptor.CONSENT_UNSET) {
                    profileReply.addConsent(profile.consentTimeMillis(source, purpose), source, purpose, state);
                }
            }
        }
    }

    private void writeSeen(int allowed) {
        profileReply.beginSeen(allowed);
        for (int i = 0; i < seen.count(); i++) {
            if (isAllowed(seen.source(i))) {
                profileReply.addSeen(seen.itemId(i), seen.timeSeconds(i), seen.source(i), seen.kind(i), seen.count(i));
            }
        }
    }

    void getItem(Request request) {
        if (!context.decodes(request, getItem)) {
            return;
        }
        stages.mark(Stage.DECODE);
        long itemId = getItem.itemId();
        if (itemId == ProtocolLimits.RESERVED_ID) {
            context.errors().reply(request, Status.RESERVED_ID, "this id stands for no id: itemId=2^64-1");
            return;
        }
        int edition = context.engine().catalogues().edition(getItem.edition());
        if (edition == CatalogueSides.UNSAID) {
            context.errors()
                    .reply(
                            request,
                            Status.UNKNOWN_CATALOGUE,
                            "no such catalogue: edition=" + Integer.toUnsignedString(getItem.edition()));
            return;
        }
        if (!reader.readItem(edition, itemId, item)) {
            context.errors()
                    .reply(request, Status.UNKNOWN_ITEM, "no such item: itemId=" + Long.toUnsignedString(itemId));
            return;
        }
        stages.mark(Stage.LOOKUP);
        itemReply
                .wrap(request.replyBuffer(), request.correlationId())
                .itemId(itemId)
                .catalogueVersion(context.engine().catalogues().version(edition))
                .timeMillis(context.clock().millis())
                .priceMinor(item.priceMinor())
                .spaceId(item.spaceId())
                .bias(item.bias())
                .category(item.category())
                .version((int) item.version())
                .flags((item.inStock() ? ITEM_IN_STOCK : 0) | (item.hidden() ? ITEM_HIDDEN : 0));
        itemReply.beginTags(item.tagCount());
        for (int i = 0; i < item.tagCount(); i++) {
            itemReply.addTag(item.tag(i));
        }
        itemReply.beginVectors(1, dimension);
        itemReply.addVector(item.vector(), 0, dimension);
        itemReply.finish();
        stages.mark(Stage.ENCODE);
        request.replied(Status.OK);
    }
}
