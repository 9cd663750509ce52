package io.magpie.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.core.Outcome;
import io.magpie.core.index.ItemAttributes;
import io.magpie.core.oracle.ScoreOracle;
import io.magpie.core.profile.ProfileDescriptor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExplanationTest {
    private static final int ITEMS = 30;
    private final float[][] vectors = new float[ITEMS][];
    private final SplittableRandom random = new SplittableRandom(5);
    private VerbFixture fixture;
    private Engine engine;
    private Explanation why;

    @BeforeAll
    void open() {
        fixture = new VerbFixture();
        engine = fixture.engine;
        for (int id = 0; id < ITEMS; id++) {
            vectors[id] = vector();
            engine.items().put(id, VerbFixture.SPACE, vectors[id], id % 3, ItemAttributes.NONE);
        }
        why = engine.newExplanation();
    }

    @AfterAll
    void close() {
        fixture.close();
    }

    @Test
    void shouldAddUpToTheScoreThatRecommendShowsWhenAnyProfileIsExplained() {
        Recommender recommender = engine.newRecommender();
        for (long profileId = 1; profileId < 60; profileId++) {
            for (int source = 0; source < 3; source++) {
                if (random.nextInt(3) > 0) {
                    engine.profiles()
                            .putSlot(profileId, source, VerbFixture.SPACE, vector(), random.nextInt(4), fixture.now());
                }
            }
            engine.profiles().recordEvent(profileId, 1, random.nextInt(ITEMS), 1, fixture.now() - 5_000);
            int itemId = random.nextInt(ITEMS);
            double weight = random.nextInt(3);
            why.clear();
            why.sourceWeight(2, weight);
            assertThat(why.explain(profileId, itemId, 5)).isEqualTo(Outcome.OK);
            recommender.clear();
            Recommendation request = recommender.add().forProfile(profileId);
            request.sourceWeight(2, weight);
            request.scoreItem(itemId);
            recommender.execute();
            assertThat(why.score()).isEqualTo(request.score(0));
            double sum = why.bias();
            double size = Math.abs(why.score());
            for (int source = 0; source < 3; source++) {
                sum += why.share(source);
                assertThat(why.share(source) != 0 && why.use(source) != SourceUse.USED)
                        .isFalse();
            }
            for (int i = 0; i < VerbFixture.DIMENSION; i++) {
                size += Math.abs(request.vector()[i] * vectors[itemId][i]);
            }
            assertThat(Math.abs(sum - why.score())).isLessThanOrEqualTo(0x1p-23 * size);
        }
    }

    @Test
    void shouldSayWhySourcesAreLeftOut() {
        engine.profiles().putSlot(100, 0, VerbFixture.SPACE, vector(), 1, fixture.now());
        engine.profiles().setConsent(100, 0, 0, ProfileDescriptor.CONSENT_DENIED, fixture.now());
        engine.profiles().putSlot(100, 1, VerbFixture.SPACE + 1, vector(), 1, fixture.now());
        why.clear();
        assertThat(why.explain(100, 1, 5)).isEqualTo(Outcome.OK);
        assertThat(List.of(why.use(0), why.use(1), why.use(2)))
                .containsExactly(SourceUse.NO_CONSENT, SourceUse.OTHER_SPACE, SourceUse.NOTHING_HELD);
        assertThat(why.flags())
                .isEqualTo(AnswerFlag.FALLBACK | AnswerFlag.CONSENT_REMOVED_SOURCE | AnswerFlag.SLOT_OF_OTHER_SPACE);
        assertThat(why.score()).isEqualTo(1);
        engine.profiles().putSlot(101, 0, VerbFixture.SPACE, new float[VerbFixture.DIMENSION], 1, fixture.now());
        engine.profiles().putSlot(101, 1, VerbFixture.SPACE, vector(), 0, fixture.now());
        engine.profiles().putSlot(101, 2, VerbFixture.SPACE, vector(), 1, fixture.now());
        why.sourceWeight(2, 0);
        assertThat(why.explain(101, 1, 5)).isEqualTo(Outcome.OK);
        assertThat(List.of(why.use(0), why.use(1), why.use(2)))
                .containsExactly(SourceUse.ZERO_VECTOR, SourceUse.NO_CONFIDENCE, SourceUse.NO_WEIGHT);
    }

    @Test
    void shouldNameTheSeenItemsMostAlikeFromAllowedSourcesOnly() {
        List<Integer> seen = new ArrayList<>();
        for (int id = 3; id < ITEMS; id += 2) {
            int source = id % 3;
            assertThat(engine.profiles().markSeen(200, source, id, fixture.now() - 9_000))
                    .isEqualTo(Outcome.OK);
            if (source != 2) {
                seen.add(id);
            }
        }
        engine.items().put(900, VerbFixture.SPACE, vector(), 0, ItemAttributes.NONE);
        engine.profiles().markSeen(200, 0, 900, fixture.now());
        engine.items().remove(900);
        engine.profiles().setConsent(200, 2, 0, ProfileDescriptor.CONSENT_DENIED, fixture.now());
        why.clear();
        assertThat(why.explain(200, 4, 6)).isEqualTo(Outcome.OK);
        seen.sort(Comparator.<Integer>comparingDouble(id -> -product(id)).thenComparing(id -> id));
        assertThat(why.seenItemCount()).isEqualTo(6);
        for (int rank = 0; rank < 6; rank++) {
            assertThat(why.seenItemId(rank)).isEqualTo((long) seen.get(rank));
            assertThat(why.seenItemProduct(rank)).isEqualTo(product(seen.get(rank)));
        }
        assertThat(why.goneItems()).isEqualTo(1);
    }

    @Test
    void shouldRefuseWhatCannotBeExplained() {
        engine.profiles().putSlot(300, 0, VerbFixture.SPACE, vector(), 1, fixture.now());
        why.clear();
        assertThat(why.explain(999, 1, 5)).isEqualTo(Outcome.UNKNOWN_PROFILE);
        assertThat(why.explain(300, 999, 5)).isEqualTo(Outcome.UNKNOWN_ITEM);
        assertThat(why.explain(300, 1, -1)).isEqualTo(Outcome.OUT_OF_RANGE);
        assertThat(why.sourceWeight(3, 1)).isEqualTo(Outcome.UNKNOWN_SOURCE);
        assertThat(why.sourceWeight(0, -1)).isEqualTo(Outcome.OUT_OF_RANGE);
        why.asOfMillis(fixture.now() + 1);
        assertThat(why.explain(300, 1, 5)).isEqualTo(Outcome.TIME_IN_FUTURE);
        why.asOfMillis(fixture.now() - Recommendation.MOST_PAGE_AGE_MILLIS - 1);
        assertThat(why.explain(300, 1, 5)).isEqualTo(Outcome.TIME_OUT_OF_RANGE);
    }

    private float product(int id) {
        return ScoreOracle.score(vectors[4], vectors[id], 0, 0);
    }

    private float[] vector() {
        float[] vector = new float[VerbFixture.DIMENSION];
        for (int i = 0; i < vector.length; i++) {
            vector[i] = (float) random.nextGaussian();
        }
        return vector;
    }
}
