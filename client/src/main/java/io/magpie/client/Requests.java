package io.magpie.client;

import io.magpie.protocol.CatalogueRequestEncoder;
import io.magpie.protocol.ConditionalRequestEncoder;
import io.magpie.protocol.EraseProfileRequestEncoder;
import io.magpie.protocol.ExportProfileRequestEncoder;
import io.magpie.protocol.GetItemRequestEncoder;
import io.magpie.protocol.GetProfileRequestEncoder;
import io.magpie.protocol.LinkRequestEncoder;
import io.magpie.protocol.MarkItemsRequestEncoder;
import io.magpie.protocol.PatchItemsRequestEncoder;
import io.magpie.protocol.PingRequestEncoder;
import io.magpie.protocol.PutItemsRequestEncoder;
import io.magpie.protocol.PutSlotsRequestEncoder;
import io.magpie.protocol.RecordEventsRequestEncoder;
import io.magpie.protocol.RemoveItemsRequestEncoder;
import io.magpie.protocol.SetConsentsRequestEncoder;
import io.magpie.protocol.SnapshotRequestEncoder;
import io.magpie.protocol.StatisticsRequestEncoder;
import io.magpie.protocol.UnlinkRequestEncoder;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Writes requests; correlation id and budget are filled in when they are sent. */
final class Requests {
    static final int SNAPSHOT_STATUS = 0;
    static final int SNAPSHOT_START = 1;
    static final int SNAPSHOT_CANCEL = 2;

    private Requests() {}

    static void ping(ByteBuf out) {
        new PingRequestEncoder().wrap(out, 0, 0).finish();
    }

    static void statistics(ByteBuf out) {
        new StatisticsRequestEncoder().wrap(out, 0, 0).finish();
    }

    static void putSlot(ByteBuf out, SlotUpdate slot, int expectedVersion) {
        finish(slots(out, List.of(slot)), slot.person(), expectedVersion);
    }

    static void putSlots(ByteBuf out, List<SlotUpdate> slots) {
        PutSlotsRequestEncoder encoder = slots(out, slots);
        Identities.write(encoder, slots, SlotUpdate::person);
        encoder.finish();
    }

    private static PutSlotsRequestEncoder slots(ByteBuf out, List<SlotUpdate> slots) {
        PutSlotsRequestEncoder encoder =
                new PutSlotsRequestEncoder().wrap(out, 0, 0).beginSlots(slots.size());
        for (SlotUpdate slot : slots) {
            encoder.addSlot(slot.profileId(), slot.timeMillis(), slot.evidence(), slot.spaceId(), slot.source());
        }
        int dimension = slots.isEmpty() ? 0 : slots.get(0).vector().length;
        encoder.beginVectors(slots.size(), dimension);
        for (SlotUpdate slot : slots) {
            encoder.addVector(requireLength(slot.vector(), dimension), 0, dimension);
        }
        return encoder;
    }

    static void recordEvent(ByteBuf out, Event event, int expectedVersion) {
        finish(events(out, List.of(event)), event.person(), expectedVersion);
    }

    static void recordEvents(ByteBuf out, List<Event> events) {
        RecordEventsRequestEncoder encoder = events(out, events);
        Identities.write(encoder, events, Event::person);
        encoder.finish();
    }

    private static RecordEventsRequestEncoder events(ByteBuf out, List<Event> events) {
        RecordEventsRequestEncoder encoder =
                new RecordEventsRequestEncoder().wrap(out, 0, 0).beginEvents(events.size());
        for (Event event : events) {
            encoder.addEvent(
                    event.profileId(),
                    event.itemId(),
                    event.timeMillis(),
                    event.eventId(),
                    event.strength(),
                    event.source());
        }
        return encoder;
    }

    static void setConsent(ByteBuf out, ConsentUpdate consent, int expectedVersion) {
        finish(consents(out, List.of(consent)), consent.person(), expectedVersion);
    }

    static void setConsents(ByteBuf out, List<ConsentUpdate> consents) {
        SetConsentsRequestEncoder encoder = consents(out, consents);
        Identities.write(encoder, consents, ConsentUpdate::person);
        encoder.finish();
    }

    private static void finish(ConditionalRequestEncoder encoder, Person who, int expectedVersion) {
        encoder.beginConditions(1).addCondition(0, expectedVersion);
        Identities.write(encoder, who);
        encoder.finish();
    }

    static void markItems(ByteBuf out, List<Mark> marks) {
        MarkItemsRequestEncoder encoder =
                new MarkItemsRequestEncoder().wrap(out, 0, 0).beginMarks(marks.size());
        for (Mark mark : marks) {
            encoder.addMark(mark.profileId(), mark.itemId(), mark.timeMillis(), mark.source(), mark.shown() ? 1 : 0);
        }
        Identities.write(encoder, marks, Mark::person);
        encoder.finish();
    }

    static void exportProfile(ByteBuf out, Person who) {
        ExportProfileRequestEncoder encoder =
                new ExportProfileRequestEncoder().wrap(out, 0, 0).profileId(who.profileId());
        Identities.write(encoder, who);
        encoder.finish();
    }

    static void link(ByteBuf out, List<Link> links) {
        LinkRequestEncoder encoder = new LinkRequestEncoder().wrap(out, 0, 0).beginLinks(links.size());
        List<Person> people = new ArrayList<>(2 * links.size());
        for (Link link : links) {
            encoder.addLink(link.one().profileId(), link.other().profileId());
            people.add(link.one());
            people.add(link.other());
        }
        Identities.write(encoder, people, Function.identity());
        encoder.finish();
    }

    static void unlink(ByteBuf out, List<Person> identities) {
        UnlinkRequestEncoder encoder =
                new UnlinkRequestEncoder().wrap(out, 0, 0).beginUnlinks(identities.size());
        for (Person each : identities) {
            encoder.addUnlink(each.profileId());
        }
        Identities.write(encoder, identities, Function.identity());
        encoder.finish();
    }

    private static SetConsentsRequestEncoder consents(ByteBuf out, List<ConsentUpdate> consents) {
        SetConsentsRequestEncoder encoder =
                new SetConsentsRequestEncoder().wrap(out, 0, 0).beginConsents(consents.size());
        for (ConsentUpdate consent : consents) {
            encoder.addConsent(
                    consent.profileId(),
                    consent.timeMillis(),
                    consent.source(),
                    consent.purpose(),
                    consent.state().code());
        }
        return encoder;
    }

    static void getProfile(ByteBuf out, Person who, int parts, int mask) {
        GetProfileRequestEncoder encoder = new GetProfileRequestEncoder()
                .wrap(out, 0, 0)
                .profileId(who.profileId())
                .parts(parts)
                .mask(mask);
        Identities.write(encoder, who);
        encoder.finish();
    }

    static void snapshot(ByteBuf out, int action, String name) {
        new SnapshotRequestEncoder().wrap(out, 0, 0).action(action).name(name).finish();
    }

    static void eraseProfile(ByteBuf out, Person who) {
        EraseProfileRequestEncoder encoder =
                new EraseProfileRequestEncoder().wrap(out, 0, 0).profileId(who.profileId());
        Identities.write(encoder, who);
        encoder.finish();
    }

    static void putItems(ByteBuf out, int edition, int spaceId, List<ItemUpdate> items) {
        PutItemsRequestEncoder encoder = new PutItemsRequestEncoder()
                .wrap(out, 0, 0)
                .edition(edition)
                .spaceId(spaceId)
                .beginItems(items.size());
        int tags = 0;
        for (ItemUpdate item : items) {
            ItemAttributes attributes = item.attributes();
            tags += attributes.tagCount();
            encoder.addItem(
                    item.itemId(),
                    attributes.priceMinor(),
                    item.bias(),
                    attributes.category(),
                    attributes.tagCount(),
                    flags(attributes));
        }
        encoder.beginTags(tags);
        for (ItemUpdate item : items) {
            for (int i = 0; i < item.attributes().tagCount(); i++) {
                encoder.addTag(item.attributes().tag(i));
            }
        }
        int dimension = items.isEmpty() ? 0 : items.get(0).vector().length;
        encoder.beginVectors(items.size(), dimension);
        for (ItemUpdate item : items) {
            encoder.addVector(requireLength(item.vector(), dimension), 0, dimension);
        }
        encoder.finish();
    }

    static void patchItems(ByteBuf out, int edition, List<ItemPatch> patches) {
        PatchItemsRequestEncoder encoder =
                new PatchItemsRequestEncoder().wrap(out, 0, 0).edition(edition).beginItems(patches.size());
        int tags = 0;
        for (ItemPatch patch : patches) {
            ItemAttributes attributes = patch.attributes();
            tags += attributes.tagCount();
            encoder.addItem(
                    patch.itemId(),
                    attributes.priceMinor(),
                    0,
                    attributes.category(),
                    attributes.tagCount(),
                    flags(attributes));
        }
        encoder.beginTags(tags);
        for (ItemPatch patch : patches) {
            for (int i = 0; i < patch.attributes().tagCount(); i++) {
                encoder.addTag(patch.attributes().tag(i));
            }
        }
        encoder.finish();
    }

    static void removeItems(ByteBuf out, int edition, long... itemIds) {
        RemoveItemsRequestEncoder encoder =
                new RemoveItemsRequestEncoder().wrap(out, 0, 0).edition(edition).beginItemIds(itemIds.length);
        for (long id : itemIds) {
            encoder.addItemId(id);
        }
        encoder.finish();
    }

    static void getItem(ByteBuf out, int edition, long itemId) {
        GetItemRequestEncoder encoder = new GetItemRequestEncoder();
        (edition == 0 ? encoder.wrap(out, 0, 0) : encoder.wrap(out, 0, 0, edition))
                .itemId(itemId)
                .finish();
    }

    static void catalogue(ByteBuf out, int messageType, int edition, int spaceId) {
        new CatalogueRequestEncoder()
                .wrap(out, messageType, 0, 0)
                .edition(edition)
                .spaceId(spaceId)
                .finish();
    }

    private static int flags(ItemAttributes attributes) {
        return (attributes.inStock() ? Replies.ITEM_IN_STOCK : 0) | (attributes.hidden() ? Replies.ITEM_HIDDEN : 0);
    }

    private static float[] requireLength(float[] vector, int dimension) {
        if (vector.length != dimension || dimension == 0) {
            throw new IllegalArgumentException("all vectors of one request are of one length, 1 or more: length="
                    + vector.length + " first=" + dimension);
        }
        return vector;
    }
}
