package io.magpie.server.model;

import io.magpie.client.ConsentState;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What two people hold as one person's, from the definitions. */
final class Merge {
    private static final int MOST_COUNTED = 0xFFFF;
    private static final Comparator<Held.Seen> LATEST_FIRST = Comparator.<Held.Seen>comparingLong(
                    each -> -each.timeSeconds())
            .thenComparing(Held.Seen::itemId, Long::compareUnsigned)
            .thenComparingInt(Held.Seen::count)
            .thenComparingInt(Held.Seen::source);

    private final Model model;

    Merge(Model model) {
        this.model = model;
    }

    /** @param into of the lower id; neither is changed */
    Held of(Held into, Held from) {
        Held both = into.copy();
        from.slots.forEach(each -> addSlot(both, each));
        from.consents.forEach((key, said) -> both.consents.merge(key, said, Merge::stricter));
        events(both, from);
        if (!from.seen.isEmpty()) {
            seen(both, from);
        }
        return both;
    }

    private void addSlot(Held both, Held.Slot slot) {
        int index = both.findSlot(slot.source(), slot.spaceId());
        if (index >= 0) {
            both.slots.set(index, sum(both.slots.get(index), slot));
        } else if (both.slots.size() < model.slotCapacity) {
            both.slots.add(slot);
        } else {
            int stale = -1;
            for (int i = 0; i < both.slots.size(); i++) {
                Held.Slot each = both.slots.get(i);
                boolean isOlder =
                        stale < 0 || each.timeMillis() < both.slots.get(stale).timeMillis();
                stale = !model.isServed(each.spaceId()) && isOlder ? i : stale;
            }
            boolean isWorthIt = stale >= 0
                    && (model.isServed(slot.spaceId()) || both.slots.get(stale).timeMillis() < slot.timeMillis());
            if (isWorthIt) {
                both.removeSlot(stale);
                both.slots.add(slot);
            }
        }
    }

    private Held.Slot sum(Held.Slot one, Held.Slot other) {
        long halfLife = model.sources.get(one.source()).halfLifeMillis();
        long later = Math.max(one.timeMillis(), other.timeMillis());
        double kept = Arithmetic.decay(later - one.timeMillis(), halfLife);
        double otherKept = Arithmetic.decay(later - other.timeMillis(), halfLife);
        return new Held.Slot(
                one.source(),
                one.spaceId(),
                one.evidence() * kept + other.evidence() * otherKept,
                later,
                one.put() || other.put(),
                Arithmetic.moved(one.vector(), kept, other.vector(), otherKept));
    }

    /** Denied before granted before unset; of equal ones the later. */
    private static Held.Consent stricter(Held.Consent one, Held.Consent other) {
        List<ConsentState> order = List.of(ConsentState.UNSET, ConsentState.GRANTED, ConsentState.DENIED);
        int more = Integer.compare(order.indexOf(other.state()), order.indexOf(one.state()));
        return more > 0 || more == 0 && other.timeMillis() > one.timeMillis() ? other : one;
    }

    /** The newest names of both in turn, the survivor's first; kept oldest first. */
    private static void events(Held both, Held from) {
        List<Held.EventName> newest = new ArrayList<>();
        for (int age = 1; age <= Held.EVENT_NAMES; age++) {
            for (Held each : new Held[] {both, from}) {
                int index = each.events.size() - age;
                if (index >= 0 && newest.size() < Held.EVENT_NAMES && !newest.contains(each.events.get(index))) {
                    newest.add(each.events.get(index));
                }
            }
        }
        Collections.reverse(newest);
        both.events.clear();
        both.events.addAll(newest);
    }

    private void seen(Held both, Held from) {
        Map<Long, Held.Seen> items = new LinkedHashMap<>();
        List<Held.Seen> showings = new ArrayList<>();
        for (Held each : new Held[] {both, from}) {
            for (Held.Seen entry : each.seen) {
                if (entry.shown()) {
                    showings.add(entry);
                } else {
                    items.merge(
                            entry.itemId(),
                            entry,
                            (a, b) -> counted(b.timeSeconds() > a.timeSeconds() ? b : a, a.count() + b.count()));
                }
            }
        }
        List<Held.Seen> seen = new ArrayList<>(items.values());
        seen.sort(LATEST_FIRST);
        List<Held.Seen> shown = latest(showings);
        int limit = model.seenLimit;
        int shownKept = Math.min(shown.size(), Math.max(limit / 4, limit - seen.size()));
        int seenKept = Math.min(seen.size(), limit - shownKept);
        both.seenTruncated |= from.seenTruncated || seenKept < seen.size();
        both.shownTruncated |= from.shownTruncated || shownKept < shown.size();
        both.seen.clear();
        both.seen.addAll(seen.subList(0, seenKept));
        both.seen.addAll(shown.subList(0, shownKept));
    }

    /** An item's latest showings; its last has the counts of those that go. */
    private static List<Held.Seen> latest(List<Held.Seen> showings) {
        showings.sort(LATEST_FIRST);
        List<Held.Seen> kept = new ArrayList<>();
        for (Held.Seen each : showings) {
            List<Held.Seen> before = kept.stream()
                    .filter(other -> other.itemId() == each.itemId())
                    .toList();
            if (before.size() < Held.SHOWINGS_AN_ITEM) {
                kept.add(each);
            } else {
                Held.Seen last = before.get(0);
                kept.set(indexOf(kept, last), counted(last, last.count() + each.count()));
            }
        }
        return kept;
    }

    /** By identity: two showings of a second may be equal. */
    private static int indexOf(List<Held.Seen> list, Held.Seen entry) {
        int index = 0;
        while (list.get(index) != entry) {
            index++;
        }
        return index;
    }

    private static Held.Seen counted(Held.Seen entry, int count) {
        return new Held.Seen(
                entry.itemId(), entry.timeSeconds(), entry.source(), entry.shown(), Math.min(MOST_COUNTED, count));
    }
}
