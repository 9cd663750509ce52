package io.magpie.core.engine;

import static io.magpie.core.engine.EngineFixture.BOUGHT;
import static io.magpie.core.engine.EngineFixture.CLICKED;
import static io.magpie.core.engine.EngineFixture.DAY;
import static io.magpie.core.engine.EngineFixture.DIMENSION;
import static io.magpie.core.engine.EngineFixture.FRIENDS;
import static io.magpie.core.engine.EngineFixture.SPACE;
import static io.magpie.core.engine.EngineFixture.START;
import static io.magpie.core.engine.EngineFixture.grant;
import static io.magpie.core.engine.EngineFixture.putItem;
import static io.magpie.core.engine.EngineFixture.recommend;
import static io.magpie.core.engine.EngineFixture.vector;
import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.core.Outcome;
import io.magpie.core.fusion.ConsentPolicy;
import io.magpie.core.index.ItemAttributes;
import io.magpie.core.oracle.ScoreOracle;
import io.magpie.core.profile.ProfileDescriptor;
import io.magpie.core.store.StateStoreException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecommenderTest {
    private static final int ITEMS = 50;

    private final SplittableRandom random = new SplittableRandom(21);
    private final long[] ids = new long[ITEMS];
    private final float[] vectors = new float[ITEMS * DIMENSION];
    private final float[] biases = new float[ITEMS];
    private EngineFixture fixture;
    private Engine engine;

    @BeforeEach
    void open(@TempDir Path directory) throws StateStoreException {
        fixture = new EngineFixture(directory);
        engine = fixture.open();
        for (int row = 0; row < ITEMS; row++) {
            // Ids on both sides of the sign, zero vectors, and ties.
            ids[row] = row % 3 == 0 ? -2 - row : row;
            float[] vector = row % 10 == 9 ? new float[DIMENSION] : vector(random);
            if (row % 7 == 6) {
                System.arraycopy(vectors, (row - 1) * DIMENSION, vector, 0, DIMENSION);
            }
            System.arraycopy(vector, 0, vectors, row * DIMENSION, DIMENSION);
            biases[row] = row % 7 >= 5 ? 0 : (float) random.nextGaussian() / 4;
            engine.items().put(ids[row], SPACE, vector, biases[row], ItemAttributes.NONE);
        }
    }

    @AfterEach
    void close() throws StateStoreException {
        engine.close();
    }

    @Test
    void shouldEqualTheOracleBitByBitForRandomProfiles() {
        Recommender recommender = engine.newRecommender();
        for (int round = 0; round < 300; round++) {
            long id = random.nextInt(40);
            Model model = new Model();
            engine.profiles().erase(id);
            for (int source = 0; source < 3; source++) {
                if (random.nextInt(4) > 0) {
                    model.vectors[source] = random.nextInt(9) == 0 ? new float[DIMENSION] : vector(random);
                    model.evidences[source] = random.nextInt(30) / 2.0;
                    // Whole half-lives, so that what is left is a power of two and needs no pow.
                    model.halvings[source] = source == BOUGHT ? 0 : random.nextInt(4);
                    long halfLife = EngineFixture.SOURCES.get(source).halfLifeMillis();
                    engine.profiles()
                            .putSlot(
                                    id,
                                    source,
                                    SPACE,
                                    model.vectors[source],
                                    model.evidences[source],
                                    START - model.halvings[source] * halfLife);
                }
                if (random.nextInt(5) == 0) {
                    engine.profiles().setConsent(id, source, 0, ProfileDescriptor.CONSENT_DENIED, START);
                    model.vectors[source] = null;
                    model.denied[source] = true;
                }
            }
            int seen = random.nextInt(12);
            for (int i = 0; i < seen; i++) {
                int row = random.nextInt(ITEMS);
                engine.profiles().markSeen(id, BOUGHT, ids[row], START);
                model.seen.add(ids[row]);
            }
            recommender.clear();
            int limit = 1 + random.nextInt(60);
            boolean exclude = random.nextBoolean();
            Recommendation request =
                    recommender.add().forProfile(id).limit(limit).excludeSeen(exclude);
            if (random.nextInt(3) == 0) {
                model.weights[FRIENDS] = random.nextInt(3);
                request.sourceWeight(FRIENDS, model.weights[FRIENDS]);
            }
            recommender.execute();
            if ((request.flags() & AnswerFlag.UNKNOWN_PROFILE) != 0) {
                continue;
            }
            assertThat(request.vector()).isEqualTo(model.fused());
            assertEqualsOracle(request, limit, exclude ? model.seen : Set.of());
        }
    }

    private void assertEqualsOracle(Recommendation request, int limit, Set<Long> excluded) {
        ScoreOracle.Answer[] expected =
                ScoreOracle.top(request.vector(), ids, vectors, biases, limit, id -> !excluded.contains(id));
        assertThat(request.count()).isEqualTo(expected.length);
        for (int rank = 0; rank < expected.length; rank++) {
            assertThat(request.itemId(rank)).isEqualTo(expected[rank].itemId());
            assertThat(Float.floatToRawIntBits(request.score(rank)))
                    .isEqualTo(Float.floatToRawIntBits(expected[rank].score()));
        }
    }

    /** What fusion is defined to do, written down once more: own first source, derived second, third put and hence derived. */
    private static final class Model {
        final float[][] vectors = new float[3][];
        final double[] evidences = new double[3];
        final int[] halvings = new int[3];
        final double[] weights = {1, 0.75, 0.5};
        final boolean[] denied = new boolean[3];
        final Set<Long> seen = new HashSet<>();

        float[] fused() {
            double own = usable(BOUGHT) ? evidences[BOUGHT] : 0;
            double known = denied[BOUGHT] ? 0 : seen.size();
            double q = known > 0 ? known * Math.min(own, known) : own * own;
            int derived = 1 + (usable(CLICKED) ? 1 : 0);
            double share = 1.0 / Math.max(2, derived) / (1 + (q / 36) * (q / 36));
            double[] sum = new double[DIMENSION];
            for (int source = 0; source < 3; source++) {
                if (!usable(source)) {
                    continue;
                }
                double evidence = Math.scalb(evidences[source], -halvings[source]);
                double confidence =
                        source == BOUGHT ? (own > 1 ? evidence / own : evidence) : Math.min(1, evidence) * share;
                double squares = 0;
                for (float component : vectors[source]) {
                    squares += (double) component * component;
                }
                double factor = weights[source] * confidence / Math.sqrt(squares);
                for (int i = 0; i < DIMENSION; i++) {
                    sum[i] += factor * vectors[source][i];
                }
            }
            float[] fused = new float[DIMENSION];
            for (int i = 0; i < DIMENSION; i++) {
                fused[i] = (float) sum[i];
            }
            return fused;
        }

        private boolean usable(int source) {
            boolean zero = true;
            for (int i = 0; vectors[source] != null && i < DIMENSION; i++) {
                zero &= vectors[source][i] == 0;
            }
            return !zero && weights[source] != 0;
        }
    }

    @Test
    void shouldAnswerABatchOfManyLikeEachAlone() {
        for (long id = 0; id < 40; id++) {
            for (int source = 0; source < 3; source++) {
                engine.profiles().putSlot(id, source, SPACE, vector(random), 1 + random.nextInt(5), START);
            }
            engine.profiles().markSeen(id, BOUGHT, ids[(int) id], START);
        }
        Recommender batch = engine.newRecommender();
        for (int i = 0; i < 150; i++) {
            ask(batch, i);
        }
        batch.execute();
        Recommender single = engine.newRecommender();
        for (int i = 0; i < 150; i++) {
            single.clear();
            Recommendation alone = ask(single, i);
            single.execute();
            Recommendation together = batch.request(i);
            assertThat(together.outcome()).isEqualTo(alone.outcome());
            assertThat(together.flags()).isEqualTo(alone.flags());
            assertThat(together.count()).isEqualTo(alone.count());
            for (int rank = 0; rank < alone.count(); rank++) {
                assertThat(together.itemId(rank)).isEqualTo(alone.itemId(rank));
                assertThat(Float.floatToRawIntBits(together.score(rank)))
                        .isEqualTo(Float.floatToRawIntBits(alone.score(rank)));
            }
        }
    }

    /** People, some unknown, vectors, and requests that are refused, in turn. */
    private static Recommendation ask(Recommender recommender, int number) {
        Recommendation request = recommender.add().limit(1 + number % 13).excludeSeen(number % 2 == 0);
        if (number % 5 == 4) {
            float[] vector =
                    request.forVector(number % 10 == 9 ? SPACE + 1 : SPACE).vector();
            java.util.Arrays.fill(vector, 0);
            vector[number % DIMENSION] = number;
        } else {
            request.forProfile(number % 45);
        }
        return request;
    }

    @Test
    void shouldRefuseAVectorOfAnotherSpaceOrNotFiniteAndAnswerTheOthers() {
        Recommender recommender = engine.newRecommender();
        Recommendation wrong = recommender.add().forVector(SPACE + 1);
        Recommendation infinite = recommender.add().forVector(SPACE);
        infinite.vector()[2] = Float.NaN;
        Recommendation good = recommender.add().forVector(SPACE).limit(7);
        java.util.Arrays.fill(good.vector(), 1);
        recommender.execute();
        assertThat(wrong.outcome()).isEqualTo(Outcome.WRONG_SPACE);
        assertThat(infinite.outcome()).isEqualTo(Outcome.NOT_FINITE);
        assertThat(good.outcome()).isEqualTo(Outcome.OK);
        assertEqualsOracle(good, 7, Set.of());
    }

    @Test
    void shouldRefuseAWeightThatBreaksARule() {
        Recommendation request = engine.newRecommender().add();
        assertThat(request.sourceWeight(3, 1)).isEqualTo(Outcome.UNKNOWN_SOURCE);
        assertThat(request.sourceWeight(-1, 1)).isEqualTo(Outcome.UNKNOWN_SOURCE);
        assertThat(request.sourceWeight(0, -1)).isEqualTo(Outcome.OUT_OF_RANGE);
        assertThat(request.sourceWeight(0, Double.NaN)).isEqualTo(Outcome.OUT_OF_RANGE);
        assertThat(request.sourceWeight(0, 1e7)).isEqualTo(Outcome.OUT_OF_RANGE);
        assertThat(request.sourceWeight(0, 2)).isEqualTo(Outcome.OK);
    }

    @Test
    void shouldReturnTheWholeCatalogueWhenMoreIsAskedFor() {
        engine.profiles().putSlot(1, BOUGHT, SPACE, vector(random), 1, START);
        Recommendation request = recommend(engine, 1, 1_000);
        assertThat(request.flags()).isZero();
        assertEqualsOracle(request, 1_000, Set.of());
        assertThat(request.count()).isEqualTo(ITEMS);
    }

    @Test
    void shouldSayWithFlagsWhatTheAnswerLacks() {
        assertThat(recommend(engine, 1, 5).flags()).isEqualTo(AnswerFlag.UNKNOWN_PROFILE | AnswerFlag.FALLBACK);
        assertThat(recommend(engine, 1, 5).count()).isEqualTo(5);
        engine.profiles().putSlot(1, BOUGHT, SPACE, new float[DIMENSION], 1, START);
        assertThat(recommend(engine, 1, 5).flags()).isEqualTo(AnswerFlag.FALLBACK);
        assertThat(recommend(engine, 1, 5).count()).isEqualTo(5);
        engine.profiles().putSlot(1, FRIENDS, SPACE + 1, vector(1), 1, START);
        assertThat(recommend(engine, 1, 5).flags()).isEqualTo(AnswerFlag.FALLBACK | AnswerFlag.SLOT_OF_OTHER_SPACE);
        engine.profiles().putSlot(1, BOUGHT, SPACE, vector(1), 1, START);
        assertThat(recommend(engine, 1, 5).flags()).isEqualTo(AnswerFlag.SLOT_OF_OTHER_SPACE);
        engine.profiles().putSlot(1, FRIENDS, SPACE, vector(1), 1, START);
        assertThat(recommend(engine, 1, 5).flags()).isZero();
        engine.profiles().putSlot(2, FRIENDS, SPACE, vector(1), 1, START);
        engine.profiles().setConsent(2, FRIENDS, 0, ProfileDescriptor.CONSENT_DENIED, START);
        assertThat(recommend(engine, 2, 5).flags()).isEqualTo(AnswerFlag.FALLBACK | AnswerFlag.CONSENT_REMOVED_SOURCE);
    }

    @Test
    void shouldLeaveOutSeenItemsOnlyWhenAskedAndSayWhenTheSetIsCut() {
        engine.profiles().putSlot(1, BOUGHT, SPACE, vector(1), 1, START);
        for (int row = 0; row < 20; row++) {
            engine.profiles().markSeen(1, BOUGHT, ids[row], START + row * 1_000L);
        }
        engine.profiles().markShown(2, BOUGHT, ids, 20, START);
        engine.profiles().putSlot(2, BOUGHT, SPACE, vector(1), 1, START);
        Recommender recommender = engine.newRecommender();
        Recommendation without = recommender.add().forProfile(1).limit(50).excludeSeen(true);
        Recommendation with = recommender.add().forProfile(1).limit(50);
        Recommendation shown = recommender.add().forProfile(2).limit(50).excludeSeen(true);
        recommender.execute();
        assertThat(without.count()).isEqualTo(ITEMS - 20);
        assertThat(without.flags()).isEqualTo(AnswerFlag.FILTERED_SHORT);
        assertThat(with.count()).isEqualTo(ITEMS);
        assertThat(shown.count()).isEqualTo(ITEMS);
        engine.profiles().markSeen(1, BOUGHT, ids[30], START + 99_000);
        recommender.clear();
        without = recommender.add().forProfile(1).limit(10).excludeSeen(true);
        recommender.execute();
        assertThat(without.flags()).isEqualTo(AnswerFlag.SEEN_TRUNCATED);
    }

    @Test
    void shouldTakeConsentBackFromTheVeryNextAnswer() throws StateStoreException {
        engine.close();
        engine = fixture.open(ConsentPolicy.UNSET_IS_DENIED);
        engine.profiles().putSlot(1, BOUGHT, SPACE, vector(1), 9, START);
        engine.profiles().putSlot(1, FRIENDS, SPACE, vector(random), 9, START);
        engine.profiles().markSeen(1, BOUGHT, ids, 20, START);
        engine.profiles().putSlot(2, FRIENDS, SPACE, engineSlot(FRIENDS), 9, START);
        grant(engine, 1, BOUGHT);
        grant(engine, 1, FRIENDS);
        grant(engine, 2, FRIENDS);
        Recommender recommender = engine.newRecommender();
        Recommendation both = recommender.add().forProfile(1);
        recommender.execute();
        float[] before = both.vector().clone();
        engine.profiles().setConsent(1, BOUGHT, 0, ProfileDescriptor.CONSENT_DENIED, START + 1);
        recommender.clear();
        Recommendation denied = recommender.add().forProfile(1);
        Recommendation never = recommender.add().forProfile(2);
        recommender.execute();
        assertThat(denied.vector()).isNotEqualTo(before);
        assertThat(denied.vector()).as("as if the source had never been there").isEqualTo(never.vector());
    }

    private float[] engineSlot(int source) {
        var profile = EngineFixture.profile(engine, 1);
        int at = profile.vectorOffset(profile.findSlot(source, SPACE));
        return java.util.Arrays.copyOfRange(profile.vectors(), at, at + DIMENSION);
    }

    @Test
    void shouldSeeItemsAndTimeAsOfTheMomentOfTheBatch() {
        engine.profiles().putSlot(1, CLICKED, SPACE, vector(1), 1, START);
        Recommendation first = recommend(engine, 1, 1);
        assertThat(first.timeMillis()).isEqualTo(START);
        assertThat(first.catalogueVersion()).isEqualTo(ITEMS);
        assertThat(first.spaceId()).isEqualTo(SPACE);
        putItem(engine, 999, vector(1_000));
        fixture.clock.millis += 10 * DAY;
        Recommendation second = recommend(engine, 1, 1);
        assertThat(second.itemId(0)).isEqualTo(999);
        assertThat(second.catalogueVersion()).isEqualTo(ITEMS + 1);
        assertThat(second.timeMillis()).isEqualTo(START + 10 * DAY);
        assertThat(second.vector()[0]).isEqualTo(first.vector()[0] / 2);
        engine.items().remove(999);
        assertThat(recommend(engine, 1, 1).itemId(0)).isEqualTo(first.itemId(0));
    }

    @Test
    void shouldScoreAndRecordNothingForWhatWasDroppedFromTheBatch() {
        engine.profiles().putSlot(1, CLICKED, SPACE, vector(1), 1, START);
        long before = engine.statistics().state().lastSequence();
        Recommender recommender = engine.newRecommender();
        Recommendation dropped = recommender.add().forProfile(1).limit(5);
        dropped.event(CLICKED, ids[0], 1, START, 0);
        Recommendation kept = recommender.add().forProfile(1).limit(5);
        dropped.drop();
        recommender.execute();
        assertThat(dropped.count()).isZero();
        assertThat(dropped.scannedItems() + dropped.scoredItems()).isZero();
        assertThat(kept.count()).isEqualTo(5);
        assertThat(engine.statistics().state().lastSequence()).isEqualTo(before);

        recommender.clear();
        Recommendation again = recommender.add().forProfile(1).limit(5);
        recommender.execute();
        assertThat(again.count()).isEqualTo(5);
    }
}
