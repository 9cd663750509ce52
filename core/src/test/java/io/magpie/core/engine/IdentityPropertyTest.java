package io.magpie.core.engine;

import static io.magpie.core.engine.EngineFixture.DIMENSION;
import static io.magpie.core.engine.EngineFixture.SOURCES;
import static io.magpie.core.engine.EngineFixture.SPACE;
import static io.magpie.core.engine.EngineFixture.putItem;
import static io.magpie.core.engine.EngineFixture.seen;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.magpie.core.Outcome;
import io.magpie.core.profile.ProfileRecord;
import io.magpie.core.profile.SeenDescriptor;
import io.magpie.core.profile.SeenSet;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random links, unlinks, writes and erasures, compared after each with a model in plain memory, across restarts. */
class IdentityPropertyTest {
    private static final int STEPS = 250;
    private static final int NAMES = 7;
    private static final long[] IDS = {3, 4, 5, 6, -5};

    @TempDir
    Path root;

    /** A slot: what is held of one source, in double. */
    private static final class Slot {
        final double[] vector = new double[DIMENSION];
        double evidence;
        long timeMillis;
    }

    private static final class Seen {
        long seconds;
        int times;
    }

    private static final class Held {
        final long id;
        final Map<Integer, Slot> slots = new TreeMap<>();
        final Map<Long, Seen> seen = new HashMap<>();
        final Map<Integer, long[]> consent = new HashMap<>();
        final Set<String> names = new HashSet<>();
        final Set<Long> merged = new HashSet<>();

        Held(long id) {
            this.id = id;
        }
    }

    private final Map<Long, Held> byId = new HashMap<>();
    private final Map<String, Held> byName = new HashMap<>();
    private long allotted;

    private static double left(long elapsedMillis, int source) {
        long halfLife = SOURCES.get(source).halfLifeMillis();
        return halfLife == 0 || elapsedMillis <= 0 ? 1 : Math.pow(2, -(double) elapsedMillis / halfLife);
    }

    private Held fresh() {
        Held held = new Held((1L << 63) + allotted++);
        byId.put(held.id, held);
        return held;
    }

    private Held find(Object who) {
        return who instanceof String name ? byName.get(name) : byId.get((Long) who);
    }

    private Held findOrCreate(Object who) {
        Held held = find(who);
        if (held == null && who instanceof String name) {
            held = fresh();
            held.names.add(name);
            byName.put(name, held);
        } else if (held == null) {
            held = new Held((Long) who);
            byId.put(held.id, held);
        }
        return held;
    }

    private long link(Object one, Object other) {
        if (one instanceof String && other instanceof String && find(one) == null && find(other) == null) {
            attach((String) one, attach((String) other, fresh()));
            return find(one).id;
        }
        for (Object[] each : new Object[][] {{one, other}, {other, one}}) {
            if (each[0] instanceof String name && find(name) == null) {
                attach(name, findOrCreate(each[1]));
                return find(name).id;
            }
        }
        Held a = findOrCreate(one);
        Held b = findOrCreate(other);
        if (a == b) {
            return a.id;
        }
        return Long.compareUnsigned(a.id, b.id) < 0 ? merge(a, b) : merge(b, a);
    }

    private Held attach(String name, Held held) {
        held.names.add(name);
        byName.put(name, held);
        return held;
    }

    private long merge(Held into, Held from) {
        from.slots.forEach((source, slot) -> {
            Slot before = into.slots.computeIfAbsent(source, ignored -> new Slot());
            long now = Math.max(slot.timeMillis, before.timeMillis);
            for (int i = 0; i < DIMENSION; i++) {
                before.vector[i] = before.vector[i] * left(now - before.timeMillis, source)
                        + slot.vector[i] * left(now - slot.timeMillis, source);
            }
            before.evidence = before.evidence * left(now - before.timeMillis, source)
                    + slot.evidence * left(now - slot.timeMillis, source);
            before.timeMillis = now;
        });
        from.seen.forEach((item, entry) -> {
            Seen before = into.seen.computeIfAbsent(item, ignored -> new Seen());
            before.seconds = Math.max(before.seconds, entry.seconds);
            before.times += entry.times;
        });
        from.consent.forEach((key, said) ->
                into.consent.merge(key, said, (x, y) -> x[0] != y[0] ? x[0] > y[0] ? x : y : x[1] >= y[1] ? x : y));
        from.names.forEach(name -> attach(name, into));
        into.merged.addAll(from.merged);
        into.merged.add(from.id);
        for (long id : into.merged) {
            byId.put(id, into);
        }
        return into.id;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void shouldHoldWhatTheModelHoldsWhenPeopleAreLinkedAndWrittenAtRandom(long seed) throws Exception {
        SplittableRandom random = new SplittableRandom(seed);
        EngineFixture fixture = new EngineFixture(Files.createDirectory(root.resolve("data")));
        Engine engine = fixture.open();
        try {
            for (int item = 1; item <= 15; item++) {
                putItem(engine, item, EngineFixture.vector(random));
            }
            for (int step = 0; step < STEPS; step++) {
                fixture.clock.millis += random.nextInt(1_000) * 100_000L;
                step(random, engine, fixture.clock.millis);
                if (random.nextInt(25) == 0) {
                    engine.close();
                    engine = fixture.open();
                }
                compare(engine, "seed=" + seed + " step=" + step);
            }
        } finally {
            engine.close();
        }
    }

    private static Object anyone(SplittableRandom random) {
        return random.nextInt(3) == 0 ? (Object) IDS[random.nextInt(IDS.length)] : "name" + random.nextInt(NAMES);
    }

    private static Person person(People people, Object who) {
        return who instanceof String name ? people.identity(name.length() % 3, name) : Person.of((Long) who);
    }

    private void step(SplittableRandom random, Engine engine, long now) {
        People people = new People(engine);
        Object who = anyone(random);
        Person person = person(people, who);
        int source = random.nextInt(3);
        long time = now - random.nextInt(5) * EngineFixture.DAY;
        switch (random.nextInt(10)) {
            case 0, 1, 2 -> {
                Object other = anyone(random);
                LinkReceipt receipt = engine.identities().link(person, person(people, other));
                assertThat(receipt.outcome()).isEqualTo(Outcome.OK);
                assertThat(receipt.profileId()).isEqualTo(link(who, other));
            }
            case 3 -> unlink(engine, who, person);
            case 4 -> erase(engine, who, person);
            case 5 -> {
                int state = random.nextInt(3);
                assertThat(engine.profiles().setConsent(person, source, 0, state, now, ProfileWriter.ANY_VERSION))
                        .isEqualTo(Outcome.OK);
                findOrCreate(who).consent.put(source, new long[] {state, now});
            }
            case 6 -> {
                float[] vector = EngineFixture.vector(random);
                assertThat(engine.profiles().putSlot(person, source, SPACE, vector, 3, time, ProfileWriter.ANY_VERSION))
                        .isEqualTo(Outcome.OK);
                Slot slot = new Slot();
                for (int i = 0; i < DIMENSION; i++) {
                    slot.vector[i] = vector[i];
                }
                slot.evidence = 3;
                slot.timeMillis = time;
                findOrCreate(who).slots.put(source, slot);
            }
            default -> {
                long item = 1 + random.nextInt(15);
                assertThat(engine.profiles().recordEvent(person, source, item, 0.5, time, 0, ProfileWriter.ANY_VERSION))
                        .isEqualTo(Outcome.OK);
                record(engine, findOrCreate(who), source, item, time);
                assertThat(person.profileId()).isEqualTo(find(who).id);
            }
        }
    }

    private static void record(Engine engine, Held held, int source, long item, long time) {
        var record = engine.newItemRecord();
        engine.newReader().readItem(engine.catalogue().edition(), item, record);
        Slot slot = held.slots.computeIfAbsent(source, ignored -> new Slot());
        long now = Math.max(time, slot.timeMillis);
        for (int i = 0; i < DIMENSION; i++) {
            slot.vector[i] = slot.vector[i] * left(now - slot.timeMillis, source)
                    + 0.5 * left(now - time, source) * record.vector()[i];
        }
        slot.evidence = slot.evidence * left(now - slot.timeMillis, source) + left(now - time, source);
        slot.timeMillis = now;
        Seen entry = held.seen.computeIfAbsent(item, ignored -> new Seen());
        entry.seconds = Math.max(entry.seconds, time / 1000);
        entry.times++;
    }

    private void unlink(Engine engine, Object who, Person person) {
        if (!(who instanceof String name)) {
            return;
        }
        LinkReceipt receipt = engine.identities().unlink(person);
        Held held = byName.get(name);
        assertThat(receipt.outcome()).isEqualTo(held == null ? Outcome.UNKNOWN_PROFILE : Outcome.OK);
        if (held != null) {
            held.names.remove(name);
            attach(name, fresh());
            assertThat(receipt.profileId()).isEqualTo(byName.get(name).id);
        }
    }

    private void erase(Engine engine, Object who, Person person) {
        ErasureReceipt receipt = engine.profiles().erase(person);
        Held held = find(who);
        assertThat(receipt.outcome()).isEqualTo(held == null ? Outcome.UNKNOWN_PROFILE : Outcome.OK);
        if (held != null) {
            assertThat(receipt.identities()).isEqualTo(held.names.size());
            assertThat(receipt.redirects()).isEqualTo(held.merged.size());
            byId.values().removeIf(each -> each == held);
            byName.values().removeIf(each -> each == held);
        }
    }

    private void compare(Engine engine, String when) {
        People people = new People(engine);
        Set<Object> all = new HashSet<>(byId.keySet());
        for (long id : IDS) {
            all.add(id);
        }
        for (int i = 0; i < NAMES; i++) {
            all.add("name" + i);
        }
        ProfileRecord profile = engine.newProfileRecord();
        for (Object who : all) {
            Held held = find(who);
            long id = person(people, who).find(engine.newReader());
            boolean known = id != Person.NOBODY && engine.newReader().readProfile(id, profile);
            assertThat(known).as("%s who=%s", when, who).isEqualTo(held != null);
            if (held != null) {
                compare(held, profile, seen(engine, id), when + " who=" + who);
            }
        }
        assertThat(engine.statistics().state().profiles()).as(when).isEqualTo(byId.size());
        assertThat(engine.statistics().state().identities()).as(when).isEqualTo(byName.size());
    }

    private static void compare(Held held, ProfileRecord profile, SeenSet seen, String when) {
        assertThat(profile.profileId()).as(when).isEqualTo(held.id);
        assertThat(profile.links().identityCount()).as(when).isEqualTo(held.names.size());
        assertThat(profile.links().redirectCount()).as(when).isEqualTo(held.merged.size());
        assertThat(profile.slotCount()).as(when).isEqualTo(held.slots.size());
        held.slots.forEach((source, slot) -> {
            int index = profile.findSlot(source, SPACE);
            assertThat(profile.slotTimeMillis(index)).as(when).isEqualTo(slot.timeMillis);
            assertThat(profile.slotEvidence(index)).as(when).isCloseTo(slot.evidence, within(1e-9));
            for (int i = 0; i < DIMENSION; i++) {
                assertThat((double) profile.vectors()[profile.vectorOffset(index) + i])
                        .as(when)
                        .isCloseTo(slot.vector[i], within(1e-4));
            }
        });
        held.consent.forEach((source, said) -> {
            assertThat(profile.consentState(source, 0)).as(when).isEqualTo((int) said[0]);
            assertThat(profile.consentTimeMillis(source, 0)).as(when).isEqualTo(said[1]);
        });
        assertThat(seen.count()).as(when).isEqualTo(held.seen.size());
        held.seen.forEach((item, entry) -> {
            int index = seen.find(item, SeenDescriptor.KIND_SEEN);
            assertThat(seen.timeSeconds(index)).as(when).isEqualTo((int) entry.seconds);
            assertThat(seen.count(index)).as(when).isEqualTo(entry.times);
        });
    }
}
