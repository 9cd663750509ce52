package io.magpie.server.crash;

import io.magpie.client.ConsentState;
import io.magpie.client.ConsentUpdate;
import io.magpie.client.Event;
import io.magpie.client.Item;
import io.magpie.client.ItemAttributes;
import io.magpie.client.ItemUpdate;
import io.magpie.client.MagpieClient;
import io.magpie.client.Profile;
import io.magpie.client.Recommendations;
import io.magpie.client.SlotUpdate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiFunction;

/**
 * What a writer outside the server sent and what was acknowledged. Every write has a number, which can be read back from
 * the state: a slot's evidence and vector, an item's price and vector, a consent's time, and for events their count.
 * Numbers of one place ascend, so the place must hold a number from the last acknowledged to the last sent.
 */
final class Ledger {
    static final int PROFILES = 8;
    static final int ITEMS = 16;
    /** People who come and are erased, again and again; their ids are above the others'. */
    static final int PASSERS = 8;

    private static final long FIRST_PASSER = 1_001;
    /** Items put in lists, so many that the index has something to do. */
    private static final long FIRST_FILLER = 10_001;

    private static final int FILLER_LISTS = 20;
    private static final int FILLERS_A_LIST = 60;
    /** Of the fillers every so many-th is asked for. */
    private static final int ASKED_FILLER = 7;

    static final int SLOT_SOURCE = 0;
    static final int EVENT_SOURCE = 1;
    private static final long FIRST_MILLIS = 1_700_000_000_000L;

    private final int dimension;
    private final Place[] slots = places(PROFILES);
    private final Place[] consents = places(PROFILES);
    private final Place[] events = places(PROFILES);
    private final Place[] items = places(ITEMS);
    private final Place[] passers = places(PASSERS);
    private final Place[] fillers = places(FILLER_LISTS);
    private final List<BiFunction<MagpieClient, Integer, CompletableFuture<?>>> operations = List.of(
            this::sendSlot, this::sendEvent, this::sendConsent, this::sendItem, this::sendSlots, this::sendPasser);
    private final List<String> wrongAnswers = Collections.synchronizedList(new ArrayList<>());
    private long number;
    private long asked;

    /** Numbers sent to one place, and the last one that was acknowledged. */
    private static final class Place {
        long sent;
        final AtomicLong acknowledged = new AtomicLong();
    }

    Ledger(int dimension) {
        this.dimension = dimension;
    }

    private static Place[] places(int count) {
        Place[] places = new Place[count];
        Arrays.setAll(places, i -> new Place());
        return places;
    }

    /** Puts the items that events are about, and waits for it. */
    void begin(MagpieClient client) {
        for (int i = 0; i < ITEMS; i++) {
            sendItem(client, i).join();
        }
    }

    /** Puts items by the list, in place of those that there were, and waits for it. */
    void fill(MagpieClient client) {
        List<CompletableFuture<?>> answers = new ArrayList<>();
        for (int list = 0; list < FILLER_LISTS; list++) {
            long next = ++fillers[list].sent;
            List<ItemUpdate> updates = new ArrayList<>();
            for (int i = 0; i < FILLERS_A_LIST; i++) {
                updates.add(new ItemUpdate(
                        FIRST_FILLER + list * FILLERS_A_LIST + i,
                        vector(next + i),
                        0f,
                        new ItemAttributes(7, next, true, false)));
            }
            answers.add(noted(fillers[list], next, client.async().putItems(1, updates)));
        }
        answers.forEach(CompletableFuture::join);
    }

    private void checkFillers(List<String> losses, MagpieClient client) {
        for (int at = 0; at < FILLER_LISTS * FILLERS_A_LIST; at += ASKED_FILLER) {
            Place place = fillers[at / FILLERS_A_LIST];
            Optional<Item> item = client.getItem(FIRST_FILLER + at);
            long found = item.map(each -> each.attributes().priceMinor()).orElse(0L);
            // The items of a list are changed one by one, so each tells for itself.
            if (found < place.acknowledged.get() || found > place.sent) {
                losses.add("filler " + at + ": acknowledged " + place.acknowledged + ", sent " + place.sent + ", found "
                        + found);
            }
            if (item.isPresent() && !Arrays.equals(item.get().vector(), vector(found + at % FILLERS_A_LIST))) {
                losses.add("filler " + at + " is mixed from two writes");
            }
        }
    }

    /** Sends one more write; the future ends when it was answered. */
    CompletableFuture<?> send(MagpieClient client) {
        long turn = number++;
        int operation = (int) (turn / PROFILES % operations.size());
        return operations.get(operation).apply(client, (int)
                (turn % PROFILES + turn / PROFILES / operations.size() * PROFILES % ITEMS));
    }

    /**
     * Asks for a profile, or what to recommend, beside the writes of the same connection; the future ends when it was answered.
     * What is answered is whole, and neither older nor newer than what had been sent by then; else it is told as a loss.
     */
    CompletableFuture<?> ask(MagpieClient client) {
        int profile = (int) (asked / 2 % PROFILES);
        if (asked++ % 2 == 0) {
            long least = slots[profile].acknowledged.get();
            long most = slots[profile].sent;
            return client.async().getProfile(profile + 1).thenAccept(held -> {
                Profile.Slot slot = slot(held, SLOT_SOURCE);
                long found = slot == null ? 0 : (long) slot.evidence();
                if (found < least || found > most || slot != null && !Arrays.equals(slot.vector(), vector(found))) {
                    wrongAnswers.add("asked for the slot of " + (profile + 1) + ": acknowledged " + least + ", sent "
                            + most + ", found " + found);
                }
            });
        }
        return client.async().recommend(profile + 1, ITEMS).thenAccept(answer -> {
            float before = Float.POSITIVE_INFINITY;
            for (Recommendations.ScoredItem item : answer.items()) {
                boolean known = item.itemId() <= ITEMS
                        || item.itemId() >= FIRST_FILLER
                                && item.itemId() < FIRST_FILLER + FILLER_LISTS * FILLERS_A_LIST;
                if (!known || !(item.score() <= before)) {
                    wrongAnswers.add("recommended to " + (profile + 1) + ": " + answer.items());
                }
                before = item.score();
            }
        });
    }

    private CompletableFuture<?> sendSlot(MagpieClient client, int turn) {
        int profile = turn % PROFILES;
        long next = ++slots[profile].sent;
        return noted(
                slots[profile],
                next,
                client.async()
                        .putSlot(new SlotUpdate(profile + 1, SLOT_SOURCE, 1, vector(next), next, FIRST_MILLIS + next)));
    }

    /** Two for everybody in one list: those of one person, side by side, the server makes one change of. */
    private CompletableFuture<?> sendSlots(MagpieClient client, int turn) {
        List<SlotUpdate> list = new ArrayList<>();
        long[] next = new long[PROFILES];
        for (int i = 0; i < PROFILES; i++) {
            int profile = (turn + i) % PROFILES;
            for (int twice = 0; twice < 2; twice++) {
                long now = ++slots[profile].sent;
                next[profile] = now;
                list.add(new SlotUpdate(profile + 1, SLOT_SOURCE, 1, vector(now), now, FIRST_MILLIS + now));
            }
        }
        return client.async().putSlots(list).thenAccept(results -> {
            if (!results.allApplied()) {
                throw new IllegalStateException("refused: " + results.statuses());
            }
            for (int i = 0; i < PROFILES; i++) {
                slots[i].acknowledged.accumulateAndGet(next[i], Math::max);
            }
        });
    }

    private CompletableFuture<?> sendEvent(MagpieClient client, int turn) {
        int profile = turn % PROFILES;
        long next = ++events[profile].sent;
        return noted(
                events[profile],
                next,
                client.async()
                        .recordEvent(new Event(
                                profile + 1, EVENT_SOURCE, 1 + next % ITEMS, 1.0, FIRST_MILLIS + next * 1_000)));
    }

    private CompletableFuture<?> sendConsent(MagpieClient client, int turn) {
        int profile = turn % PROFILES;
        long next = ++consents[profile].sent;
        return noted(
                consents[profile],
                next,
                client.async()
                        .setConsent(new ConsentUpdate(profile + 1, SLOT_SOURCE, 0, state(next), FIRST_MILLIS + next)));
    }

    private CompletableFuture<?> sendItem(MagpieClient client, int turn) {
        int item = turn % ITEMS;
        long next = ++items[item].sent;
        return noted(
                items[item],
                next,
                client.async()
                        .putItem(
                                1,
                                new ItemUpdate(item + 1, vector(next), 0f, new ItemAttributes(7, next, true, false))));
    }

    /** Odd numbers put a slot, even ones erase the person. */
    private CompletableFuture<?> sendPasser(MagpieClient client, int turn) {
        Place place = passers[turn % PASSERS];
        long next = ++place.sent;
        long id = FIRST_PASSER + turn % PASSERS;
        return noted(
                place,
                next,
                next % 2 == 0
                        ? client.async().eraseProfile(id)
                        : client.async()
                                .putSlot(new SlotUpdate(id, SLOT_SOURCE, 1, vector(next), next, FIRST_MILLIS + next)));
    }

    private static CompletableFuture<?> noted(Place place, long next, CompletableFuture<?> answer) {
        return answer.thenRun(() -> place.acknowledged.accumulateAndGet(next, Math::max));
    }

    private static ConsentState state(long next) {
        return next % 2 == 0 ? ConsentState.GRANTED : ConsentState.DENIED;
    }

    private float[] vector(long next) {
        float[] vector = new float[dimension];
        for (int i = 0; i < dimension; i++) {
            vector[i] = (next * 31 + i) % 1_000;
        }
        return vector;
    }

    /** Returns how many writes were acknowledged. */
    long acknowledged() {
        long sum = 0;
        for (Place[] places : List.of(slots, consents, events, items)) {
            for (Place place : places) {
                sum += place.acknowledged.get();
            }
        }
        return sum;
    }

    /** Compares the state with what was acknowledged; returns what is lost. Afterwards what it found counts as sent. */
    List<String> losses(MagpieClient client) {
        List<String> losses = new ArrayList<>(wrongAnswers);
        for (int i = 0; i < PROFILES; i++) {
            Optional<Profile> profile = client.getProfile(i + 1);
            checkSlot(losses, i, profile);
            checkEvents(losses, i, profile);
            checkConsent(losses, i, profile);
        }
        for (int i = 0; i < PASSERS; i++) {
            checkPasser(losses, i, client.getProfile(FIRST_PASSER + i));
        }
        for (int i = 0; i < ITEMS; i++) {
            Optional<Item> item = client.getItem(i + 1);
            long found = item.map(each -> each.attributes().priceMinor()).orElse(0L);
            check(losses, "item " + (i + 1), items[i], found);
            if (item.isPresent() && !Arrays.equals(item.get().vector(), vector(found))) {
                losses.add("item " + (i + 1) + " is mixed from two writes");
            }
        }
        checkFillers(losses, client);
        return losses;
    }

    private void checkSlot(List<String> losses, int profile, Optional<Profile> held) {
        Profile.Slot slot = slot(held, SLOT_SOURCE);
        long found = slot == null ? 0 : (long) slot.evidence();
        check(losses, "slot of " + (profile + 1), slots[profile], found);
        if (slot != null
                && (!Arrays.equals(slot.vector(), vector(found)) || slot.timeMillis() != FIRST_MILLIS + found)) {
            losses.add("slot of " + (profile + 1) + " is mixed from two writes");
        }
    }

    private void checkPasser(List<String> losses, int passer, Optional<Profile> held) {
        Place place = passers[passer];
        String what = "passer " + (FIRST_PASSER + passer);
        Profile.Slot slot = slot(held, SLOT_SOURCE);
        // Whoever is not held was erased by the first number from the acknowledged one on that does so.
        long found = slot == null ? place.acknowledged.get() + place.acknowledged.get() % 2 : (long) slot.evidence();
        if (held.isPresent() && (slot == null || found % 2 == 0 || !Arrays.equals(slot.vector(), vector(found)))) {
            losses.add(what + " is held in part");
        }
        check(losses, what, place, found);
    }

    private void checkEvents(List<String> losses, int profile, Optional<Profile> held) {
        Profile.Slot slot = slot(held, EVENT_SOURCE);
        long found = slot == null ? 0 : (long) slot.evidence();
        check(losses, "events of " + (profile + 1), events[profile], found);
        long seen = held.stream()
                .flatMap(each -> each.seen().stream())
                .mapToLong(Profile.Seen::count)
                .sum();
        if (seen != found) {
            losses.add("events of " + (profile + 1) + ": in the slot " + found + ", in the seen items " + seen);
        }
    }

    private void checkConsent(List<String> losses, int profile, Optional<Profile> held) {
        Optional<Profile.Consent> consent = held.stream()
                .flatMap(each -> each.consents().stream())
                .filter(each -> each.source() == SLOT_SOURCE && each.purpose() == 0)
                .findFirst();
        long found = consent.map(each -> each.timeMillis() - FIRST_MILLIS).orElse(0L);
        check(losses, "consent of " + (profile + 1), consents[profile], found);
        if (consent.isPresent() && consent.get().state() != state(found)) {
            losses.add("consent of " + (profile + 1) + " is mixed from two writes");
        }
    }

    private static Profile.Slot slot(Optional<Profile> held, int source) {
        return held.stream()
                .flatMap(each -> each.slots().stream())
                .filter(each -> each.source() == source)
                .findFirst()
                .orElse(null);
    }

    private static void check(List<String> losses, String what, Place place, long found) {
        long least = place.acknowledged.get();
        if (found < least || found > place.sent) {
            losses.add(what + ": acknowledged " + least + ", sent " + place.sent + ", found " + found);
        }
        // The next numbers follow what is there: an event that was not applied leaves a gap in no count.
        place.sent = found;
        place.acknowledged.set(found);
    }
}
