package io.magpie.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.core.Outcome;
import io.magpie.core.fusion.Decay;
import io.magpie.core.index.ItemAttributes;
import io.magpie.core.profile.ItemRecord;
import io.magpie.core.store.StateStoreException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PopularityTest {
    private static final long DAY = 24 * VerbFixture.HOUR_MILLIS;
    private static final int ITEMS = 25;
    private final SplittableRandom random = new SplittableRandom(3);
    private final AnswerModel model = new AnswerModel();
    private VerbFixture fixture;

    @BeforeEach
    void open() {
        fixture = new VerbFixture();
        for (long id = 0; id < ITEMS; id++) {
            float[] vector = {1, id, 0, 0, 1};
            ItemAttributes attributes = new ItemAttributes((int) id % 4, 0, id % 5 > 0, id == 6);
            float bias = id % 3 / 4f;
            model.items.put(id, new AnswerModel.Item(vector, bias, attributes));
            fixture.engine.items().put(id, VerbFixture.SPACE, vector, bias, attributes);
        }
        model.now = fixture.now();
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void shouldRankByFadedEventsWhenTrendingIsAskedFor() {
        record(DAY);
        model.namedOnly = true;
        model.cap = 3;
        check(true, 0);
        // A day on, half is left of each; the order stays.
        fixture.advance(DAY);
        model.now = fixture.now();
        model.popularity.replaceAll((id, count) -> count / 2);
        check(true, 0);
    }

    @Test
    void shouldFallBackToPopularItemsForAStrangerAndStayTheSameAfterErasureAndRestart() throws StateStoreException {
        record(30 * DAY);
        model.limit = 40;
        AnswerModel.Page expected = model.answer(new float[VerbFixture.DIMENSION]);
        for (long person = 0; person < 10; person++) {
            assertThat(stranger(999)).isEqualTo(expected.items());
            int most = 1 + (int) person;
            assertThat(stranger(999, most)).isEqualTo(expected.items().subList(0, most));
            fixture.engine.profiles().erase(person);
        }
        fixture.restart();
        assertThat(stranger(999)).isEqualTo(expected.items());
        // What leaves the catalogue and comes back begins anew; what is replaced goes on.
        AnswerModel.Item removed = model.items.get(1L);
        fixture.engine.items().remove(1);
        fixture.engine.items().put(1, VerbFixture.SPACE, removed.vector(), removed.bias(), removed.attributes());
        AnswerModel.Item replaced = model.items.get(2L);
        fixture.engine.items().put(2, VerbFixture.SPACE, replaced.vector(), replaced.bias(), replaced.attributes());
        model.popularity.remove(1L);
        expected = model.answer(new float[VerbFixture.DIMENSION]);
        assertThat(stranger(999)).isEqualTo(expected.items());
        fixture.restart();
        assertThat(stranger(999)).isEqualTo(expected.items());
    }

    @Test
    void shouldNotCountWhatWasNotLiked() {
        fixture.engine.profiles().recordEvent(1, 0, 3, -1, fixture.now());
        fixture.engine.profiles().recordEvent(1, 0, 3, 0, fixture.now());
        Recommender recommender = fixture.engine.newRecommender();
        Recommendation popular = recommender.add().popular(false);
        recommender.execute();
        assertThat(popular.count()).isZero();
        assertThat(popular.outcome()).isEqualTo(Outcome.OK);
    }

    @Test
    void shouldKeepExactlyTheHighestCountsWhenItemsComeAndGo() {
        PopularityBoard board = new PopularityBoard(new PopularityConfiguration(40 * DAY, 2 * DAY), 8);
        Map<Long, ItemRecord> records = new HashMap<>();
        long now = VerbFixture.START_MILLIS;
        PopularItems top = new PopularItems(8);
        for (int step = 0; step < 6_000; step++) {
            long id = random.nextInt(60) - 4;
            if (random.nextInt(6) == 0 && id != -1) {
                board.remove(id);
                records.remove(id);
            } else {
                now += random.nextInt(5) == 0 ? (long) (DAY * random.nextDouble() * 2) : 0;
                ItemRecord item = records.computeIfAbsent(id, key -> new ItemRecord(1));
                item.itemId(id);
                board.count(item, now - (random.nextInt(4) == 0 ? DAY * random.nextInt(30) : 0));
                board.put(item);
            }
            for (int kind = 0; kind < 2 && step % 7 == 0; kind++) {
                board.read(kind, top);
                List<Long> got = new ArrayList<>();
                for (int i = 0; i < top.count(); i++) {
                    got.add(top.id(i));
                }
                assertThat(got).as("step=%d kind=%d", step, kind).isEqualTo(expected(records, kind, now));
            }
        }
    }

    private static List<Long> expected(Map<Long, ItemRecord> records, int kind, long now) {
        long halfLife = kind == PopularityBoard.POPULAR ? 40 * DAY : 2 * DAY;
        // Ahead of everything, in whole half-lives, so that no later event counts in full only.
        long stride = 256 * halfLife;
        long landmark = (now / stride + 1) * stride;
        Map<Long, Double> keys = new HashMap<>();
        records.forEach((id, item) -> keys.put(
                id,
                (kind == PopularityBoard.POPULAR ? item.popular() : item.trending())
                        * Decay.factor(landmark - item.countedSeconds() * 1000L, halfLife)));
        return keys.keySet().stream()
                .sorted(Comparator.<Long>comparingDouble(id -> -keys.get(id))
                        .thenComparing(id -> id, Long::compareUnsigned))
                .limit(8)
                .toList();
    }

    /** Records events at whole half-lives before now, so that what is left of them is exact in any order. */
    private void record(long halfLife) {
        for (int i = 0; i < 120; i++) {
            long id = random.nextInt(ITEMS - 5);
            int halvings = random.nextInt(4);
            assertThat(fixture.engine.profiles().recordEvent(i % 10, i % 3, id, 1, fixture.now() - halvings * halfLife))
                    .isEqualTo(Outcome.OK);
            model.popularity.merge(id, Math.scalb(1.0, -halvings), Double::sum);
        }
    }

    private void check(boolean trending, int flags) {
        Recommender recommender = fixture.engine.newRecommender();
        Recommendation request = recommender.add().popular(trending).limit(10);
        request.rules().capPerCategory(model.cap);
        recommender.execute();
        assertThat(ranked(request))
                .isEqualTo(model.answer(new float[VerbFixture.DIMENSION]).items());
        assertThat(request.flags()).isEqualTo(flags);
    }

    private List<AnswerModel.Ranked> stranger(long profileId) {
        return stranger(profileId, 40);
    }

    private List<AnswerModel.Ranked> stranger(long profileId, int limit) {
        Recommender recommender = fixture.engine.newRecommender();
        Recommendation request = recommender.add().forProfile(profileId).limit(limit);
        recommender.execute();
        assertThat(request.flags() & ~AnswerFlag.FILTERED_SHORT)
                .isEqualTo(AnswerFlag.UNKNOWN_PROFILE | AnswerFlag.FALLBACK);
        return ranked(request);
    }

    private static List<AnswerModel.Ranked> ranked(Recommendation request) {
        List<AnswerModel.Ranked> got = new ArrayList<>();
        for (int i = 0; i < request.count(); i++) {
            got.add(new AnswerModel.Ranked(request.itemId(i), request.score(i)));
        }
        return got;
    }
}
