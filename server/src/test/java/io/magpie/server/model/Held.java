package io.magpie.server.model;

import io.magpie.client.ConsentState;
import io.magpie.client.Person;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What should be held for one person, in plain lists. */
final class Held {
    static final int EVENT_NAMES = 32;
    static final int SHOWINGS_AN_ITEM = 8;
    static final int SOURCE_ANSWER = 255;

    record Slot(int source, int spaceId, double evidence, long timeMillis, boolean put, float[] vector) {
        double norm() {
            return Arithmetic.norm(vector);
        }
    }

    record Consent(ConsentState state, long timeMillis) {}

    record Seen(long itemId, long timeSeconds, int source, boolean shown, int count) {}

    record EventName(int source, long eventId) {}

    int version;
    boolean seenTruncated;
    boolean shownTruncated;
    final List<Slot> slots = new ArrayList<>();
    /** By source x 8 + purpose. */
    final Map<Integer, Consent> consents = new TreeMap<>();

    final List<Seen> seen = new ArrayList<>();
    final List<EventName> events = new ArrayList<>();
    final List<Person> identities = new ArrayList<>();
    /** Ids of the profiles that were merged into this one. */
    final List<Long> merged = new ArrayList<>();

    Held copy() {
        Held copy = new Held();
        copy.version = version;
        copy.seenTruncated = seenTruncated;
        copy.shownTruncated = shownTruncated;
        copy.slots.addAll(slots);
        copy.consents.putAll(consents);
        copy.seen.addAll(seen);
        copy.events.addAll(events);
        copy.identities.addAll(identities);
        copy.merged.addAll(merged);
        return copy;
    }

    int findSlot(int source, int spaceId) {
        for (int i = 0; i < slots.size(); i++) {
            if (slots.get(i).source() == source && slots.get(i).spaceId() == spaceId) {
                return i;
            }
        }
        return -1;
    }

    /** Takes a slot out; the last one takes its place. */
    void removeSlot(int index) {
        Slot last = slots.remove(slots.size() - 1);
        if (index < slots.size()) {
            slots.set(index, last);
        }
    }

    ConsentState consent(int source, int purpose) {
        Consent held = consents.get(source * 8 + purpose);
        return held == null ? ConsentState.UNSET : held.state();
    }

    int consentCount() {
        return (int) consents.values().stream()
                .filter(each -> each.state() != ConsentState.UNSET)
                .count();
    }

    long seenCount(int source) {
        return seen.stream()
                .filter(each -> !each.shown() && each.source() == source)
                .count();
    }

    void name(int source, long eventId) {
        if (eventId != 0) {
            events.add(new EventName(source, eventId));
            if (events.size() > EVENT_NAMES) {
                Iterator<EventName> oldest = events.iterator();
                oldest.next();
                oldest.remove();
            }
        }
    }

    /** Remembers an item as seen or shown; when {@code limit} are held, the oldest of a kind makes room. */
    void remember(long itemId, long timeSeconds, int source, boolean shown, int limit) {
        int same = shown ? replacedShowing(itemId) : find(itemId);
        if (same >= 0) {
            Seen held = seen.get(same);
            boolean isLater = timeSeconds >= held.timeSeconds();
            seen.set(
                    same,
                    new Seen(
                            itemId,
                            isLater ? timeSeconds : held.timeSeconds(),
                            isLater ? source : held.source(),
                            shown,
                            held.count() + 1));
            return;
        }
        Seen added = new Seen(itemId, timeSeconds, source, shown, 1);
        if (seen.size() < limit) {
            seen.add(added);
            return;
        }
        long showings = seen.stream().filter(Seen::shown).count();
        boolean shownGives = shown ? showings >= Math.max(1, limit / 4) : showings > limit / 4;
        seenTruncated |= !shownGives;
        shownTruncated |= shownGives;
        int oldest = oldest(shownGives);
        if (shown != shownGives || timeSeconds >= seen.get(oldest).timeSeconds()) {
            seen.set(oldest, added);
        }
    }

    private int find(long itemId) {
        for (int i = 0; i < seen.size(); i++) {
            if (!seen.get(i).shown() && seen.get(i).itemId() == itemId) {
                return i;
            }
        }
        return -1;
    }

    private int replacedShowing(long itemId) {
        int count = 0;
        int oldest = -1;
        for (int i = 0; i < seen.size(); i++) {
            if (seen.get(i).shown() && seen.get(i).itemId() == itemId) {
                count++;
                if (oldest < 0 || seen.get(i).timeSeconds() < seen.get(oldest).timeSeconds()) {
                    oldest = i;
                }
            }
        }
        return count < SHOWINGS_AN_ITEM ? -1 : oldest;
    }

    private int oldest(boolean shown) {
        int oldest = -1;
        for (int i = 0; i < seen.size(); i++) {
            if (seen.get(i).shown() == shown
                    && (oldest < 0
                            || seen.get(i).timeSeconds() < seen.get(oldest).timeSeconds())) {
                oldest = i;
            }
        }
        return oldest;
    }
}
