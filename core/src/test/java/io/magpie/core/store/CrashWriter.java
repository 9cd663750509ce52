package io.magpie.core.store;

import io.magpie.core.Outcome;
import io.magpie.core.profile.ProfileRecord;
import io.magpie.core.profile.SeenDescriptor;
import io.magpie.core.profile.SeenSet;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * A process that writes numbered changes until it is killed, and tells each number on its standard output once it was
 * acknowledged. What change n does follows from n alone, so the state after n changes can be worked out without it.
 */
final class CrashWriter {
    static final int PEOPLE = 120;
    static final int ITEMS = 60;

    private CrashWriter() {}

    static StateConfiguration configuration() {
        // Small segments: kills also fall on the change of segments and on checkpoints.
        return StateFixture.configuration().checkpointSegments(2).build();
    }

    /** Arguments: the data directory. */
    public static void main(String[] arguments) throws Exception {
        DataOutputStream acknowledged = new DataOutputStream(System.out);
        try (StateStore store = StateStore.open(Path.of(arguments[0]), configuration())) {
            long number = store.register(Register.CATALOGUE_VERSION);
            acknowledged.writeLong(number);
            acknowledged.flush();
            ProfileRecord profile = store.newProfileRecord();
            SeenSet seen = store.newSeenSet();
            while (true) {
                number++;
                if (write(store, number, profile, seen) != Outcome.OK) {
                    throw new IOException("not acknowledged: number=" + number);
                }
                acknowledged.writeLong(number);
                acknowledged.flush();
            }
        }
    }

    static Outcome write(StateStore store, long number, ProfileRecord profile, SeenSet seen) {
        SplittableRandom random = new SplittableRandom(number);
        long person = random.nextInt(PEOPLE);
        long item = random.nextInt(ITEMS);
        try (Change change = store.begin()) {
            switch (random.nextInt(8)) {
                case 0 -> {
                    change.removeProfile(person);
                    change.removeSeen(person);
                }
                case 1 -> change.removeItem(1, item);
                case 2, 3 -> change.putItem(StateFixture.item(store, item, (int) number));
                default -> {
                    StateFixture.fill(profile, person, (int) number);
                    change.putProfile(profile);
                    store.readSeen(person, seen);
                    int events = 1 + random.nextInt(20);
                    for (int i = 0; i < events; i++) {
                        seen.record(random.nextInt(1000), (int) number, i, SeenDescriptor.KIND_SEEN);
                    }
                    change.putSeen(seen);
                }
            }
            change.putRegister(Register.CATALOGUE_VERSION, number);
            return change.commit();
        }
    }

    /** The state in plain memory, worked out change by change. */
    static final class Model {
        final Map<Long, Integer> profiles = new HashMap<>();
        final Map<Long, SeenSet> seen = new HashMap<>();
        final Map<Long, Integer> items = new HashMap<>();
        private long number;

        void advanceTo(long last) {
            while (number < last) {
                number++;
                SplittableRandom random = new SplittableRandom(number);
                long person = random.nextInt(PEOPLE);
                long item = random.nextInt(ITEMS);
                switch (random.nextInt(8)) {
                    case 0 -> {
                        profiles.remove(person);
                        seen.remove(person);
                    }
                    case 1 -> items.remove(item);
                    case 2, 3 -> items.put(item, (int) number);
                    default -> {
                        profiles.put(person, (int) number);
                        SeenSet set = seen.computeIfAbsent(person, id -> {
                            SeenSet fresh = new SeenSet(configuration().seenLimit());
                            fresh.clear(id);
                            return fresh;
                        });
                        int events = 1 + random.nextInt(20);
                        for (int i = 0; i < events; i++) {
                            set.record(random.nextInt(1000), (int) number, i, SeenDescriptor.KIND_SEEN);
                        }
                    }
                }
            }
        }
    }
}
