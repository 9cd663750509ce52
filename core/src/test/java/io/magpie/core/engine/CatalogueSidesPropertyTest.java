package io.magpie.core.engine;

import static io.magpie.core.engine.EngineFixture.DIMENSION;
import static io.magpie.core.engine.EngineFixture.SOURCES;
import static io.magpie.core.engine.EngineFixture.SPACE;
import static io.magpie.core.engine.EngineFixture.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.core.LeftFiles;
import io.magpie.core.Outcome;
import io.magpie.core.fusion.ConsentPolicy;
import io.magpie.core.fusion.Fusion;
import io.magpie.core.index.ItemAttributes;
import io.magpie.core.profile.ItemRecord;
import io.magpie.core.profile.ProfileRecord;
import io.magpie.core.store.StateStoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * Random changes of both catalogues, switches, drops, rebuilds, events and slots against plain maps, across restarts: every
 * outcome, every slot and every answer. The clock stands, so that nothing fades and sums are exact.
 */
class CatalogueSidesPropertyTest {
    private static final int IDS = 9;
    private static final int PEOPLE = 4;
    private static final int SLOTS = 4;

    private static final class Side {
        final int edition;
        final int space;
        final Map<Long, AnswerModel.Item> items = new TreeMap<>();
        final Map<Long, Double> counts = new HashMap<>();

        Side(int edition, int space) {
            this.edition = edition;
            this.space = space;
        }
    }

    private record Slot(int source, int space, float[] vector, double[] evidence) {}

    private final SplittableRandom[] dice = new SplittableRandom[1];
    private Side live;
    private Side other;
    private int newest;
    /** The live catalogue's version, and the newest that any change made. */
    private long version;

    private long made;
    private final Map<Long, List<Slot>> people = new HashMap<>();

    @Property(tries = 25)
    void shouldHoldAndAnswerWhatThePlainModelSaysWhenSidesAreEditedSwitchedAndDropped(@ForAll long seed)
            throws IOException, StateStoreException {
        Path directory = Files.createTempDirectory("sides-test");
        EngineFixture fixture = new EngineFixture(directory);
        SplittableRandom random = new SplittableRandom(seed);
        dice[0] = random;
        live = new Side(1, SPACE);
        other = null;
        newest = 1;
        version = 0;
        made = 0;
        people.clear();
        Engine engine = fixture.open();
        try {
            for (int step = 0; step < 220; step++) {
                String what = "seed=" + seed + " step=" + step;
                if (random.nextInt(60) == 0) {
                    engine.close();
                    engine = fixture.open();
                }
                change(engine, what);
                if (random.nextInt(4) == 0) {
                    check(engine, what);
                }
            }
        } finally {
            engine.close();
            LeftFiles.remove(directory);
        }
    }

    private void change(Engine engine, String what) {
        SplittableRandom random = dice[0];
        int kind = random.nextInt(40);
        if (kind < 12) {
            changeItem(engine, what);
        } else if (kind < 24) {
            event(engine, what);
        } else if (kind < 28) {
            putSlot(engine, what);
        } else if (kind < 32) {
            int space = random.nextInt(3) == 0 ? live.space : 1 + random.nextInt(4);
            assertThat(engine.catalogues().stage(space))
                    .as(what)
                    .isEqualTo(other == null ? Outcome.OK : Outcome.CATALOGUE_EXISTS);
            if (other == null) {
                other = new Side(++newest, space);
            }
        } else if (kind < 36) {
            switchTo(engine, what);
        } else if (kind < 38) {
            drop(engine, what);
        } else {
            assertThat(engine.catalogues().rebuild(CatalogueSides.UNSAID)).isEqualTo(Outcome.OK);
        }
    }

    private Side anySide() {
        return other != null && dice[0].nextBoolean() ? other : live;
    }

    private void changeItem(Engine engine, String what) {
        SplittableRandom random = dice[0];
        Side side = anySide();
        long id = random.nextInt(IDS);
        boolean known = side.items.containsKey(id);
        ItemAttributes attributes = new ItemAttributes(0, 0, true, random.nextInt(5) == 0);
        int named = side == live && random.nextBoolean() ? CatalogueSides.UNSAID : side.edition;
        Outcome outcome;
        if (random.nextInt(6) == 0) {
            outcome = engine.items().remove(named, id);
            side.items.remove(id);
            side.counts.remove(id);
        } else if (random.nextInt(3) == 0) {
            outcome = engine.items().patch(named, id, attributes);
            side.items.computeIfPresent(
                    id, (key, item) -> new AnswerModel.Item(item.vector(), item.bias(), attributes));
        } else {
            float[] vector = EngineFixture.vector(random);
            float bias = random.nextInt(3);
            outcome = engine.items().put(named, id, side.space, vector, bias, attributes);
            Side besides = side == live ? other : live;
            if (!known && besides != null && besides.counts.containsKey(id)) {
                side.counts.put(id, besides.counts.get(id));
            }
            side.items.put(id, new AnswerModel.Item(vector, bias, attributes));
            known = true;
        }
        assertThat(outcome).as(what).isEqualTo(known ? Outcome.OK : Outcome.UNKNOWN_ITEM);
        if (known) {
            made++;
            version = side == live ? made : version;
        }
    }

    private void event(Engine engine, String what) {
        SplittableRandom random = dice[0];
        long person = random.nextInt(PEOPLE);
        long id = random.nextInt(IDS);
        int source = random.nextInt(SOURCES.size());
        double strength = random.nextInt(4) - 1;
        boolean inLive = live.items.containsKey(id);
        boolean inOther = other != null && other.items.containsKey(id);
        List<Slot> slots = people.getOrDefault(person, new ArrayList<>());
        List<Slot> after = new ArrayList<>();
        slots.forEach(each -> after.add(new Slot(each.source, each.space, each.vector.clone(), each.evidence.clone())));
        Outcome expected = inLive || inOther ? Outcome.OK : Outcome.UNKNOWN_ITEM;
        if (inLive && !move(after, source, live, id, strength)) {
            expected = Outcome.NO_SLOT_LEFT;
        }
        if (expected == Outcome.OK && inOther && !(inLive && live.space == other.space)) {
            boolean moved = move(after, source, other, id, strength);
            expected = moved || inLive ? Outcome.OK : Outcome.NO_SLOT_LEFT;
        }
        assertThat(engine.profiles().recordEvent(person, source, id, strength, START))
                .as(what)
                .isEqualTo(expected);
        if (expected == Outcome.OK) {
            people.put(person, after);
            if (inLive && strength > 0) {
                live.counts.merge(id, 1.0, Double::sum);
            }
            if (inOther && strength > 0) {
                other.counts.merge(id, 1.0, Double::sum);
            }
        }
    }

    private boolean move(List<Slot> slots, int source, Side side, long id, double strength) {
        Slot slot = slotFor(slots, source, side.space);
        if (slot == null) {
            return false;
        }
        float[] item = side.items.get(id).vector();
        for (int i = 0; i < DIMENSION; i++) {
            slot.vector[i] = (float) (slot.vector[i] + item[i] * strength);
        }
        slot.evidence[0]++;
        return true;
    }

    private boolean isServed(int space) {
        return space == live.space || other != null && space == other.space;
    }

    private Slot slotFor(List<Slot> slots, int source, int space) {
        for (Slot each : slots) {
            if (each.source == source && each.space == space) {
                return each;
            }
        }
        for (int i = 0; slots.size() == SLOTS && isServed(space) && i < SLOTS; i++) {
            if (!isServed(slots.get(i).space)) {
                // The last one takes its place.
                slots.set(i, slots.get(SLOTS - 1));
                slots.remove(SLOTS - 1);
                break;
            }
        }
        if (slots.size() == SLOTS) {
            return null;
        }
        Slot added = new Slot(source, space, new float[DIMENSION], new double[1]);
        slots.add(added);
        return added;
    }

    private void putSlot(Engine engine, String what) {
        SplittableRandom random = dice[0];
        long person = random.nextInt(PEOPLE);
        int source = random.nextInt(SOURCES.size());
        int space = 1 + random.nextInt(5);
        float[] vector = EngineFixture.vector(random);
        List<Slot> slots = people.computeIfAbsent(person, id -> new ArrayList<>());
        List<Slot> before = List.copyOf(slots);
        Slot slot = slotFor(slots, source, space);
        assertThat(engine.profiles().putSlot(person, source, space, vector, 2, START))
                .as(what)
                .isEqualTo(slot == null ? Outcome.NO_SLOT_LEFT : Outcome.OK);
        if (slot == null) {
            assertThat(slots).isEqualTo(before);
        } else {
            System.arraycopy(vector, 0, slot.vector, 0, DIMENSION);
            slot.evidence[0] = 2;
        }
    }

    private void switchTo(Engine engine, String what) {
        boolean isNamed = dice[0].nextBoolean();
        int named = isNamed ? 1 + dice[0].nextInt(newest) : CatalogueSides.UNSAID;
        boolean isDone = isNamed && named == live.edition;
        boolean isPossible = other != null && (!isNamed || named == other.edition);
        assertThat(engine.catalogues().switchTo(named))
                .as(what)
                .isEqualTo(isDone || isPossible ? Outcome.OK : Outcome.UNKNOWN_CATALOGUE);
        if (isPossible) {
            Side was = live;
            live = other;
            other = was;
            version = ++made;
        }
    }

    private void drop(Engine engine, String what) {
        int named = dice[0].nextInt(3) == 0 ? 1 + dice[0].nextInt(newest) : CatalogueSides.UNSAID;
        boolean isPossible = other != null && (named == CatalogueSides.UNSAID || named == other.edition);
        Outcome expected =
                named == live.edition ? Outcome.CATALOGUE_LIVE : isPossible ? Outcome.OK : Outcome.UNKNOWN_CATALOGUE;
        assertThat(engine.catalogues().drop(named)).as(what).isEqualTo(expected);
        if (isPossible) {
            other = null;
            while (dice[0].nextBoolean() && engine.catalogues().status().freeingItems() > 0) {
                Thread.onSpinWait();
            }
        }
    }

    private void check(Engine engine, String what) {
        CatalogueStatus status = engine.catalogues().status();
        assertThat(status.live().edition()).as(what).isEqualTo(live.edition);
        assertThat(status.live().items()).as(what).isEqualTo(live.items.size());
        assertThat(engine.catalogueVersion()).as(what).isEqualTo(version);
        assertThat(status.other() == null).as(what).isEqualTo(other == null);
        checkItems(engine, live, what);
        if (other != null) {
            assertThat(status.other().edition()).as(what).isEqualTo(other.edition);
            assertThat(status.other().spaceId()).as(what).isEqualTo(other.space);
            assertThat(status.other().items()).as(what).isEqualTo(other.items.size());
            checkItems(engine, other, what);
        }
        people.forEach((id, slots) -> checkProfile(engine, id, slots, what));
        checkAnswers(engine, what);
    }

    private static void checkItems(Engine engine, Side side, String what) {
        ItemRecord item = engine.newItemRecord();
        for (long id = 0; id < IDS; id++) {
            AnswerModel.Item expected = side.items.get(id);
            assertThat(engine.newReader().readItem(side.edition, id, item))
                    .as(what)
                    .isEqualTo(expected != null);
            if (expected != null) {
                assertThat(item.vector()).as(what).isEqualTo(expected.vector());
                assertThat(item.spaceId()).as(what).isEqualTo(side.space);
                assertThat(item.popular()).as(what).isEqualTo(side.counts.getOrDefault(id, 0.0));
            }
        }
    }

    private static void checkProfile(Engine engine, long id, List<Slot> slots, String what) {
        ProfileRecord profile = EngineFixture.profile(engine, id);
        assertThat(profile == null ? 0 : profile.slotCount()).as(what).isEqualTo(slots.size());
        for (int i = 0; i < slots.size(); i++) {
            Slot slot = slots.get(i);
            assertThat(profile.slotSource(i)).as(what).isEqualTo(slot.source);
            assertThat(profile.slotSpace(i)).as(what).isEqualTo(slot.space);
            assertThat(profile.slotEvidence(i)).as(what).isEqualTo(slot.evidence[0]);
            assertThat(Arrays.copyOfRange(
                            profile.vectors(), profile.vectorOffset(i), profile.vectorOffset(i) + DIMENSION))
                    .as(what)
                    .isEqualTo(slot.vector);
        }
    }

    private void checkAnswers(Engine engine, String what) {
        Recommender recommender = engine.newRecommender();
        Recommendation byVector = recommender.add().forVector(live.space).limit(5);
        System.arraycopy(EngineFixture.vector(dice[0]), 0, byVector.vector(), 0, DIMENSION);
        long person = dice[0].nextInt(PEOPLE);
        Recommendation byProfile = recommender.add().forProfile(person).limit(5);
        Recommendation popular = recommender.add().popular(false).limit(20);
        recommender.execute();
        AnswerModel model = new AnswerModel();
        model.items.putAll(live.items);
        model.limit = 5;
        assertThat(answer(byVector))
                .as(what)
                .isEqualTo(model.answer(byVector.vector()).items());
        if ((byProfile.flags() & AnswerFlag.FALLBACK) == 0) {
            ProfileRecord profile = EngineFixture.profile(engine, person);
            float[] u = new float[DIMENSION];
            double[] weights = {Double.NaN, Double.NaN, Double.NaN};
            new Fusion(SOURCES, ConsentPolicy.UNSET_IS_GRANTED, DIMENSION)
                    .fuse(profile, weights, ConsentPolicy.PURPOSE_RECOMMEND, live.space, START, u);
            assertThat(byProfile.vector()).as(what).isEqualTo(u);
            assertThat(answer(byProfile)).as(what).isEqualTo(model.answer(u).items());
        }
        boolean lacksSlot = people.getOrDefault(person, List.of()).stream()
                .anyMatch(slot -> people.get(person).stream()
                        .noneMatch(live -> live.source == slot.source && live.space == this.live.space));
        assertThat((byProfile.flags() & AnswerFlag.SLOT_OF_OTHER_SPACE) != 0)
                .as(what)
                .isEqualTo(lacksSlot);
        model.popularity.putAll(live.counts);
        model.namedOnly = true;
        model.limit = 20;
        assertThat(answer(popular))
                .as(what)
                .isEqualTo(model.answer(new float[DIMENSION]).items());
        for (Recommendation each : List.of(byVector, byProfile, popular)) {
            assertThat(each.spaceId()).as(what).isEqualTo(live.space);
            assertThat(each.catalogueVersion()).as(what).isEqualTo(version);
        }
    }

    private static List<AnswerModel.Ranked> answer(Recommendation of) {
        List<AnswerModel.Ranked> items = new ArrayList<>();
        for (int i = 0; i < of.count(); i++) {
            items.add(new AnswerModel.Ranked(of.itemId(i), of.score(i)));
        }
        return items;
    }
}
