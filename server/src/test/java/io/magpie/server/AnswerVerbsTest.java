package io.magpie.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.magpie.client.AfterEvents;
import io.magpie.client.ConsentState;
import io.magpie.client.ConsentUpdate;
import io.magpie.client.Event;
import io.magpie.client.Explanation;
import io.magpie.client.ItemAttributes;
import io.magpie.client.ItemUpdate;
import io.magpie.client.MagpieClient;
import io.magpie.client.MagpieServerException;
import io.magpie.client.Profile;
import io.magpie.client.RecommendRequest;
import io.magpie.client.RecommendationFlag;
import io.magpie.client.Recommendations;
import io.magpie.client.Recommendations.ScoredItem;
import io.magpie.client.SlotUpdate;
import io.magpie.client.SourceUse;
import io.magpie.core.engine.Recommendation;
import io.magpie.core.oracle.ScoreOracle;
import io.magpie.core.ranking.RankingRules;
import io.magpie.protocol.ProtocolLimits;
import io.magpie.protocol.Status;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongPredicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Every question that is answered with items, through the SDK and a real server, against the oracle or plain lists. */
@Timeout(120)
class AnswerVerbsTest {
    private static final int ITEMS = 300;
    private static final int CATEGORIES = 5;
    private static final int DIMENSION = TestServers.DIMENSION;
    private static final long UNKNOWN = 999_999;

    private static MagpieServer server;
    private static MagpieClient client;
    private static final long[] IDS = new long[ITEMS];
    private static final float[] VECTORS = new float[ITEMS * DIMENSION];
    private static final float[] BIASES = new float[ITEMS];

    @BeforeAll
    static void start(@TempDir Path directory) throws Exception {
        server = TestServers.start(directory);
        client = MagpieClient.builder("127.0.0.1", server.address().getPort())
                .connections(1)
                .requestTimeout(java.time.Duration.ofSeconds(20))
                .connect();
        SplittableRandom random = new SplittableRandom(7);
        List<ItemUpdate> items = new ArrayList<>();
        for (int i = 0; i < ITEMS; i++) {
            IDS[i] = i + 1;
            for (int j = 0; j < DIMENSION; j++) {
                VECTORS[i * DIMENSION + j] = (float) random.nextDouble(-1, 1);
            }
            BIASES[i] = (float) random.nextDouble(-0.1, 0.1);
            items.add(new ItemUpdate(
                    IDS[i], vector(IDS[i]), BIASES[i], new ItemAttributes(i % CATEGORIES, 100, true, false)));
        }
        assertThat(client.putItems(1, items).appliedCount()).isEqualTo(ITEMS);
    }

    @AfterAll
    static void stop() {
        client.close();
        server.close();
    }

    private static float[] vector(long id) {
        int from = (int) (id - 1) * DIMENSION;
        return Arrays.copyOfRange(VECTORS, from, from + DIMENSION);
    }

    private static float[] random(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] vector = new float[DIMENSION];
        for (int i = 0; i < DIMENSION; i++) {
            vector[i] = (float) random.nextDouble(-1, 1);
        }
        return vector;
    }

    private static double norm(double[] vector) {
        return Math.sqrt(Arrays.stream(vector).map(each -> each * each).sum());
    }

    private static double[] sum(double[] factors, float[]... vectors) {
        double[] sum = new double[DIMENSION];
        for (int i = 0; i < vectors.length; i++) {
            for (int j = 0; j < DIMENSION; j++) {
                sum[j] += factors[i] * vectors[i][j];
            }
        }
        return sum;
    }

    private static double norm(float[] vector) {
        return norm(sum(new double[] {1}, vector));
    }

    /** The fused vector of a profile that is one put slot: weight 2, half a share. */
    private static float[] alone(float[] slot) {
        return rounded(sum(new double[] {2 * 0.5 / plainNorm(slot)}, slot), 1);
    }

    /** Summed from the first component on, without correction: the stated order. */
    private static double plainNorm(float[] vector) {
        double square = 0;
        for (float each : vector) {
            square += (double) each * each;
        }
        return Math.sqrt(square);
    }

    private static float[] rounded(double[] sum, double divisor) {
        float[] u = new float[DIMENSION];
        for (int i = 0; i < DIMENSION; i++) {
            u[i] = (float) (sum[i] / divisor);
        }
        return u;
    }

    private static List<ScoredItem> best(float[] u, int limit, LongPredicate passes) {
        return Arrays.stream(ScoreOracle.top(u, IDS, VECTORS, BIASES, limit, passes))
                .map(each -> new ScoredItem(each.itemId(), each.score()))
                .toList();
    }

    private static void putProfile(long profileId, float[] vector) {
        client.putSlot(new SlotUpdate(profileId, 1, 1, vector, 10, System.currentTimeMillis()));
    }

    private static List<Long> ids(Recommendations answer) {
        return answer.items().stream().map(ScoredItem::itemId).toList();
    }

    private static void refused(Status status, RecommendRequest request) {
        assertThatThrownBy(() -> client.recommend(request))
                .as(request.toString())
                .isInstanceOfSatisfying(
                        MagpieServerException.class, e -> assertThat(e.status()).isEqualTo(status));
    }

    @Test
    void shouldAnswerKnownItemsAsTheOracleWhenTheirStrengthsAreGiven() {
        double[] sum = sum(new double[] {1, 2.5, -0.75}, vector(3), vector(40), vector(77));
        Recommendations answer = client.recommend(
                RecommendRequest.forItems(3).item(40, 2.5).item(77, -0.75).limit(20));

        assertThat(answer.items()).isEqualTo(best(rounded(sum, norm(sum)), 20, id -> true));
        assertThat(answer.flags()).isEmpty();

        Recommendations partly = client.recommend(RecommendRequest.forItems(3, UNKNOWN));
        assertThat(partly.flags()).containsExactly(RecommendationFlag.UNKNOWN_ITEM);
        assertThat(partly.unknownItems()).isEqualTo(1);
        assertThat(client.recommend(RecommendRequest.forItems(UNKNOWN)).flags())
                .contains(RecommendationFlag.FALLBACK, RecommendationFlag.UNKNOWN_ITEM);
        refused(Status.RESERVED_ID, RecommendRequest.forItems(-1));
        refused(Status.NOT_FINITE, RecommendRequest.forItems().item(3, Double.NaN));
    }

    @Test
    void shouldAnswerAGroupByTheSumOfItsUnitVectors() {
        float[] first = random(1);
        float[] second = random(2);
        putProfile(9_001, first);
        putProfile(9_002, second);
        float[] one = alone(first);
        float[] other = alone(second);
        float[] u = rounded(sum(new double[] {1 / plainNorm(one), 1 / plainNorm(other)}, one, other), 1);

        Recommendations answer = client.recommend(RecommendRequest.forGroup(9_001, 9_002, 9_001));
        assertThat(answer.items()).isEqualTo(best(u, 10, id -> true));

        Recommendations partly = client.recommend(RecommendRequest.forGroup(9_001, UNKNOWN));
        assertThat(partly.flags()).containsExactly(RecommendationFlag.UNKNOWN_PROFILE);
        assertThat(partly.unknownMembers()).isEqualTo(1);
        refused(Status.RESERVED_ID, RecommendRequest.forGroup(9_001, -1));
    }

    @Test
    void shouldLeaveOutWhatMembersOrANamedProfileHaveSeen() {
        client.recordEvent(new Event(9_010, 1, 5, 1, System.currentTimeMillis()));
        client.recordEvent(new Event(9_011, 1, 6, 1, System.currentTimeMillis()));
        RecommendRequest group = RecommendRequest.forGroup(9_010, 9_011).limit(ITEMS);
        assertThat(ids(client.recommend(group))).contains(5L, 6L);
        assertThat(ids(client.recommend(group.excludeSeen())))
                .doesNotContain(5L, 6L)
                .hasSize(ITEMS - 2);
        assertThat(ids(client.recommend(group.excludeSeenBy(9_010))))
                .contains(6L)
                .doesNotContain(5L);
        assertThat(ids(client.recommend(
                        RecommendRequest.forVector(1, random(3)).limit(ITEMS).excludeSeenBy(9_010))))
                .doesNotContain(5L)
                .hasSize(ITEMS - 1);
    }

    @Test
    void shouldAnswerWhatIsSimilarAsTheOracle() {
        float[] u = rounded(sum(new double[] {1 / norm(vector(8)), 1 / norm(vector(9))}, vector(8), vector(9)), 1);
        Recommendations answer = client.similar(15, 8, 9);
        assertThat(answer.items()).isEqualTo(best(u, 15, id -> id != 8 && id != 9));
        assertThat(client.recommend(
                                RecommendRequest.similarTo(8, 9).categories(2).limit(3))
                        .items())
                .isEqualTo(best(u, 3, id -> id != 8 && id != 9 && (id - 1) % CATEGORIES == 2));
        assertThat(client.similar(1, 8, UNKNOWN).flags()).containsExactly(RecommendationFlag.UNKNOWN_ITEM);
        refused(Status.UNKNOWN_ITEM, RecommendRequest.similarTo(UNKNOWN));
    }

    @Test
    void shouldScoreItemsInTheOrderOfAskingAsRecommendWould() {
        putProfile(9_020, random(4));
        RecommendRequest request = RecommendRequest.forProfile(9_020);
        Map<Long, Float> all = new HashMap<>();
        client.recommend(request.limit(ITEMS)).items().forEach(item -> all.put(item.itemId(), item.score()));

        Recommendations scores = client.score(request, 17, UNKNOWN, 3, 250);
        assertThat(ids(scores)).containsExactly(17L, UNKNOWN, 3L, 250L);
        assertThat(scores.items().get(0).score()).isEqualTo(all.get(17L));
        assertThat(scores.items().get(1).score()).isNaN();
        assertThat(scores.items().get(2).score()).isEqualTo(all.get(3L));
        assertThat(scores.items().get(3).score()).isEqualTo(all.get(250L));
        assertThat(scores.flags()).containsExactly(RecommendationFlag.UNKNOWN_ITEM);
        assertThat(scores.unknownItems()).isEqualTo(1);

        float[] u = random(5);
        assertThat(client.score(RecommendRequest.forVector(1, u), 44).items())
                .containsExactly(new ScoredItem(44, ScoreOracle.score(u, VECTORS, 43 * DIMENSION, BIASES[43])));
        assertThatThrownBy(() -> client.score(request)).isInstanceOf(MagpieServerException.class);
        assertThatThrownBy(() -> client.score(RecommendRequest.popular(), 1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldAnswerPopularItemsByTheirCounts() {
        long now = System.currentTimeMillis();
        long daysAgo = now - 10L * 24 * 3_600_000;
        for (int i = 0; i < 120; i++) {
            client.recordEvent(new Event(20_000 + i, 2, 201, 1, daysAgo));
            client.recordEvent(new Event(20_000 + i, 2, i % 2 == 0 ? 202 : 203, 1, now));
            client.recordEvent(new Event(20_000 + i, 2, 204, -1, now));
        }
        assertThat(ids(client.popular(1))).containsExactly(201L);
        assertThat(ids(client.trending(2))).containsExactlyInAnyOrder(202L, 203L);
        assertThat(ids(client.recommend(RecommendRequest.popular().limit(200)))).doesNotContain(204L);
        assertThat(ids(client.recommend(RecommendRequest.trending().exclude(202).limit(1))))
                .containsExactly(203L);
        refused(Status.OUT_OF_RANGE, RecommendRequest.popular().context(1));
    }

    @Test
    void shouldMoveTheVectorWhenContextIsNamed() {
        float[] u = random(6);
        float[] c = vector(60);
        float[] moved = new float[DIMENSION];
        double factor = 0.25 * norm(u) / norm(c);
        for (int i = 0; i < DIMENSION; i++) {
            moved[i] = (float) (u[i] + factor * c[i]);
        }
        assertThat(client.recommend(RecommendRequest.forVector(1, u).context(60).contextWeight(0.25))
                        .items())
                .isEqualTo(best(moved, 10, id -> true));
        refused(Status.NOT_FINITE, RecommendRequest.forVector(1, u).context(60).contextWeight(Double.NaN));
    }

    @Test
    void shouldRankByBoostsPinsAndCaps() {
        float[] u = random(8);
        List<ScoredItem> natural = best(u, ITEMS, id -> true);
        long last = natural.get(ITEMS - 1).itemId();
        long middle = natural.get(150).itemId();
        RecommendRequest request = RecommendRequest.forVector(1, u).limit(5);

        Recommendations boosted = client.recommend(request.boost(last, 100));
        assertThat(boosted.items().get(0)).isEqualTo(new ScoredItem(last, (float)
                ((double) natural.get(ITEMS - 1).score() + 100)));
        long now = System.currentTimeMillis();
        assertThat(ids(client.recommend(request.boost(last, 100, now - 9_000, now - 1_000))))
                .doesNotContain(last);

        Recommendations pinned = client.recommend(request.pin(middle, 2));
        assertThat(pinned.items())
                .containsExactly(natural.get(0), natural.get(1), natural.get(150), natural.get(2), natural.get(3));
        assertThat(client.recommend(request.pin(UNKNOWN, 0)).flags()).containsExactly(RecommendationFlag.PIN_DROPPED);

        Map<Long, Integer> taken = new HashMap<>();
        List<ScoredItem> capped = natural.stream()
                .filter(item -> taken.merge((item.itemId() - 1) % CATEGORIES, 1, Integer::sum) <= 2)
                .toList();
        assertThat(client.recommend(request.limit(10).capPerCategory(2)).items())
                .isEqualTo(capped)
                .hasSize(10);
        refused(Status.NOT_FINITE, request.boost(last, Double.NaN));
        refused(Status.RESERVED_ID, request.pin(-1, 0));
        refused(Status.OUT_OF_RANGE, request.pin(middle, -1));
    }

    @Test
    void shouldFitPagesTogetherAsOfTheFirst() {
        float[] u = random(9);
        RecommendRequest request = RecommendRequest.forVector(1, u).limit(7).capPerCategory(20);
        List<ScoredItem> paged = new ArrayList<>();
        Recommendations page = client.recommend(request);
        long time = page.timeMillis();
        while (!page.items().isEmpty()) {
            assertThat(page.timeMillis()).isEqualTo(time);
            paged.addAll(page.items());
            request = request.after(page);
            page = client.recommend(request);
        }
        assertThat(paged)
                .hasSize(20 * CATEGORIES)
                .isEqualTo(client.recommend(
                                RecommendRequest.forVector(1, u).limit(500).capPerCategory(20))
                        .items());
        refused(Status.TIME_IN_FUTURE, request.asOf(System.currentTimeMillis() + 3_600_000));
        refused(Status.TIME_OUT_OF_RANGE, request.asOf(1));
        refused(Status.OUT_OF_RANGE, request.offset(RankingRules.MOST_DEPTH));
    }

    @Test
    void shouldSpreadThePoolWhenDiversityIsAskedFor() {
        float[] u = random(10);
        RecommendRequest request = RecommendRequest.forVector(1, u).limit(20);
        List<Long> plain = ids(client.recommend(request));
        assertThat(ids(client.recommend(request.diversity(1)))).isEqualTo(plain);
        List<Long> spread = ids(client.recommend(request.diversity(0.2, 20)));
        assertThat(spread).isNotEqualTo(plain).containsExactlyInAnyOrderElementsOf(plain);
        assertThat(spread.get(0)).isEqualTo(plain.get(0));
        refused(Status.OUT_OF_RANGE, request.diversity(1.5));
        refused(Status.NOT_FINITE, request.diversity(Double.NaN));
        refused(Status.OUT_OF_RANGE, request.diversity(0.5, RankingRules.MOST_POOL + 1));
    }

    @Test
    void shouldAnswerAfterTheEventsWhenRecordedInTheSameRoundTrip() {
        long now = System.currentTimeMillis();
        RecommendRequest request = RecommendRequest.forProfile(9_030).excludeSeen();
        List<Event> events = List.of(
                new Event(9_030, 1, 50, 1, now, 7),
                new Event(9_030, 1, UNKNOWN, 1, now),
                new Event(9_030, 9, 51, 1, now),
                new Event(9_030, 1, 50, 1, now, 7));
        AfterEvents answer = client.recordAndRecommend(events, request);

        assertThat(answer.statuses()).containsExactly(Status.OK, Status.UNKNOWN_ITEM, Status.UNKNOWN_SOURCE, Status.OK);
        assertThat(answer.isAllApplied()).isFalse();
        assertThat(answer.recommendations().flags()).isEmpty();
        assertThat(answer.recommendations().items())
                .isEqualTo(client.recommend(request).items())
                .isNotEmpty();
        assertThat(ids(answer.recommendations())).doesNotContain(50L);
        assertThat(answer.recommendations().profileVersion()).isEqualTo(1);
        // The name of the event was told twice: applied once.
        assertThat(client.recordAndRecommend(events.subList(0, 1), request)
                        .recommendations()
                        .profileVersion())
                .isEqualTo(1);
        client.recordEvent(events.get(0));
        assertThat(client.getProfile(9_030).orElseThrow().version()).isEqualTo(1);
    }

    @Test
    void shouldSeeTheEventsWhenTheNextRequestIsSentWithoutWaiting() {
        long now = System.currentTimeMillis();
        for (int i = 0; i < 20; i++) {
            long profileId = 30_000 + i;
            CompletableFuture<Recommendations> before = client.async().recommend(profileId, 3);
            CompletableFuture<AfterEvents> recorded = client.async()
                    .recordAndRecommend(
                            List.of(new Event(profileId, 1, 50, 1, now)), RecommendRequest.forProfile(profileId));
            CompletableFuture<Optional<Profile>> after = client.async().getProfile(profileId);

            assertThat(before.join().has(RecommendationFlag.UNKNOWN_PROFILE)).isTrue();
            assertThat(recorded.join().isAllApplied()).isTrue();
            assertThat(after.join().orElseThrow().version()).isEqualTo(1);
        }
    }

    @Test
    void shouldRefuseBeforeAnythingIsSentWhenEventsAreNotOfThePersonAskedFor() {
        List<Event> events = List.of(new Event(1, 0, 1, 1, 1));
        assertThatThrownBy(() -> client.recordAndRecommend(events, RecommendRequest.forProfile(2)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> client.recordAndRecommend(events, RecommendRequest.forItems(1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldChangeNothingWhenTheRequestIsRefused() {
        List<Event> events = List.of(new Event(9_040, 1, 50, 1, System.currentTimeMillis()));
        RecommendRequest request = RecommendRequest.forProfile(9_040);
        for (RecommendRequest bad :
                List.of(request.asOf(System.currentTimeMillis()), request.offset(RankingRules.MOST_DEPTH - 1))) {
            assertThatThrownBy(() -> client.recordAndRecommend(events, bad))
                    .isInstanceOfSatisfying(
                            MagpieServerException.class,
                            e -> assertThat(e.status()).isEqualTo(Status.OUT_OF_RANGE));
        }
        assertThat(client.getProfile(9_040)).isEmpty();
    }

    @Test
    void shouldSayWhatEachSourceAddsWhenAskedWhy() {
        long now = System.currentTimeMillis();
        client.recordEvent(new Event(9_050, 0, 70, 1, now));
        client.recordEvent(new Event(9_050, 1, 71, 1, now));
        client.setConsent(new ConsentUpdate(9_050, 2, 0, ConsentState.DENIED, now));
        client.recordEvent(new Event(9_050, 2, 72, 1, now));
        Recommendations answer = client.recommend(9_050, 3);
        RecommendRequest request = RecommendRequest.forProfile(9_050).asOf(answer.timeMillis());
        for (ScoredItem item : answer.items()) {
            Explanation why = client.why(request, item.itemId(), 2);
            double sum = why.bias();
            for (Explanation.Share share : why.shares()) {
                sum += share.amount();
            }
            assertThat(why.score()).isEqualTo(item.score());
            assertThat(sum).isCloseTo(item.score(), within(1e-5));
            assertThat(why.timeMillis()).isEqualTo(answer.timeMillis());
            assertThat(why.profileVersion()).isEqualTo(answer.profileVersion());
            assertThat(why.shares())
                    .extracting(Explanation.Share::use)
                    .containsExactly(SourceUse.USED, SourceUse.USED, SourceUse.NO_CONSENT);
            assertThat(why.flags()).containsExactly(RecommendationFlag.CONSENT_REMOVED_SOURCE);
            float[] x = vector(item.itemId());
            assertThat(why.seenItems())
                    .isEqualTo(Arrays.stream(ScoreOracle.top(x, IDS, VECTORS, null, 2, id -> id == 70 || id == 71))
                            .map(each -> new ScoredItem(each.itemId(), each.score()))
                            .toList());
        }
        Explanation reweighted = client.why(request.sourceWeight(1, 0), 71, 0);
        assertThat(reweighted.shares().get(1)).isEqualTo(new Explanation.Share(1, 0, SourceUse.NO_WEIGHT));
        assertThat(reweighted.seenItems()).isEmpty();

        whyFails(Status.UNKNOWN_PROFILE, RecommendRequest.forProfile(UNKNOWN), 71, 1);
        whyFails(Status.UNKNOWN_ITEM, request, UNKNOWN, 1);
        whyFails(Status.RESERVED_ID, request, -1, 1);
        whyFails(Status.OUT_OF_RANGE, request, 71, -1);
        whyFails(Status.TIME_OUT_OF_RANGE, request.asOf(1), 71, 1);
        whyFails(Status.UNKNOWN_SOURCE, request.sourceWeight(9, 1), 71, 1);
        whyFails(Status.UNKNOWN_PURPOSE, request.purpose(1), 71, 1);
        assertThatThrownBy(() -> client.why(RecommendRequest.popular(), 71, 1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static void whyFails(Status status, RecommendRequest request, long itemId, int seenItems) {
        assertThatThrownBy(() -> client.why(request, itemId, seenItems))
                .isInstanceOfSatisfying(
                        MagpieServerException.class, e -> assertThat(e.status()).isEqualTo(status));
    }

    @Test
    void shouldHaveTheSameLimitsOnTheWireAndBehindIt() {
        assertThat(ProtocolLimits.MAX_QUESTION_ITEMS).isEqualTo(Recommendation.MOST_ITEMS);
        assertThat(ProtocolLimits.MAX_MEMBERS).isEqualTo(Recommendation.MOST_MEMBERS);
        assertThat(ProtocolLimits.MAX_SCORED).isEqualTo(Recommendation.MOST_SCORED);
        assertThat(ProtocolLimits.MAX_REQUEST_EVENTS).isEqualTo(Recommendation.MOST_EVENTS);
        assertThat(ProtocolLimits.MAX_BOOSTS).isEqualTo(RankingRules.MOST_BOOSTS);
        assertThat(ProtocolLimits.MAX_PINS).isEqualTo(RankingRules.MOST_PINS);
    }
}
