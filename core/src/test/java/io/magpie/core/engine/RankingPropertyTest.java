package io.magpie.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.core.Outcome;
import io.magpie.core.index.ItemAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Boosts, pins, caps, diversity and pages against plain lists, on random catalogues with ties and zero vectors. */
class RankingPropertyTest {
    private static final int CATEGORIES = 4;
    private static VerbFixture fixture;
    private static Recommender recommender;

    @BeforeContainer
    static void open() {
        fixture = new VerbFixture();
        recommender = fixture.engine.newRecommender();
    }

    @AfterContainer
    static void close() {
        fixture.close();
    }

    @Property(tries = 400)
    void shouldAnswerAsIfEverythingWereScoredAndSortedWhenRulesAreMixed(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        AnswerModel model = new AnswerModel();
        putItems(random, model, random.nextInt(4) == 0 ? random.nextInt(4) : 1 + random.nextInt(60));
        int pages = 1 + random.nextInt(3);
        model.limit = 1 + random.nextInt(random.nextInt(4) == 0 ? 100 : 12);
        List<float[]> queries = new ArrayList<>();
        List<AnswerModel> models = new ArrayList<>();
        for (int page = 0; page < pages; page++) {
            queries.add(vector(random));
        }
        askFor(random, model);
        for (int page = 0; page < pages; page++) {
            model.offset = random.nextBoolean() ? 0 : random.nextInt(80);
            Recommendation request = recommender.add();
            fill(request, model, queries.get(page));
            models.add(model);
        }
        // One batch: what is asked beside a request does not change its answer.
        int[] offsets = new int[pages];
        for (int page = 0; page < pages; page++) {
            offsets[page] = recommender.request(page).rules().offset();
        }
        recommender.execute();
        for (int page = 0; page < pages; page++) {
            model.offset = offsets[page];
            check(recommender.request(page), model, queries.get(page), "seed=" + seed + " page=" + page);
        }
        recommender.clear();
        removeItems(model);
    }

    @Property(tries = 60)
    void shouldCutOneRankingIntoPagesWhenOffsetsFollowEachOther(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        AnswerModel model = new AnswerModel();
        putItems(random, model, 1 + random.nextInt(50));
        askFor(random, model);
        model.limit = 1 + random.nextInt(7);
        model.pool = 20;
        float[] u = vector(random);
        List<Long> paged = new ArrayList<>();
        for (model.offset = 0; model.offset <= model.items.size(); model.offset += model.limit) {
            Recommendation request = recommender.add();
            fill(request, model, u);
            recommender.execute();
            for (int i = 0; i < request.count(); i++) {
                paged.add(request.itemId(i));
            }
            recommender.clear();
        }
        model.offset = 0;
        model.limit = model.items.size() + 5;
        Recommendation whole = recommender.add();
        fill(whole, model, u);
        recommender.execute();
        List<Long> atOnce = new ArrayList<>();
        for (int i = 0; i < whole.count(); i++) {
            atOnce.add(whole.itemId(i));
        }
        recommender.clear();
        removeItems(model);
        assertThat(paged).as("seed=%d", seed).isEqualTo(atOnce);
    }

    private static void check(Recommendation answer, AnswerModel model, float[] u, String what) {
        AnswerModel.Page expected = model.answer(u);
        assertThat(answer.outcome()).as(what).isEqualTo(Outcome.OK);
        List<AnswerModel.Ranked> got = new ArrayList<>();
        for (int i = 0; i < answer.count(); i++) {
            got.add(new AnswerModel.Ranked(answer.itemId(i), answer.score(i)));
        }
        assertThat(got).as(what).isEqualTo(expected.items());
        boolean isShort = got.size() < model.limit && model.offset + got.size() < model.items.size();
        int flags = (expected.pinDropped() ? AnswerFlag.PIN_DROPPED : 0) | (isShort ? AnswerFlag.FILTERED_SHORT : 0);
        assertThat(answer.flags()).as(what).isEqualTo(flags);
        assertThat(answer.catalogueVersion()).as(what).isEqualTo(fixture.engine.catalogueVersion());
    }

    private static void askFor(SplittableRandom random, AnswerModel model) {
        model.now = fixture.now();
        model.cap = random.nextInt(3) == 0 ? 0 : 1 + random.nextInt(random.nextBoolean() ? 2 : 20);
        if (random.nextInt(3) == 0) {
            model.lambda = random.nextInt(5) / 4.0;
            model.pool = 1 + random.nextInt(70);
        }
        for (int i = random.nextInt(6); i > 0; i--) {
            double amount = random.nextInt(4) == 0 ? random.nextInt(5) - 2 : 20 * random.nextDouble() - 10;
            model.boosts.add(new AnswerModel.Boost(id(random), amount, from(random), until(random)));
        }
        for (int i = random.nextInt(5) - 1; i > 0; i--) {
            int position = random.nextInt(random.nextInt(4) == 0 ? 99_999 : 20);
            model.pins.add(new AnswerModel.Pin(id(random), position, from(random), until(random)));
        }
        for (int i = random.nextInt(4); i > 0; i--) {
            model.excluded.add(id(random));
        }
        if (random.nextInt(3) == 0) {
            model.passes = ItemAttributes::inStock;
        }
    }

    private static void fill(Recommendation request, AnswerModel model, float[] u) {
        request.forVector(VerbFixture.SPACE).limit(model.limit);
        System.arraycopy(u, 0, request.vector(), 0, u.length);
        assertThat(request.rules().offset(model.offset)).isEqualTo(Outcome.OK);
        assertThat(request.rules().capPerCategory(model.cap)).isEqualTo(Outcome.OK);
        assertThat(request.rules().diversity(model.lambda, model.pool)).isEqualTo(Outcome.OK);
        model.boosts.forEach(
                each -> assertThat(request.rules().boost(each.itemId(), each.amount(), each.from(), each.until()))
                        .isEqualTo(Outcome.OK));
        model.pins.forEach(
                each -> assertThat(request.rules().pin(each.itemId(), each.position(), each.from(), each.until()))
                        .isEqualTo(Outcome.OK));
        model.excluded.forEach(request.filter()::exclude);
        request.filter().inStockOnly(!model.passes.test(new ItemAttributes(0, 0, false, false)));
    }

    private static long from(SplittableRandom random) {
        long[] choice = {Long.MIN_VALUE, fixture.now() - 5, fixture.now(), fixture.now() + 1};
        return choice[random.nextInt(random.nextInt(3) == 0 ? 4 : 3)];
    }

    private static long until(SplittableRandom random) {
        long[] choice = {Long.MAX_VALUE, fixture.now() + 1, fixture.now() + 1};
        return choice[random.nextInt(3)];
    }

    private static long id(SplittableRandom random) {
        return random.nextInt(30) == 0 ? -2 : random.nextInt(64);
    }

    private static float[] vector(SplittableRandom random) {
        float[] vector = new float[VerbFixture.DIMENSION];
        int kind = random.nextInt(5);
        for (int i = 0; i < vector.length; i++) {
            vector[i] = kind == 0 ? 0 : kind < 3 ? random.nextInt(3) - 1 : (float) random.nextGaussian();
        }
        return vector;
    }

    private static void putItems(SplittableRandom random, AnswerModel model, int count) {
        int biases = random.nextInt(3);
        for (int i = 0; i < count; i++) {
            long id = i == 0 ? -2 : i;
            ItemAttributes attributes =
                    new ItemAttributes(random.nextInt(CATEGORIES), 0, random.nextInt(5) > 0, random.nextInt(12) == 0);
            float bias = biases == 0 ? 0 : biases == 1 ? random.nextInt(3) : (float) random.nextGaussian();
            AnswerModel.Item item = new AnswerModel.Item(vector(random), bias, attributes);
            model.items.put(id, item);
            assertThat(fixture.engine.items().put(id, VerbFixture.SPACE, item.vector(), bias, attributes))
                    .isEqualTo(Outcome.OK);
        }
    }

    private static void removeItems(AnswerModel model) {
        model.items
                .keySet()
                .forEach(id -> assertThat(fixture.engine.items().remove(id)).isEqualTo(Outcome.OK));
    }
}
