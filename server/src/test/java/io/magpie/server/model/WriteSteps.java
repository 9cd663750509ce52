package io.magpie.server.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.client.Catalogues;
import io.magpie.client.ConsentState;
import io.magpie.client.ConsentUpdate;
import io.magpie.client.ErasureReceipt;
import io.magpie.client.Event;
import io.magpie.client.ItemPatch;
import io.magpie.client.ItemUpdate;
import io.magpie.client.Link;
import io.magpie.client.MagpieAsyncClient;
import io.magpie.client.Mark;
import io.magpie.client.Person;
import io.magpie.client.SlotUpdate;
import io.magpie.client.WriteReceipt;
import io.magpie.client.WriteResults;
import io.magpie.protocol.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;

/** Changes, drawn at random. */
final class WriteSteps {
    private final Model model;
    private final Draw draw;

    WriteSteps(Model model, Draw draw) {
        this.model = model;
        this.draw = draw;
    }

    Step one() {
        return switch (draw.below(28)) {
            case 0, 1 -> putSlot();
            case 2 -> putSlots();
            case 3, 4, 5, 6, 7 -> event();
            case 8, 9 -> events();
            case 10, 11, 12 -> consent();
            case 13, 14 -> marks();
            case 15, 24 -> erase();
            case 25, 26 -> link();
            case 27 -> unlink();
            case 16, 17, 18 -> putItems();
            case 19, 20 -> patchItem();
            case 21 -> removeItems();
            default -> draw.oneIn(3) ? catalogue() : putItems();
        };
    }

    /** A change of its own, answered by a receipt or a refusal. */
    private Step single(
            String what, Person who, Function<MagpieAsyncClient, CompletableFuture<?>> send, Supplier<Status> apply) {
        return new Step(what, send, () -> {
            Status status = apply.get();
            Long reached = model.people.id(who);
            return status == Status.OK
                    ? Step.Expected.answer((WriteReceipt got) -> receipt(got, reached))
                    : Step.Expected.refused(status);
        });
    }

    private void receipt(WriteReceipt got, long reached) {
        assertThat(got.profileId()).as("profileId").isEqualTo(reached);
        assertThat(got.catalogueVersion()).as("catalogueVersion").isEqualTo(model.live.version);
        assertThat(got.spaceId()).as("spaceId").isEqualTo(model.live.spaceId);
        assertThat(got.timeMillis()).as("timeMillis").isEqualTo(model.now);
    }

    /** A list of changes of people: the answer says whom each reached. */
    private <T> Step people(
            String what,
            Function<MagpieAsyncClient, CompletableFuture<?>> send,
            List<T> changes,
            Function<T, Person> who,
            Function<T, Status> apply) {
        List<Long> reached = new ArrayList<>();
        return list(
                what,
                send,
                0,
                reached,
                () -> changes.stream()
                        .map(each -> {
                            Status status = apply.apply(each);
                            reached.add(reached(status, who.apply(each)));
                            return status;
                        })
                        .toList());
    }

    private long reached(Status status, Person who) {
        return status == Status.OK ? model.people.id(who) : WriteResults.NO_PROFILE;
    }

    private Step list(
            String what,
            Function<MagpieAsyncClient, CompletableFuture<?>> send,
            int edition,
            Supplier<List<Status>> apply) {
        return list(what, send, edition, List.of(), apply);
    }

    private Step list(
            String what,
            Function<MagpieAsyncClient, CompletableFuture<?>> send,
            int edition,
            List<Long> reached,
            Supplier<List<Status>> apply) {
        return new Step(what, send, () -> {
            List<Status> statuses = apply.get();
            Shop shop = model.shop(edition) == null ? model.live : model.shop(edition);
            int applied = (int) statuses.stream().filter(Status.OK::equals).count();
            long version = shop.version;
            long now = model.now;
            return Step.Expected.answer((WriteResults got) -> {
                assertThat(got.statuses()).as("statuses").isEqualTo(statuses);
                assertThat(got.profileIds()).as("profileIds").isEqualTo(reached);
                assertThat(got.appliedCount()).as("appliedCount").isEqualTo(applied);
                assertThat(got.catalogueVersion()).as("catalogueVersion").isEqualTo(version);
                assertThat(got.spaceId()).as("spaceId").isEqualTo(shop.spaceId);
                assertThat(got.timeMillis()).as("timeMillis").isEqualTo(now);
            });
        });
    }

    private SlotUpdate slot(Person who) {
        double evidence = draw.oneIn(60) ? -1 : draw.oneIn(8) ? 0 : draw.below(10) * 0.5;
        return new SlotUpdate(who, draw.source(), draw.space(), draw.vector(), evidence, draw.time());
    }

    private Step putSlot() {
        SlotUpdate slot = slot(draw.person());
        if (draw.oneIn(3)) {
            int version = draw.version(slot.person());
            return single(
                    "put " + slot + " if " + version,
                    slot.person(),
                    client -> client.putSlot(slot, version),
                    () -> model.putSlot(slot, version));
        }
        return single(
                "put " + slot,
                slot.person(),
                client -> client.putSlot(slot),
                () -> model.putSlot(slot, Model.ANY_VERSION));
    }

    private Step putSlots() {
        List<SlotUpdate> slots = draw.list(4, () -> slot(draw.person()));
        return people(
                "put " + slots,
                client -> client.putSlots(slots),
                slots,
                SlotUpdate::person,
                each -> model.putSlot(each, Model.ANY_VERSION));
    }

    Event event(Person who) {
        long eventId = draw.oneIn(3) ? 1 + draw.below(60) : 0;
        return new Event(
                who, draw.source(), draw.item(), draw.oneIn(80) ? Double.NaN : draw.strength(), draw.time(), eventId);
    }

    private Step event() {
        Event event = event(draw.person());
        if (draw.oneIn(4)) {
            int version = draw.version(event.person());
            return single(
                    event + " if " + version,
                    event.person(),
                    client -> client.recordEvent(event, version),
                    () -> model.recordEvent(event, version));
        }
        return single(
                event.toString(),
                event.person(),
                client -> client.recordEvent(event),
                () -> model.recordEvent(event, Model.ANY_VERSION));
    }

    private Step events() {
        List<Event> events = new ArrayList<>(draw.list(6, () -> event(draw.person())));
        if (draw.oneIn(3)) {
            events.add(events.get(0));
        }
        return people(
                "events " + events,
                client -> client.recordEvents(events),
                events,
                Event::person,
                each -> model.recordEvent(each, Model.ANY_VERSION));
    }

    private Step consent() {
        ConsentUpdate consent = new ConsentUpdate(
                draw.person(),
                draw.source(),
                draw.oneIn(40) ? 8 : draw.oneIn(4) ? 1 + draw.below(7) : 0,
                ConsentState.values()[draw.below(3)],
                draw.time());
        if (draw.oneIn(4)) {
            int version = draw.version(consent.person());
            return single(
                    consent + " if " + version,
                    consent.person(),
                    client -> client.setConsent(consent, version),
                    () -> model.setConsent(consent, version));
        }
        return single(
                consent.toString(),
                consent.person(),
                client -> client.setConsent(consent),
                () -> model.setConsent(consent, Model.ANY_VERSION));
    }

    private Step marks() {
        List<Mark> marks = new ArrayList<>();
        while (marks.isEmpty() || !draw.oneIn(3)) {
            Person who = draw.person();
            int source = draw.source();
            boolean shown = draw.oneIn(2);
            long time = draw.time();
            draw.list(5, draw::item).forEach(item -> marks.add(new Mark(who, source, item, shown, time)));
        }
        if (draw.oneIn(10)) {
            // Nobody's, beside an identity's: neither is named by an id.
            Mark last = marks.get(marks.size() - 1);
            marks.add(new Mark(-1, last.source(), draw.item(), last.shown(), last.timeMillis()));
        }
        List<Long> reached = new ArrayList<>();
        return list("mark " + marks, client -> client.markItems(marks), 0, reached, () -> {
            List<Status> statuses = model.mark(marks);
            for (int i = 0; i < marks.size(); i++) {
                reached.add(reached(statuses.get(i), marks.get(i).person()));
            }
            return statuses;
        });
    }

    private Step link() {
        if (draw.oneIn(2)) {
            Link link = new Link(draw.person(), draw.person());
            return single(
                    link.toString(),
                    link.one(),
                    client -> client.link(link.one(), link.other()),
                    () -> model.link(link));
        }
        List<Link> links = draw.list(3, () -> new Link(draw.person(), draw.person()));
        return people("links " + links, client -> client.link(links), links, Link::one, model::link);
    }

    private Step unlink() {
        if (draw.oneIn(2)) {
            Person who = draw.oneIn(8) ? draw.person() : Draw.IDENTITIES.get(draw.below(Draw.IDENTITIES.size()));
            return single("unlink " + who, who, client -> client.unlink(who), () -> model.people.unlink(who));
        }
        List<Person> people = draw.list(4, draw::person);
        return people(
                "unlink " + people,
                client -> client.unlink(people),
                people,
                Function.identity(),
                each -> model.people.unlink(each));
    }

    private Step erase() {
        Person who = draw.person();
        return new Step("erase " + who, client -> client.eraseProfile(who), () -> {
            Long reached = model.people.id(who);
            Held erased = model.people.erase(who);
            Held held = erased == null ? new Held() : erased;
            return Step.Expected.answer((ErasureReceipt got) -> {
                assertThat(got.profileId()).as("profileId").isEqualTo(reached == null ? -1 : reached);
                assertThat(got.profiles()).as("profiles").isEqualTo(erased == null ? 0 : 1);
                assertThat(got.slots()).as("slots").isEqualTo(held.slots.size());
                assertThat(got.consents()).as("consents").isEqualTo(held.consentCount());
                assertThat(got.seenItems()).as("seen").isEqualTo(held.seen.size());
                assertThat(got.identities()).as("identities").isEqualTo(held.identities.size());
                assertThat(got.redirects()).as("redirects").isEqualTo(held.merged.size());
                assertThat(got.catalogueVersion()).isEqualTo(model.live.version);
                assertThat(got.spaceId()).isEqualTo(model.live.spaceId);
                assertThat(got.timeMillis()).isEqualTo(model.now);
            });
        });
    }

    Step putItems() {
        int edition = draw.edition();
        Shop shop = model.shop(edition);
        int spaceId = shop == null || draw.oneIn(30) ? draw.space() : shop.spaceId;
        List<ItemUpdate> items =
                draw.list(6, () -> new ItemUpdate(draw.item(), draw.vector(), draw.bias(), draw.attributes()));
        return list(
                "put into " + edition + " of space " + spaceId + " " + items,
                client -> client.ofEdition(edition).putItems(spaceId, items),
                edition,
                () -> items.stream()
                        .map(each -> model.putItem(edition, spaceId, each))
                        .toList());
    }

    private Step patchItem() {
        int edition = draw.edition();
        List<ItemPatch> patches = draw.list(3, () -> new ItemPatch(draw.item(), draw.attributes()));
        return list(
                "patch in " + edition + " " + patches,
                client -> client.ofEdition(edition).patchItems(patches),
                edition,
                () -> patches.stream()
                        .map(each -> model.patchItem(edition, each.itemId(), each.attributes()))
                        .toList());
    }

    private Step removeItems() {
        int edition = draw.edition();
        List<Long> ids = draw.list(3, draw::item);
        return list(
                "remove from " + edition + " " + ids,
                client -> client.ofEdition(edition).removeItems(Question.longs(ids)),
                edition,
                () -> ids.stream().map(each -> model.removeItem(edition, each)).toList());
    }

    private Step catalogue() {
        int edition = draw.number();
        int spaceId = draw.oneIn(3) ? model.live.spaceId : 1 + draw.below(4);
        return switch (draw.below(6)) {
            case 0, 1 ->
                catalogues(
                        "stage space " + spaceId, client -> client.stageCatalogue(spaceId), () -> model.stage(spaceId));
            case 2, 3 ->
                catalogues(
                        "switch to " + edition,
                        client -> client.switchCatalogue(edition),
                        () -> model.switchTo(edition));
            case 4 -> catalogues("drop " + edition, client -> client.dropCatalogue(edition), () -> model.drop(edition));
            default ->
                catalogues(
                        "rebuild " + edition,
                        client -> client.rebuildCatalogue(edition),
                        () -> model.shop(edition) == null ? Status.UNKNOWN_CATALOGUE : Status.OK);
        };
    }

    private Step catalogues(
            String what, Function<MagpieAsyncClient, CompletableFuture<?>> send, Supplier<Status> apply) {
        return new Step(what, send, () -> {
            Status status = apply.get();
            return status == Status.OK ? catalogues(model) : Step.Expected.refused(status);
        });
    }

    static Step.Expected catalogues(Model model) {
        List<Shop> shops = model.beside == null ? List.of(model.live) : List.of(model.live, model.beside);
        List<String> expected = shops.stream()
                .map(each -> edition(each.number, each.spaceId, each.version, each.goods.size(), each.wasLive))
                .toList();
        return Step.Expected.answer((Catalogues got) -> {
            List<String> held = new ArrayList<>();
            for (Catalogues.Edition each : new Catalogues.Edition[] {got.live(), got.beside()}) {
                if (each != null) {
                    held.add(edition(each.number(), each.spaceId(), each.version(), each.items(), each.wasLive()));
                }
            }
            assertThat(held).isEqualTo(expected);
        });
    }

    private static String edition(int number, int spaceId, long version, long items, boolean wasLive) {
        return "edition " + number + " of space " + spaceId + " version " + version + " items " + items
                + (wasLive ? " was live" : " staged");
    }
}
