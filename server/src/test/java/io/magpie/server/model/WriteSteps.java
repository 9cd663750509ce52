package io.magpie.server.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.client.Catalogues;
import io.magpie.client.ConsentState;
import io.magpie.client.ConsentUpdate;
import io.magpie.client.ErasureReceipt;
import io.magpie.client.Event;
import io.magpie.client.ItemPatch;
import io.magpie.client.ItemUpdate;
import io.magpie.client.MagpieAsyncClient;
import io.magpie.client.Mark;
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
        return switch (draw.below(24)) {
            case 0, 1 -> putSlot();
            case 2 -> putSlots();
            case 3, 4, 5, 6, 7 -> event();
            case 8, 9 -> events();
            case 10, 11, 12 -> consent();
            case 13, 14 -> marks();
            case 15 -> erase();
            case 16, 17, 18 -> putItems();
            case 19, 20 -> patchItem();
            case 21 -> removeItems();
            default -> draw.oneIn(3) ? catalogue() : putItems();
        };
    }

    /** A change of its own, answered by a receipt or a refusal. */
    private Step single(String what, Function<MagpieAsyncClient, CompletableFuture<?>> send, Supplier<Status> apply) {
        return new Step(what, send, () -> {
            Status status = apply.get();
            return status == Status.OK ? Step.Expected.answer(this::receipt) : Step.Expected.refused(status);
        });
    }

    private void receipt(WriteReceipt got) {
        assertThat(got.catalogueVersion()).as("catalogueVersion").isEqualTo(model.live.version);
        assertThat(got.spaceId()).as("spaceId").isEqualTo(model.live.spaceId);
        assertThat(got.timeMillis()).as("timeMillis").isEqualTo(model.now);
    }

    private Step list(
            String what,
            Function<MagpieAsyncClient, CompletableFuture<?>> send,
            int edition,
            Supplier<List<Status>> apply) {
        return new Step(what, send, () -> {
            List<Status> statuses = apply.get();
            Shop shop = model.shop(edition) == null ? model.live : model.shop(edition);
            int applied = (int) statuses.stream().filter(Status.OK::equals).count();
            long version = shop.version;
            long now = model.now;
            return Step.Expected.answer((WriteResults got) -> {
                assertThat(got.statuses()).as("statuses").isEqualTo(statuses);
                assertThat(got.appliedCount()).as("appliedCount").isEqualTo(applied);
                assertThat(got.catalogueVersion()).as("catalogueVersion").isEqualTo(version);
                assertThat(got.spaceId()).as("spaceId").isEqualTo(shop.spaceId);
                assertThat(got.timeMillis()).as("timeMillis").isEqualTo(now);
            });
        });
    }

    private SlotUpdate slot(long profileId) {
        double evidence = draw.oneIn(60) ? -1 : draw.oneIn(8) ? 0 : draw.below(10) * 0.5;
        return new SlotUpdate(profileId, draw.source(), draw.space(), draw.vector(), evidence, draw.time());
    }

    private Step putSlot() {
        SlotUpdate slot = slot(draw.person());
        if (draw.oneIn(3)) {
            int version = draw.version(slot.profileId());
            return single(
                    "put " + slot + " if " + version,
                    client -> client.putSlot(slot, version),
                    () -> model.putSlot(slot, version));
        }
        return single("put " + slot, client -> client.putSlot(slot), () -> model.putSlot(slot, Model.ANY_VERSION));
    }

    private Step putSlots() {
        List<SlotUpdate> slots = draw.list(4, () -> slot(draw.person()));
        return list(
                "put " + slots,
                client -> client.putSlots(slots),
                0,
                () -> slots.stream()
                        .map(each -> model.putSlot(each, Model.ANY_VERSION))
                        .toList());
    }

    Event event(long profileId) {
        long eventId = draw.oneIn(3) ? 1 + draw.below(60) : 0;
        return new Event(
                profileId,
                draw.source(),
                draw.item(),
                draw.oneIn(80) ? Double.NaN : draw.strength(),
                draw.time(),
                eventId);
    }

    private Step event() {
        Event event = event(draw.person());
        if (draw.oneIn(4)) {
            int version = draw.version(event.profileId());
            return single(
                    event + " if " + version,
                    client -> client.recordEvent(event, version),
                    () -> model.recordEvent(event, version));
        }
        return single(
                event.toString(),
                client -> client.recordEvent(event),
                () -> model.recordEvent(event, Model.ANY_VERSION));
    }

    private Step events() {
        List<Event> events = new ArrayList<>(draw.list(6, () -> event(draw.person())));
        if (draw.oneIn(3)) {
            events.add(events.get(0));
        }
        return list(
                "events " + events,
                client -> client.recordEvents(events),
                0,
                () -> events.stream()
                        .map(each -> model.recordEvent(each, Model.ANY_VERSION))
                        .toList());
    }

    private Step consent() {
        ConsentUpdate consent = new ConsentUpdate(
                draw.person(),
                draw.source(),
                draw.oneIn(40) ? 8 : draw.oneIn(4) ? 1 + draw.below(7) : 0,
                ConsentState.values()[draw.below(3)],
                draw.time());
        if (draw.oneIn(4)) {
            int version = draw.version(consent.profileId());
            return single(
                    consent + " if " + version,
                    client -> client.setConsent(consent, version),
                    () -> model.setConsent(consent, version));
        }
        return single(
                consent.toString(),
                client -> client.setConsent(consent),
                () -> model.setConsent(consent, Model.ANY_VERSION));
    }

    private Step marks() {
        List<Mark> marks = new ArrayList<>();
        while (marks.isEmpty() || !draw.oneIn(3)) {
            long profileId = draw.person();
            int source = draw.source();
            boolean shown = draw.oneIn(2);
            long time = draw.time();
            draw.list(5, draw::item).forEach(item -> marks.add(new Mark(profileId, source, item, shown, time)));
        }
        return list("mark " + marks, client -> client.markItems(marks), 0, () -> model.mark(marks));
    }

    private Step erase() {
        long profileId = 1 + draw.below(7);
        return new Step("erase " + profileId, client -> client.eraseProfile(profileId), () -> {
            Person erased = model.erase(profileId);
            return Step.Expected.answer((ErasureReceipt got) -> {
                assertThat(got.profileId()).isEqualTo(profileId);
                assertThat(got.profiles()).as("profiles").isEqualTo(erased == null ? 0 : 1);
                assertThat(got.slots()).as("slots").isEqualTo(erased == null ? 0 : erased.slots.size());
                assertThat(got.consents()).as("consents").isEqualTo(erased == null ? 0 : erased.consentCount());
                assertThat(got.seenItems()).as("seen").isEqualTo(erased == null ? 0 : erased.seen.size());
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
