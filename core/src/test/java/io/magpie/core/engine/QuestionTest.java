package io.magpie.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.core.Outcome;
import io.magpie.core.index.ItemAttributes;
import io.magpie.core.profile.ProfileDescriptor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every form of question, its vector and its answer, against plain arithmetic and plain lists. */
class QuestionTest {
    private static final int ITEMS = 40;
    private static final int SPACE = VerbFixture.SPACE;
    private final SplittableRandom random = new SplittableRandom(11);
    private final AnswerModel model = new AnswerModel();
    private VerbFixture fixture;
    private Engine engine;
    private Recommender recommender;

    @BeforeEach
    void open() {
        fixture = new VerbFixture();
        engine = fixture.engine;
        recommender = engine.newRecommender();
        for (long id = 0; id < ITEMS; id++) {
            float[] vector = id % 9 == 8 ? new float[VerbFixture.DIMENSION] : vector();
            put(id, vector, id % 4 / 2f, new ItemAttributes((int) id % 3, 0, true, id == 5));
        }
        model.now = fixture.now();
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void shouldAnswerSomeoneUnknownFromItemsByTheirStrengthsAndSkipUnknownOnes() {
        for (int round = 0; round < 50; round++) {
            recommender.clear();
            Recommendation request = recommender.add().forItems().limit(7);
            double[] sum = new double[VerbFixture.DIMENSION];
            int unknown = random.nextInt(3);
            for (int i = 0; i < 6; i++) {
                long id = i < unknown ? 1_000 + i : random.nextInt(ITEMS);
                double strength = random.nextDouble() * 4 - 1;
                assertThat(request.item(id, strength)).isEqualTo(Outcome.OK);
                add(sum, model.items.get(id), strength);
            }
            recommender.execute();
            float[] u = rounded(sum, 1 / norm(sum), norm(sum));
            assertThat(request.vector()).isEqualTo(u);
            assertThat(request.unknownItems()).isEqualTo(unknown);
            model.limit = 7;
            check(request, u, unknown > 0 ? AnswerFlag.UNKNOWN_ITEM : 0);
        }
    }

    @Test
    void shouldFindWhatIsLikeSomeItemsAndLeaveThemOut() {
        recommender.clear();
        Recommendation request = recommender.add().similarTo().limit(50);
        double[] sum = new double[VerbFixture.DIMENSION];
        for (long id : new long[] {3, 8, 12, 777}) {
            request.item(id, 1);
            AnswerModel.Item item = model.items.get(id);
            add(sum, item, item == null ? 0 : 1 / norm(item.vector()));
            model.excluded.add(id);
        }
        Recommendation none = recommender.add().similarTo();
        none.item(777, 1);
        Recommendation zero = recommender.add().similarTo().limit(3);
        zero.item(8, 1);
        recommender.execute();
        model.limit = 50;
        check(request, rounded(sum, 1, 1), AnswerFlag.UNKNOWN_ITEM | AnswerFlag.FILTERED_SHORT);
        assertThat(none.outcome()).isEqualTo(Outcome.UNKNOWN_ITEM);
        model.excluded.clear();
        model.excluded.add(8L);
        model.limit = 3;
        check(zero, new float[VerbFixture.DIMENSION], AnswerFlag.FALLBACK);
    }

    @Test
    void shouldCountEachMemberOfAGroupTheSameAndRespectEachConsent() {
        for (long person = 1; person <= 4; person++) {
            engine.profiles().putSlot(person, 0, SPACE, vector(), 1, fixture.now());
            engine.profiles().putSlot(person, 1, SPACE, vector(), person, fixture.now());
            engine.profiles().markSeen(person, 0, person * 2, fixture.now() - 1);
        }
        engine.profiles().setConsent(2, 0, 0, ProfileDescriptor.CONSENT_DENIED, fixture.now());
        engine.profiles().setConsent(4, 0, 0, ProfileDescriptor.CONSENT_DENIED, fixture.now());
        engine.profiles().setConsent(4, 1, 0, ProfileDescriptor.CONSENT_DENIED, fixture.now());
        double[] sum = new double[VerbFixture.DIMENSION];
        for (long person = 1; person <= 3; person++) {
            recommender.clear();
            Recommendation alone = recommender.add().forProfile(person);
            recommender.execute();
            add(sum, alone.vector(), 1 / norm(alone.vector()));
        }
        recommender.clear();
        Recommendation group = recommender.add().forGroup().excludeSeen(true).limit(9);
        for (long person : new long[] {1, 2, 3, 2, 4, 999}) {
            assertThat(group.member(person)).isEqualTo(Outcome.OK);
        }
        Recommendation strangers = recommender.add().forGroup().limit(2);
        strangers.member(998);
        recommender.execute();
        model.excluded.addAll(List.of(2L, 4L, 6L, 8L));
        model.limit = 9;
        check(
                group,
                rounded(sum, 1, 1),
                AnswerFlag.UNKNOWN_PROFILE | AnswerFlag.MEMBER_LEFT_OUT | AnswerFlag.CONSENT_REMOVED_SOURCE);
        assertThat(group.unknownMembers()).isEqualTo(1);
        assertThat(strangers.flags()).isEqualTo(AnswerFlag.UNKNOWN_PROFILE | AnswerFlag.FALLBACK);
    }

    @Test
    void shouldLeanTowardsTheContextByItsWeightAndTakeItAloneForAStranger() {
        double[] context = new double[VerbFixture.DIMENSION];
        add(context, model.items.get(1L), 2);
        add(context, model.items.get(2L), -0.5);
        float[] given = vector();
        Recommendation leaning = recommender.add().forVector(SPACE).limit(5);
        System.arraycopy(given, 0, leaning.vector(), 0, given.length);
        Recommendation stranger = recommender.add().forProfile(12345).limit(5);
        for (Recommendation request : List.of(leaning, stranger)) {
            request.contextItem(1, 2);
            request.contextItem(2, -0.5);
            request.contextItem(4444, 1);
        }
        assertThat(leaning.contextWeight(0.25)).isEqualTo(Outcome.OK);
        recommender.execute();
        float[] expected = new float[given.length];
        double factor = 0.25 * norm(given) / norm(context);
        for (int i = 0; i < given.length; i++) {
            expected[i] = (float) (given[i] + factor * context[i]);
        }
        model.limit = 5;
        check(leaning, expected, AnswerFlag.UNKNOWN_ITEM);
        check(
                stranger,
                rounded(context, 1 / norm(context), 0),
                AnswerFlag.UNKNOWN_ITEM | AnswerFlag.UNKNOWN_PROFILE | AnswerFlag.FALLBACK);
        // The same batch again gives the same, though the vectors have been moved.
        recommender.execute();
        check(leaning, expected, AnswerFlag.UNKNOWN_ITEM);
    }

    @Test
    void shouldScoreJustTheItemsAskedForInTheirOrder() {
        float[] u = vector();
        Recommendation request = recommender.add().forVector(SPACE);
        System.arraycopy(u, 0, request.vector(), 0, u.length);
        long[] ids = {7, 5, 4040, 7, 0};
        for (long id : ids) {
            assertThat(request.scoreItem(id)).isEqualTo(Outcome.OK);
        }
        request.filter().addCategory(99);
        request.rules().boost(7, 5, Long.MIN_VALUE, Long.MAX_VALUE);
        Recommendation stranger = recommender.add().forProfile(909);
        stranger.scoreItem(3);
        recommender.execute();
        assertThat(request.count()).isEqualTo(ids.length);
        for (int i = 0; i < ids.length; i++) {
            assertThat(request.itemId(i)).isEqualTo(ids[i]);
            float expected = model.items.containsKey(ids[i]) ? score(u, ids[i]) : Float.NaN;
            assertThat(request.score(i)).isEqualTo(Float.valueOf(expected));
        }
        assertThat(request.flags()).isEqualTo(AnswerFlag.UNKNOWN_ITEM);
        assertThat(request.unknownItems()).isEqualTo(1);
        assertThat(stranger.score(0)).isEqualTo(score(new float[u.length], 3));
        assertThat(stranger.flags()).isEqualTo(AnswerFlag.UNKNOWN_PROFILE | AnswerFlag.FALLBACK);
    }

    @Test
    void shouldAnswerAsOfTheFirstPagesTimeAndHoldBoostsAndPinsAgainstIt() {
        engine.profiles().putSlot(1, 0, SPACE, vector(), 1, fixture.now());
        engine.profiles().putSlot(1, 1, SPACE, vector(), 1, fixture.now());
        Recommendation first = recommender.add().forProfile(1).limit(4);
        recommender.execute();
        long time = first.timeMillis();
        float[] u = first.vector().clone();
        fixture.advance(Recommendation.MOST_PAGE_AGE_MILLIS);
        recommender.clear();
        Recommendation second = recommender.add().forProfile(1).limit(4);
        second.asOfMillis(time);
        second.rules().offset(4);
        second.rules().boost(11, 100, time, time + 1);
        second.rules().boost(12, 100, time + 1, Long.MAX_VALUE);
        second.rules().pin(13, 5, Long.MIN_VALUE, time);
        Recommendation tooOld = recommender.add().forProfile(1);
        tooOld.asOfMillis(time - 1);
        Recommendation tooNew = recommender.add().forProfile(1);
        tooNew.asOfMillis(fixture.now() + 1);
        recommender.execute();
        model.boosts.add(new AnswerModel.Boost(11, 100, time, time + 1));
        model.limit = 4;
        model.offset = 4;
        check(second, u, 0);
        assertThat(second.timeMillis()).isEqualTo(time);
        assertThat(second.profileVersion()).isEqualTo(2);
        assertThat(tooOld.outcome()).isEqualTo(Outcome.TIME_OUT_OF_RANGE);
        assertThat(tooNew.outcome()).isEqualTo(Outcome.TIME_IN_FUTURE);
    }

    @Test
    void shouldRecordEventsBeforeAnsweringAndSayHowEachEnded() {
        Recommendation request =
                recommender.add().forProfile(77).excludeSeen(true).limit(100);
        request.event(0, 3, 1, fixture.now());
        request.event(0, 9_999, 1, fixture.now());
        request.event(1, 4, 2, fixture.now() - 10);
        recommender.execute();
        assertThat(List.of(request.eventOutcome(0), request.eventOutcome(1), request.eventOutcome(2)))
                .containsExactly(Outcome.OK, Outcome.UNKNOWN_ITEM, Outcome.OK);
        assertThat(request.profileVersion()).isEqualTo(2);
        recommender.clear();
        Recommendation after = recommender.add().forProfile(77);
        recommender.execute();
        float[] u = after.vector().clone();
        recommender.clear();
        Recommendation again =
                recommender.add().forProfile(77).excludeSeen(true).limit(100);
        recommender.execute();
        model.excluded.addAll(List.of(3L, 4L));
        model.limit = 100;
        check(again, u, AnswerFlag.FILTERED_SHORT);
        assertThat(u).isNotEqualTo(new float[u.length]);
    }

    @Test
    void shouldLeaveOutWhatSomeoneElseHasSeenWhenAVectorIsAskedFor() {
        engine.profiles().markSeen(5, 0, new long[] {1, 2, 3}, 3, fixture.now());
        float[] u = vector();
        Recommendation request =
                recommender.add().forVector(SPACE).excludeSeenOf(5).limit(100);
        System.arraycopy(u, 0, request.vector(), 0, u.length);
        recommender.execute();
        model.excluded.addAll(List.of(1L, 2L, 3L));
        model.limit = 100;
        check(request, u, AnswerFlag.FILTERED_SHORT);
    }

    @Test
    void shouldRefuseWhatIsOutOfRangeAndAnswerTheOthers() {
        Recommendation request = recommender.add().forItems();
        assertThat(request.item(-1, 1)).isEqualTo(Outcome.RESERVED_ID);
        assertThat(request.item(1, Double.NaN)).isEqualTo(Outcome.NOT_FINITE);
        assertThat(request.item(1, 1e7)).isEqualTo(Outcome.OUT_OF_RANGE);
        assertThat(request.member(-1)).isEqualTo(Outcome.RESERVED_ID);
        assertThat(request.contextWeight(Double.POSITIVE_INFINITY)).isEqualTo(Outcome.NOT_FINITE);
        assertThat(request.rules().offset(-1)).isEqualTo(Outcome.OUT_OF_RANGE);
        assertThat(request.rules().capPerCategory(-1)).isEqualTo(Outcome.OUT_OF_RANGE);
        assertThat(request.rules().diversity(1.5, 10)).isEqualTo(Outcome.OUT_OF_RANGE);
        assertThat(request.rules().diversity(Double.NaN, 10)).isEqualTo(Outcome.NOT_FINITE);
        assertThat(request.rules().boost(1, 1e10, 0, 1)).isEqualTo(Outcome.OUT_OF_RANGE);
        assertThat(request.rules().boost(1, 1, 2, 1)).isEqualTo(Outcome.OUT_OF_RANGE);
        assertThat(request.rules().boost(-1, 1, 0, 1)).isEqualTo(Outcome.RESERVED_ID);
        assertThat(request.rules().pin(1, -1, 0, 1)).isEqualTo(Outcome.OUT_OF_RANGE);
        assertThat(request.rules().pin(-1, 1, 0, 1)).isEqualTo(Outcome.RESERVED_ID);
        Recommendation deep = recommender.add().forItems().limit(10);
        assertThat(deep.rules().offset(99_995)).isEqualTo(Outcome.OK);
        Recommendation popular = recommender.add().popular(false);
        popular.contextItem(1, 1);
        Recommendation eventful = recommender.add().forItems();
        eventful.event(0, 1, 1, 1);
        recommender.execute();
        assertThat(request.outcome()).isEqualTo(Outcome.OK);
        assertThat(request.flags()).isEqualTo(AnswerFlag.FALLBACK);
        assertThat(List.of(deep.outcome(), popular.outcome(), eventful.outcome()))
                .containsOnly(Outcome.OUT_OF_RANGE);
    }

    private void check(Recommendation request, float[] u, int flags) {
        assertThat(request.outcome()).isEqualTo(Outcome.OK);
        assertThat(request.vector()).isEqualTo(u);
        List<AnswerModel.Ranked> got = new ArrayList<>();
        for (int i = 0; i < request.count(); i++) {
            got.add(new AnswerModel.Ranked(request.itemId(i), request.score(i)));
        }
        assertThat(got).isEqualTo(model.answer(u).items());
        assertThat(request.flags()).isEqualTo(flags);
    }

    private float score(float[] u, long id) {
        AnswerModel.Item item = model.items.get(id);
        return io.magpie.core.oracle.ScoreOracle.score(u, item.vector(), 0, item.bias());
    }

    private void put(long id, float[] vector, float bias, ItemAttributes attributes) {
        model.items.put(id, new AnswerModel.Item(vector, bias, attributes));
        assertThat(engine.items().put(id, SPACE, vector, bias, attributes)).isEqualTo(Outcome.OK);
    }

    private static void add(double[] sum, AnswerModel.Item item, double factor) {
        if (item != null && Double.isFinite(factor)) {
            add(sum, item.vector(), factor);
        }
    }

    private static void add(double[] sum, float[] vector, double factor) {
        for (int i = 0; i < sum.length; i++) {
            sum[i] += factor * vector[i];
        }
    }

    /** Divided where a divisor is given, as the definition has it; else multiplied. */
    private static float[] rounded(double[] sum, double factor, double divisor) {
        float[] rounded = new float[sum.length];
        for (int i = 0; i < sum.length; i++) {
            rounded[i] = (float) (divisor > 0 ? sum[i] / divisor : sum[i] * factor);
        }
        return rounded;
    }

    private static double norm(double[] vector) {
        return Math.sqrt(Arrays.stream(vector).map(each -> each * each).reduce(0, Double::sum));
    }

    private static double norm(float[] vector) {
        double sum = 0;
        for (float each : vector) {
            sum += (double) each * each;
        }
        return Math.sqrt(sum);
    }

    private float[] vector() {
        float[] vector = new float[VerbFixture.DIMENSION];
        for (int i = 0; i < vector.length; i++) {
            vector[i] = (float) random.nextGaussian();
        }
        return vector;
    }
}
