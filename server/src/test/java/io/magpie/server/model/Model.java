package io.magpie.server.model;

import io.magpie.client.ConsentState;
import io.magpie.client.ConsentUpdate;
import io.magpie.client.Event;
import io.magpie.client.ItemAttributes;
import io.magpie.client.ItemUpdate;
import io.magpie.client.Link;
import io.magpie.client.Mark;
import io.magpie.client.Person;
import io.magpie.client.SlotUpdate;
import io.magpie.protocol.Status;
import java.util.ArrayList;
import java.util.List;

/** All that a server should hold, in maps and lists, and how changes move it. */
final class Model {
    static final long ANY_VERSION = -1;
    static final long SKEW_MILLIS = 300_000;

    private static final int PURPOSES = 8;
    private static final int MOST_MARKS_AT_ONCE = 256;

    final int dimension;
    final List<Fused.Source> sources;
    final boolean unsetGranted;
    final int seenLimit;
    final int slotCapacity;
    final long seenExpirySeconds;
    final Directory people = new Directory();
    private final Merge merge = new Merge(this);
    Shop live = new Shop(1, 1, 0);
    Shop beside;
    int newestEdition = 1;
    long catalogueVersion;
    long now;

    Model(
            int dimension,
            List<Fused.Source> sources,
            boolean unsetGranted,
            int seenLimit,
            int slotCapacity,
            long seenExpirySeconds) {
        this.dimension = dimension;
        this.sources = sources;
        this.unsetGranted = unsetGranted;
        this.seenLimit = seenLimit;
        this.slotCapacity = slotCapacity;
        this.seenExpirySeconds = seenExpirySeconds;
        live.wasLive = true;
    }

    boolean allows(Held person, int source, int purpose) {
        ConsentState state = person.consent(source, purpose);
        return state == ConsentState.GRANTED || state == ConsentState.UNSET && unsetGranted;
    }

    private Status check(Person who, int source, long timeMillis) {
        if (Directory.isReserved(who)) {
            return Status.RESERVED_ID;
        }
        if (source >= sources.size() || who.equals(Directory.STRANGER)) {
            return Status.UNKNOWN_SOURCE;
        }
        if (timeMillis < 0 || timeMillis > 0xFFFF_FFFFL * 1000) {
            return Status.TIME_OUT_OF_RANGE;
        }
        return timeMillis > now + SKEW_MILLIS ? Status.TIME_IN_FUTURE : Status.OK;
    }

    Status putSlot(SlotUpdate slot, long expected) {
        for (float each : slot.vector()) {
            if (!Float.isFinite(each)) {
                return Status.NOT_FINITE;
            }
        }
        Status checked = check(slot.person(), slot.source(), slot.timeMillis());
        if (checked != Status.OK) {
            return checked;
        }
        if (!Double.isFinite(slot.evidence())) {
            return Status.NOT_FINITE;
        }
        if (slot.evidence() < 0) {
            return Status.OUT_OF_RANGE;
        }
        if (people.isUnknownAllotted(slot.person())) {
            return Status.UNKNOWN_PROFILE;
        }
        Held person = people.open(slot.person());
        if (expected != ANY_VERSION && expected != person.version) {
            return Status.VERSION_CONFLICT;
        }
        int index = room(person, slot.source(), slot.spaceId());
        if (index < 0) {
            return Status.NO_SLOT_LEFT;
        }
        float[] vector = slot.vector().clone();
        person.slots.set(
                index, new Held.Slot(slot.source(), slot.spaceId(), slot.evidence(), slot.timeMillis(), true, vector));
        return people.commit(slot.person(), person);
    }

    boolean isServed(int spaceId) {
        return spaceId == live.spaceId || beside != null && spaceId == beside.spaceId;
    }

    private int room(Held person, int source, int spaceId) {
        int found = person.findSlot(source, spaceId);
        if (found >= 0) {
            return found;
        }
        if (person.slots.size() == slotCapacity) {
            int stale = 0;
            while (stale < person.slots.size()
                    && isServed(person.slots.get(stale).spaceId())) {
                stale++;
            }
            if (!isServed(spaceId) || stale == person.slots.size()) {
                return -1;
            }
            person.removeSlot(stale);
        }
        person.slots.add(new Held.Slot(source, spaceId, 0, 0, false, new float[dimension]));
        return person.slots.size() - 1;
    }

    Status recordEvent(Event event, long expected) {
        Status checked = check(event.person(), event.source(), event.timeMillis());
        if (checked != Status.OK) {
            return checked;
        }
        if (!Double.isFinite(event.strength())) {
            return Status.NOT_FINITE;
        }
        if (people.isUnknownAllotted(event.person())) {
            return Status.UNKNOWN_PROFILE;
        }
        Held person = people.open(event.person());
        if (event.eventId() != 0 && person.events.contains(new Held.EventName(event.source(), event.eventId()))) {
            return Status.OK;
        }
        if (expected != ANY_VERSION && expected != person.version) {
            return Status.VERSION_CONFLICT;
        }
        Shop.Good inLive = live.goods.get(event.itemId());
        Shop.Good inOther = beside == null ? null : beside.goods.get(event.itemId());
        if (inLive == null && inOther == null) {
            return Status.UNKNOWN_ITEM;
        }
        Status moved = inLive == null ? Status.OK : move(person, event, live.spaceId, inLive);
        boolean also = inOther != null && (inLive == null || beside.spaceId != live.spaceId);
        if (moved == Status.OK && also) {
            moved = move(person, event, beside.spaceId, inOther);
            moved = moved == Status.NO_SLOT_LEFT && inLive != null ? Status.OK : moved;
        }
        if (moved != Status.OK) {
            return moved;
        }
        person.name(event.source(), event.eventId());
        person.remember(event.itemId(), event.timeMillis() / 1000, event.source(), false, seenLimit);
        if (event.strength() > 0) {
            live.count(event.itemId(), event.timeMillis());
            if (beside != null) {
                beside.count(event.itemId(), event.timeMillis());
            }
        }
        return people.commit(event.person(), person);
    }

    private Status move(Held person, Event event, int spaceId, Shop.Good towards) {
        int index = room(person, event.source(), spaceId);
        if (index < 0) {
            return Status.NO_SLOT_LEFT;
        }
        Held.Slot slot = person.slots.get(index);
        long halfLife = sources.get(event.source()).halfLifeMillis();
        long later = Math.max(slot.timeMillis(), event.timeMillis());
        double kept = Arithmetic.decay(later - slot.timeMillis(), halfLife);
        double fresh = Arithmetic.decay(later - event.timeMillis(), halfLife);
        float[] vector = Arithmetic.moved(slot.vector(), kept, towards.vector(), event.strength() * fresh);
        double evidence = slot.evidence() * kept + fresh;
        person.slots.set(index, new Held.Slot(slot.source(), slot.spaceId(), evidence, later, slot.put(), vector));
        return Status.OK;
    }

    Status setConsent(ConsentUpdate consent, long expected) {
        Status checked = check(consent.person(), consent.source(), consent.timeMillis());
        if (checked != Status.OK) {
            return checked;
        }
        if (consent.purpose() >= PURPOSES) {
            return Status.UNKNOWN_PURPOSE;
        }
        if (people.isUnknownAllotted(consent.person())) {
            return Status.UNKNOWN_PROFILE;
        }
        Held person = people.open(consent.person());
        if (expected != ANY_VERSION && expected != person.version) {
            return Status.VERSION_CONFLICT;
        }
        int key = consent.source() * PURPOSES + consent.purpose();
        Held.Consent held = person.consents.get(key);
        if (held != null && consent.timeMillis() < held.timeMillis()) {
            return Status.OK;
        }
        person.consents.put(key, new Held.Consent(consent.state(), consent.timeMillis()));
        return people.commit(consent.person(), person);
    }

    /** Marks that say the same of one person are one change, unless one of them is refused. */
    List<Status> mark(List<Mark> marks) {
        List<Status> statuses = new ArrayList<>();
        int most = Math.min(MOST_MARKS_AT_ONCE, seenLimit);
        for (int from = 0; from < marks.size(); ) {
            int to = from + 1;
            while (to < marks.size() && to - from < most && isSame(marks.get(from), marks.get(to))) {
                to++;
            }
            List<Mark> together = marks.subList(from, to);
            Status status = markAll(together);
            for (Mark each : together) {
                statuses.add(status == Status.OK ? status : markAll(List.of(each)));
            }
            from = to;
        }
        return statuses;
    }

    private static boolean isSame(Mark a, Mark b) {
        return !b.person().isIdentity()
                && a.person().equals(b.person())
                && a.source() == b.source()
                && a.shown() == b.shown()
                && a.timeMillis() == b.timeMillis();
    }

    private Status markAll(List<Mark> marks) {
        Mark first = marks.get(0);
        Status checked = check(first.person(), first.source(), first.timeMillis());
        if (checked != Status.OK) {
            return checked;
        }
        for (Mark each : marks) {
            if (!live.goods.containsKey(each.itemId())
                    && (beside == null || !beside.goods.containsKey(each.itemId()))) {
                return Status.UNKNOWN_ITEM;
            }
        }
        if (people.isUnknownAllotted(first.person())) {
            return Status.UNKNOWN_PROFILE;
        }
        Held person = people.open(first.person());
        for (Mark each : marks) {
            person.remember(each.itemId(), each.timeMillis() / 1000, each.source(), each.shown(), seenLimit);
        }
        return people.commit(first.person(), person);
    }

    /** Remembers an answer's items as shown. */
    void show(Person who, List<Long> itemIds) {
        if (people.isUnknownAllotted(who)) {
            return;
        }
        Held person = people.open(who);
        for (long itemId : itemIds) {
            person.remember(itemId, now / 1000, Held.SOURCE_ANSWER, true, seenLimit);
        }
        people.commit(who, person);
    }

    Status link(Link link) {
        return people.link(link.one(), link.other(), merge::of);
    }

    /** Returns the catalogue of a number, the live one for 0; null if there is none. */
    Shop shop(int edition) {
        if (edition == 0 || edition == live.number) {
            return live;
        }
        return beside != null && beside.number == edition ? beside : null;
    }

    Status putItem(int edition, int spaceId, ItemUpdate item) {
        if (item.itemId() == -1) {
            return Status.RESERVED_ID;
        }
        for (float each : item.vector()) {
            if (!Float.isFinite(each)) {
                return Status.NOT_FINITE;
            }
        }
        Shop shop = shop(edition);
        if (shop == null) {
            return Status.UNKNOWN_CATALOGUE;
        }
        if (shop.spaceId != spaceId) {
            return Status.WRONG_SPACE;
        }
        Shop other = shop == live ? beside : live;
        Shop.Good held = shop.goods.get(item.itemId());
        held = held == null && other != null ? other.goods.get(item.itemId()) : held;
        shop.version = ++catalogueVersion;
        shop.goods.put(
                item.itemId(),
                new Shop.Good(
                        shop.version,
                        item.vector().clone(),
                        item.bias(),
                        item.attributes(),
                        held == null ? Shop.Counts.NONE : held.counts()));
        return Status.OK;
    }

    Status patchItem(int edition, long itemId, ItemAttributes attributes) {
        Shop shop = shop(edition);
        if (shop == null) {
            return Status.UNKNOWN_CATALOGUE;
        }
        Shop.Good held = shop.goods.get(itemId);
        if (held == null) {
            return Status.UNKNOWN_ITEM;
        }
        shop.version = ++catalogueVersion;
        shop.goods.put(itemId, new Shop.Good(shop.version, held.vector(), held.bias(), attributes, held.counts()));
        return Status.OK;
    }

    Status removeItem(int edition, long itemId) {
        Shop shop = shop(edition);
        if (shop == null) {
            return Status.UNKNOWN_CATALOGUE;
        }
        if (shop.goods.remove(itemId) == null) {
            return Status.UNKNOWN_ITEM;
        }
        shop.version = ++catalogueVersion;
        return Status.OK;
    }

    Status stage(int spaceId) {
        if (beside != null) {
            return Status.CATALOGUE_EXISTS;
        }
        beside = new Shop(++newestEdition, spaceId, catalogueVersion);
        return Status.OK;
    }

    Status switchTo(int edition) {
        if (edition == live.number) {
            return Status.OK;
        }
        if (beside == null || edition != 0 && edition != beside.number) {
            return Status.UNKNOWN_CATALOGUE;
        }
        Shop before = live;
        live = beside;
        beside = before;
        live.version = ++catalogueVersion;
        live.wasLive = true;
        return Status.OK;
    }

    Status drop(int edition) {
        if (edition == live.number) {
            return Status.CATALOGUE_LIVE;
        }
        if (beside == null || edition != 0 && edition != beside.number) {
            return Status.UNKNOWN_CATALOGUE;
        }
        beside = null;
        return Status.OK;
    }
}
