package io.magpie.load.scenario;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * The people whom a scenario writes to, as the server must hold them: as they were loaded, changed by what it has
 * acknowledged. Nobody is kept from being written to twice at once, as real people are; but then nobody can say in which
 * order it happened, so such a person is not followed any more, nor one whom two event loops write to.
 *
 * <p>Only for sources that do not fade. One an event loop, used by it alone; what loops share is thread-safe.
 */
final class WrittenPeople {
    /** Whoever has had so many events is not followed further: what is remembered of people stays small. */
    static final int MOST_EVENTS = 256;

    private static final int NOBODY = 0;
    private static final int SEVERAL = -1;

    private final LoadData data;
    private final Owners owners;
    private final int loop;
    private final Map<Long, Written> people = new HashMap<>();

    /** Which event loop writes to whom. */
    static final class Owners {
        private final AtomicIntegerArray loops;

        /** @param profileCount how many people there are */
        Owners(int profileCount) {
            loops = new AtomicIntegerArray(profileCount / LoadData.WRITTEN_TO + 1);
        }

        private static int place(long id) {
            return (int) (id / LoadData.WRITTEN_TO);
        }

        /** Returns whether this loop alone has written to the person; from now on, nobody else has. */
        private boolean isOnly(long id, int loop) {
            int owner = loops.updateAndGet(place(id), now -> now == NOBODY || now == loop + 1 ? loop + 1 : SEVERAL);
            return owner == loop + 1;
        }
    }

    private static final class Written {
        private KnownProfile known;
        private boolean writing;
        private int row;
        private double evidence;
        private long timeMillis;
        private int[] seenRows = new int[4];
        private int events;

        private boolean hasSeen(int which) {
            for (int i = 0; i < known.seenCount(); i++) {
                if (seenRows[i] == which) {
                    return true;
                }
            }
            return false;
        }
    }

    /**
     * @param data where nobody has seen anything yet
     * @param loop the number of the event loop, from 0
     */
    WrittenPeople(LoadData data, int loop, Owners owners) {
        this.data = data;
        this.loop = loop;
        this.owners = owners;
    }

    /** An event is sent, for an item of this row, of strength 1. */
    void sendsEvent(long id, int row, long timeMillis) {
        sends(id, row, Double.NaN, timeMillis);
    }

    /** A slot is sent: the vector of the item of this row. */
    void sendsSlot(long id, int row, double evidence, long timeMillis) {
        sends(id, row, evidence, timeMillis);
    }

    private void sends(long id, int row, double evidence, long timeMillis) {
        Written person = people.computeIfAbsent(id, this::loaded);
        if (person.known == null) {
            return;
        }
        if (person.writing || person.events == MOST_EVENTS || !owners.isOnly(id, loop)) {
            forget(person);
            return;
        }
        person.writing = true;
        person.row = row;
        person.evidence = evidence;
        person.timeMillis = timeMillis;
    }

    private Written loaded(long id) {
        Written person = new Written();
        person.known = data.profile(id);
        return person;
    }

    private static void forget(Written person) {
        person.known = null;
        person.seenRows = null;
    }

    /** What was sent last was refused: nothing has changed. */
    void refused(long id) {
        people.get(id).writing = false;
    }

    /**
     * What was sent last was acknowledged.
     *
     * @param source of the slot that it changed
     */
    void acknowledged(long id, int source) {
        Written person = people.get(id);
        if (person.known == null) {
            return;
        }
        person.writing = false;
        int dimension = data.catalogue().dimension();
        float[] item =
                Arrays.copyOfRange(data.catalogue().vectors(), person.row * dimension, (person.row + 1) * dimension);
        int seen = person.known.seenCount();
        if (!Double.isNaN(person.evidence)) {
            replace(person, new KnownProfile.Slot(source, item, person.evidence, person.timeMillis, true), seen);
            return;
        }
        person.events++;
        if (!person.hasSeen(person.row)) {
            person.seenRows =
                    seen < person.seenRows.length ? person.seenRows : Arrays.copyOf(person.seenRows, 2 * seen);
            person.seenRows[seen++] = person.row;
        }
        KnownProfile.Slot before = slot(person.known, source);
        if (before == null) {
            replace(person, new KnownProfile.Slot(source, item, 1, person.timeMillis, false), seen);
            return;
        }
        for (int i = 0; i < dimension; i++) {
            item[i] = (float) ((double) before.vector()[i] + (double) item[i]);
        }
        long last = Math.max(before.timeMillis(), person.timeMillis);
        replace(person, new KnownProfile.Slot(source, item, before.evidence() + 1, last, before.put()), seen);
    }

    /**
     * Returns what the server must hold for the person now, when the answer to the last write came; null if that cannot be
     * said.
     */
    KnownProfile known(long id) {
        Written person = people.get(id);
        return person == null || person.writing || person.known == null || !owners.isOnly(id, loop)
                ? null
                : person.known;
    }

    private static KnownProfile.Slot slot(KnownProfile profile, int source) {
        return profile.slots().stream()
                .filter(slot -> slot.source() == source)
                .findFirst()
                .orElse(null);
    }

    private static void replace(Written person, KnownProfile.Slot slot, int seen) {
        List<KnownProfile.Slot> slots = new ArrayList<>(person.known.slots());
        slots.removeIf(each -> each.source() == slot.source());
        slots.add(slot);
        person.known = new KnownProfile(person.known.id(), slots, seen, person.known.seen());
    }
}
